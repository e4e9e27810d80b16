from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from comments import public_log
from comments.models import Appeal, Comment, State
from comments.moderation import Decision, keep_all, move, move_all, undo
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


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "1 minute"), (2, "3 minutes"), (59, "60 minutes"), (60, "2 hours"), (60 * 30, "2 days")],
)
def test_it_says_how_long_held_comments_waited(minutes: int, words: str) -> None:
    assert public_log.read().half_within == ""
    held = make_comment(state=State.HELD)
    written = timezone.now() - timedelta(minutes=minutes, seconds=1)
    Comment.objects.filter(pk=held.pk).update(created=written)
    move(held, State.PUBLISHED, Decision(actor=make_moderator()))
    log = public_log.read()
    assert (log.half_within, log.most_within) == (words, words)


def test_it_tells_the_usual_wait_from_the_long_one() -> None:
    moderator = make_moderator()
    for hours in [0] * 8 + [30] * 2:
        held = make_comment(state=State.HELD)
        written = timezone.now() - timedelta(hours=hours)
        Comment.objects.filter(pk=held.pk).update(created=written)
        move(held, State.SPAM, Decision(actor=moderator))
    log = public_log.read()
    assert (log.half_within, log.most_within) == ("1 minute", "2 days")


def test_it_names_nobody() -> None:
    move(make_comment(), State.SPAM, Decision(actor=make_moderator("Secret Mod")))
    assert "Secret Mod" not in str(public_log.read())


def test_it_counts_kept_comments_and_answered_appeals() -> None:
    moderator = make_moderator()
    keep_all([(make_comment(), None)], Decision(actor=moderator))
    for state in (State.PUBLISHED, State.SPAM, None):
        appealed = make_comment(state=State.HELD)
        Appeal.objects.create(comment=appealed, text="Please look again.")
        if state:
            move(appealed, state, Decision(actor=moderator))
    log = public_log.read()
    assert (log.kept, log.appeals, log.appeals_answered, log.appeals_granted) == (1, 3, 2, 1)
    assert dict(log.by_people) == {"Published": 1, "Spam": 1}


def test_it_says_the_rules_in_a_hundred_words(client: Client) -> None:
    page = client.get("/about/moderation/").text
    rules = page[page.index('id="rules-h"') :].partition("</h2>")[2].partition("</section>")[0]
    assert len(strip_tags(rules.replace("<", " <")).split()) == 100
