from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from comments.models import Comment, State
from comments.models.threads import OnPage
from comments.pages import branch_page, thread_page
from tests.comments.builders import make_comment, make_guide, make_reader

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def ids(comments: Iterable[Comment | OnPage]) -> list[str]:
    return [comment.public_id for comment in comments]


def test_it_shows_twenty_roots_a_page_newest_first() -> None:
    guide = make_guide()
    roots = [make_comment(guide=guide) for _ in range(25)]
    first = thread_page(guide, VISITOR)
    assert ids(first.comments) == ids(roots[:4:-1])
    second = thread_page(guide, VISITOR, start=first.next_path)
    assert ids(second.comments) == ids(roots[4::-1])
    assert second.next_path == ""


def test_it_shows_the_same_pages_oldest_first() -> None:
    guide = make_guide()
    roots = [make_comment(guide=guide) for _ in range(21)]
    first = thread_page(guide, VISITOR, "oldest")
    assert ids(first.comments) == ids(roots[:20])
    assert ids(thread_page(guide, VISITOR, "oldest", first.next_path).comments) == ids(roots[20:])


def test_it_shows_ten_replies_under_a_root_in_reading_order() -> None:
    root = make_comment()
    replies = [make_comment(parent=root) for _ in range(12)]
    answer = make_comment(parent=replies[0])
    page = thread_page(root.guide, VISITOR)
    assert ids(page.comments) == ids([root, replies[0], answer, *replies[1:9]])


def test_it_keeps_tombstones_that_hold_replies_and_drops_others() -> None:
    guide = make_guide()
    gone = make_comment(guide=guide)
    reply = make_comment(parent=gone)
    make_comment(guide=guide, state=State.REMOVED)
    Comment.objects.filter(pk=gone.pk).update(state=State.REMOVED)
    assert ids(thread_page(guide, VISITOR).comments) == ids([gone, reply])


def test_it_shows_waiting_comments_to_their_author_alone() -> None:
    author, guide = make_reader(), make_guide()
    root = make_comment(guide=guide)
    held_reply = make_comment(parent=root, author=author, state=State.HELD)
    held_root = make_comment(guide=guide, author=author, state=State.HELD)
    make_comment(guide=guide, author=author, state=State.AWAITING)
    assert ids(thread_page(guide, author).comments) == ids([held_root, root, held_reply])
    assert ids(thread_page(guide, make_reader()).comments) == ids([root])
    assert ids(thread_page(guide, VISITOR).comments) == ids([root])


@pytest.mark.parametrize("start", ["x", "'; --", "0", "\x00", "ZZZZZZZZZ", "９" * 8])
def test_it_takes_an_odd_cursor_for_none(start: str) -> None:
    comment = make_comment()
    page = thread_page(comment.guide, VISITOR, start=start)
    assert page.first
    assert ids(page.comments) == ids([comment])


def test_it_shows_a_branch_from_any_comment() -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    below = [make_comment(parent=reply) for _ in range(52)]
    make_comment(parent=root)
    shown, next_path = branch_page(reply, VISITOR)
    assert ids(shown) == ids([reply, *below[:50]])
    shown, next_path = branch_page(reply, VISITOR, next_path)
    assert ids(shown) == ids([reply, *below[50:]])
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
        assert all(comment.author_name for comment in page.comments)
    with django_assert_num_queries(4):
        thread_page(guide, reader)
