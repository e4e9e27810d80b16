from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comments import posting
from comments.limits import TooOften
from comments.models import Comment, State
from comments.models.threads import MAX_DEPTH, WIDTH, step
from comments.posting import TooLate
from tests.comments.builders import (
    a_draft,
    make_comment,
    make_guide,
    make_moderator,
    make_reader,
)

pytestmark = pytest.mark.django_db


def test_it_publishes_a_known_readers_comment_and_renders_it_once() -> None:
    comment = posting.post(make_guide(), make_reader(), a_draft("I *like* it here."), "net")
    assert comment.state == State.PUBLISHED
    assert comment.html == "<p>I <em>like</em> it here.</p>"
    assert comment.path == step(comment.pk)


def test_it_holds_the_first_two_comments_of_a_reader() -> None:
    reader = make_reader(published=0)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        states = []
        for _ in range(2):
            comment = posting.post(make_guide(), reader, a_draft(), "net")
            states.append(comment.state)
            reader.published_count += 1
            clock.shift(31)
        states.append(posting.post(make_guide(), reader, a_draft(), "net").state)
    assert states == [State.HELD, State.HELD, State.PUBLISHED]


def test_it_puts_a_reply_below_its_parent() -> None:
    parent = make_comment(parent=make_comment())
    reply = posting.post(parent.guide, make_reader(), a_draft(parent=parent), "net")
    assert reply.path == parent.path + step(reply.pk)
    assert reply.depth == 2
    assert reply.root == parent.root


def test_it_flattens_below_the_deepest_level_and_loses_nothing() -> None:
    deepest = make_comment()
    Comment.objects.filter(pk=deepest.pk).update(
        path=step(deepest.pk) * (MAX_DEPTH + 1), depth=MAX_DEPTH, root=make_comment()
    )
    deepest.refresh_from_db()
    reply = posting.post(deepest.guide, make_reader(), a_draft(parent=deepest), "net")
    assert reply.depth == MAX_DEPTH
    assert len(reply.path) == WIDTH * (MAX_DEPTH + 1)
    assert reply.parent == deepest


def test_it_stores_the_same_form_once() -> None:
    guide, reader, draft = make_guide(), make_reader(), a_draft()
    first = posting.post(guide, reader, draft, "net")
    assert posting.post(guide, reader, draft, "net") == first
    assert Comment.objects.count() == 1


def test_it_gives_one_readers_key_to_nobody_else() -> None:
    guide, draft = make_guide(), a_draft()
    first = posting.post(guide, make_reader(), draft, "net")
    assert posting.post(guide, make_reader(), draft, "net2") != first


def test_it_refuses_a_second_comment_too_soon_and_stores_nothing() -> None:
    guide, reader = make_guide(), make_reader()
    posting.post(guide, reader, a_draft(), "net")
    with pytest.raises(TooOften) as refused:
        posting.post(guide, reader, a_draft(), "net")
    assert 1 <= refused.value.wait <= 5
    assert Comment.objects.count() == 1


def test_it_stores_forty_posts_of_one_network_in_ten_minutes() -> None:
    guide = make_guide()
    stored = 0
    for _ in range(45):
        try:
            posting.post(guide, make_reader(), a_draft(), "203.0.113.0/24")
            stored += 1
        except TooOften:
            pass
    assert stored == 40 == Comment.objects.count()


def test_it_keeps_an_unconfirmed_comment_out_of_everything_until_confirmed() -> None:
    guide, reader = make_guide(), make_reader(published=0)
    comment = posting.post_unconfirmed(guide, reader, a_draft(trapped=True), "net")
    assert comment.state == State.AWAITING
    assert not guide.comments.listed().exists()
    confirmed = posting.confirm(comment)
    assert confirmed.state == State.SPAM  # what the request knew is not forgotten
    assert "honeypot" in {signal["name"] for signal in confirmed.signals}


def test_it_lets_a_slip_be_mended_within_a_second() -> None:
    comment = posting.post(make_guide(), make_reader(), a_draft("A comment with a slpi."), "net")
    edited = posting.edit(comment, a_draft("A comment with a slip.", form_seconds=1.0))
    assert edited.state == State.PUBLISHED
    assert posting.edit(edited, a_draft("Slip.", form_seconds=1.0, trapped=True)).signals


def test_it_keeps_history_when_edited_and_judges_again() -> None:
    reader = make_reader()
    comment = posting.post(make_guide(), reader, a_draft("First words of mine here."), "net")
    spam = "Buy at https://bit.ly/x https://bit.ly/y https://bit.ly/z now"
    edited = posting.edit(comment, a_draft(spam))
    assert edited.revisions.get().source == "First words of mine here."
    assert "bit.ly" in edited.html
    assert edited.state == State.HELD
    assert edited.edited_at is not None
    assert edited.state_version > comment.state_version


def test_it_closes_the_edit_window_after_a_quarter_of_an_hour() -> None:
    comment = make_comment()
    assert posting.may_edit(comment, comment.created + timedelta(minutes=14, seconds=59))
    assert not posting.may_edit(comment, comment.created + timedelta(minutes=15))
    with time_machine.travel(comment.created + timedelta(minutes=16)), pytest.raises(TooLate):
        posting.edit(comment, a_draft())


@pytest.mark.parametrize("state", [State.REMOVED, State.SPAM, State.HIDDEN, State.WITHDRAWN])
def test_it_refuses_to_edit_what_is_gone(state: State) -> None:
    with pytest.raises(TooLate):
        posting.edit(make_comment(state=state), a_draft())


def test_it_takes_a_comment_back_once() -> None:
    comment = make_comment()
    assert posting.withdraw(comment)
    assert not posting.withdraw(comment)
    assert Comment.objects.get(pk=comment.pk).state == State.WITHDRAWN


def test_it_publishes_what_staff_write() -> None:
    moderator = make_moderator()
    moderator.published_count = 0
    assert posting.post(make_guide(), moderator, a_draft(), "net").state == State.PUBLISHED
