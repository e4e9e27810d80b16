"""The whole pipeline against a campaign, by readers whom no first-comments rule holds."""

from random import Random

import pytest

from comments import posting
from comments.models import Comment, Reader, State
from comments.moderation import Decision, move
from tests.comments.builders import a_draft, make_comment, make_guide, make_moderator, make_reader
from tests.comments.spam.campaign import campaign, honest

pytestmark = pytest.mark.django_db


def teach(texts: list[tuple[str, str]], to: State, moderator: Reader) -> None:
    for _, text in texts:
        move(make_comment(text, state=State.HELD), to, Decision(actor=moderator))


def states(texts: list[tuple[str, str]], networks: str) -> list[str]:
    """Where each lands when posted by a reader of its own, thirty from each network."""
    guide = make_guide()
    found = []
    for number, (name, text) in enumerate(texts):
        author = make_reader(name)
        network = f"{networks}.{number // 30}.0/24"
        found.append(posting.post(guide, author, a_draft(text), network).state)
    return found


def test_it_catches_a_campaign_and_lets_honest_comments_through() -> None:
    random = Random(20)
    moderator = make_moderator()
    spam, good = campaign(540, random), honest(240, random)
    teach(spam[:40], State.SPAM, moderator)
    teach(good[:40], State.PUBLISHED, moderator)
    Comment.objects.update(created="2026-01-01T00:00Z")  # what taught it is no recent copy
    caught = [state in (State.HELD, State.SPAM) for state in states(spam[40:], "198.51")]
    held = [state != State.PUBLISHED for state in states(good[40:], "203.0")]
    assert sum(caught) >= 0.98 * len(caught)
    assert sum(held) <= 0.01 * len(held)
