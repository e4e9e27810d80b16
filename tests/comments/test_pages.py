from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from comments.models import Comment, State
from comments.pages import branch_page, thread_page
from tests.comments.builders import make_comment, make_guide, make_reader

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_it_shows_twenty_roots_a_page_newest_first() -> None:
    guide = make_guide()
    roots = [make_comment(guide=guide) for _ in range(25)]
    first = thread_page(guide, VISITOR)
    assert first.comments == roots[:4:-1]
    second = thread_page(guide, VISITOR, start=first.next_path)
    assert second.comments == roots[4::-1]
    assert second.next_path == ""


def test_it_shows_the_same_pages_oldest_first() -> None:
    guide = make_guide()
    roots = [make_comment(guide=guide) for _ in range(21)]
    first = thread_page(guide, VISITOR, "oldest")
    assert first.comments == roots[:20]
    assert thread_page(guide, VISITOR, "oldest", first.next_path).comments == roots[20:]


def test_it_shows_ten_replies_under_a_root_in_reading_order() -> None:
    root = make_comment()
    replies = [make_comment(parent=root) for _ in range(12)]
    answer = make_comment(parent=replies[0])
    page = thread_page(root.guide, VISITOR)
    assert page.comments == [root, replies[0], answer, *replies[1:9]]


def test_it_keeps_tombstones_that_hold_replies_and_drops_others() -> None:
    guide = make_guide()
    gone = make_comment(guide=guide)
    reply = make_comment(parent=gone)
    make_comment(guide=guide, state=State.REMOVED)
    Comment.objects.filter(pk=gone.pk).update(state=State.REMOVED)
    assert thread_page(guide, VISITOR).comments == [gone, reply]


def test_it_shows_waiting_comments_to_their_author_alone() -> None:
    author, guide = make_reader(), make_guide()
    root = make_comment(guide=guide)
    held_reply = make_comment(parent=root, author=author, state=State.HELD)
    held_root = make_comment(guide=guide, author=author, state=State.HELD)
    make_comment(guide=guide, author=author, state=State.AWAITING)
    assert thread_page(guide, author).comments == [held_root, root, held_reply]
    assert thread_page(guide, make_reader()).comments == [root]
    assert thread_page(guide, VISITOR).comments == [root]


@pytest.mark.parametrize("start", ["x", "'; --", "0", "\x00", "ZZZZZZZZZ", "９" * 8])
def test_it_takes_an_odd_cursor_for_none(start: str) -> None:
    comment = make_comment()
    page = thread_page(comment.guide, VISITOR, start=start)
    assert page.first
    assert page.comments == [comment]


def test_it_shows_a_branch_from_any_comment() -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    below = [make_comment(parent=reply) for _ in range(52)]
    make_comment(parent=root)
    shown, next_path = branch_page(reply, VISITOR)
    assert shown == [reply, *below[:50]]
    shown, next_path = branch_page(reply, VISITOR, next_path)
    assert shown == [reply, *below[50:]]
    assert next_path == ""


def grown(roots: int, replies: int) -> Any:
    guide = make_guide()
    for _ in range(roots):
        root = make_comment(guide=guide)
        for _ in range(replies):
            make_comment(parent=root)
    return guide


@pytest.mark.parametrize(("roots", "replies"), [(2, 1), (20, 3)])
def test_it_asks_the_same_few_queries_at_any_size(
    django_assert_num_queries: Any, roots: int, replies: int
) -> None:
    guide, reader = grown(roots, replies), make_reader()
    with django_assert_num_queries(3):
        page = thread_page(guide, VISITOR)
        assert all(str(comment.author) for comment in page.comments)
    with django_assert_num_queries(4):
        thread_page(guide, reader)
