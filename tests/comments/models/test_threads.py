from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comments.models import Comment, State
from comments.models.threads import numbers_above, step
from tests.comments.builders import make_comment, make_guide, make_reader

pytestmark = pytest.mark.django_db


def test_it_writes_a_number_as_one_level_of_a_path() -> None:
    assert [step(number) for number in (1, 35, 36, 36**8 - 1)] == [
        "00000001",
        "0000000Z",
        "00000010",
        "ZZZZZZZZ",
    ]


def test_it_reads_the_comments_above_from_a_path() -> None:
    assert numbers_above(step(7) + step(40) + step(41)) == [7, 40]
    assert numbers_above(step(7)) == []


def test_it_lists_in_reading_order_without_touching_other_rows() -> None:
    first = make_comment()
    second = make_comment(guide=first.guide)
    late_reply = make_comment(parent=first)
    deep_reply = make_comment(parent=late_reply)
    later_reply = make_comment(parent=first)
    listed = first.guide.comments.listed().oldest_first()
    assert list(listed) == [first, late_reply, deep_reply, later_reply, second]


def test_it_finds_what_is_below_a_comment_and_only_that() -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    below = make_comment(parent=reply)
    make_comment(parent=root)
    make_comment(guide=root.guide)
    assert list(root.guide.comments.below(reply)) == [below]
    assert root.guide.comments.below(root).count() == 3


def test_it_shows_the_first_replies_of_each_root_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    roots = [make_comment() for _ in range(3)]
    replies = {root.pk: [make_comment(parent=root) for _ in range(4)] for root in roots}
    with django_assert_num_queries(1):
        shown = list(Comment.objects.first_below([root.pk for root in roots], 2).order_by("path"))
    assert shown == [reply for root in roots for reply in replies[root.pk][:2]]
    assert list(Comment.objects.first_below([], 2)) == []


@pytest.mark.parametrize(
    ("state", "replies", "listed"),
    [
        (State.PUBLISHED, 0, True),
        (State.HELD, 0, False),
        (State.REMOVED, 0, False),
        (State.REMOVED, 1, True),
        (State.SPAM, 2, True),
    ],
)
def test_it_lists_published_comments_and_tombstones_with_replies(
    state: State, replies: int, listed: bool
) -> None:
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(state=state, reply_count=replies)
    assert Comment.objects.listed().filter(pk=comment.pk).exists() is listed


def bent(**values: Any) -> None:
    comment = make_comment()
    with transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"path": "0000001"},
        {"path": "0000000a"},
        {"path": step(1) + step(2)},
        {"depth": 1},
        {"state": "gone"},
        {"state": "erased"},
    ],
)
def test_it_refuses_rows_that_cannot_be(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        bent(**values)


def test_it_accepts_the_rows_beside_them() -> None:
    bent(path="0000ZZZZ")
    bent(state="erased", source="", html="", author=None)


def test_it_refuses_a_path_and_a_key_twice() -> None:
    one, other = make_comment(), make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=other.pk).update(path=one.path)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=other.pk).update(idempotency_key=one.idempotency_key)


def test_it_refuses_a_comment_that_answers_itself() -> None:
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(parent=comment)


def test_it_shows_a_reader_their_own_waiting_comments_and_nobody_elses() -> None:
    reader, guide = make_reader(), make_guide()
    held = make_comment(guide=guide, author=reader, state=State.HELD)
    make_comment(guide=guide, state=State.HELD)
    make_comment(guide=guide, author=reader)
    assert list(Comment.objects.own_eyes_only(reader)) == [held]
