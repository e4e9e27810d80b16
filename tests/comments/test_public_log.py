import pytest

from comments import public_log
from comments.models import State
from comments.moderation import Decision, move, move_all, undo
from tests.comments.builders import make_comment, make_moderator

pytestmark = pytest.mark.django_db


def test_it_counts_what_was_done_and_taken_back() -> None:
    moderator = make_moderator()
    held, spam = make_comment(state=State.HELD), make_comment(state=State.SPAM)
    move(held, State.REMOVED, Decision(actor=moderator, reason="rude"))
    batch = move_all([(spam, None)], State.PUBLISHED, Decision(actor=moderator)).batch
    undo(batch, moderator)
    make_comment(state=State.HELD)
    log = public_log.read()
    assert (log.published, log.waiting, log.taken_back) == (0, 1, 1)
    assert dict(log.by_filter) == {"Held for review": 2, "Spam": 1}
    assert dict(log.by_people) == {"Removed by a moderator": 1, "Published": 1}
    assert log.reasons == [("Rude or threatening", 1)]


def test_it_names_nobody() -> None:
    move(make_comment(), State.SPAM, Decision(actor=make_moderator("Secret Mod")))
    assert "Secret Mod" not in str(public_log.read())
