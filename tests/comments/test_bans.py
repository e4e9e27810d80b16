"""Blocks, suspensions, and everything by one author as one act."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments import moderation, posting
from comments.models import Block, Comment, Reader, Report, State, Suspension
from comments.moderation import Decision
from tests.comments.builders import (
    a_draft,
    make_comment,
    make_guide,
    make_moderator,
    make_reader,
    make_report,
)

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
QUEUE = "/admin/comments/comment/"


def states_of(reader: Reader) -> list[str]:
    return sorted(reader.comments.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("email", "sell@spam.example", "Good words."),
        ("domain", "spam.example", "Good words."),
        ("domain", "shop.example", "Look at https://www.shop.example/a please."),
        ("network", "203.0.113.0/24", "Good words."),
        ("word", "cheap loans", "Get CHEAP  loans, friends."),
    ],
)
def test_it_holds_what_is_on_the_block_list_and_says_why(kind: str, value: str, text: str) -> None:
    Block.objects.create(kind=kind, value=value)
    author = make_reader(email="sell@spam.example")
    comment = posting.post(make_guide(), author, a_draft(text), "203.0.113.0/24")
    assert comment.state == State.HELD
    assert f"On the block list: {value}" in [signal["words"] for signal in comment.signals]


def test_it_adds_the_points_of_words_and_minds_whole_words() -> None:
    Block.objects.create(kind="word", value="coach", points=0.5)
    for text, state in (("A coach helped me.", "published"), ("Coaching helped.", "published")):
        comment = posting.post(make_guide(), make_reader(), a_draft(text), "net")
        assert comment.state == state
        assert bool(comment.signals) is text.startswith("A coach")


def test_it_lets_through_what_a_block_no_longer_stops() -> None:
    Block.objects.create(kind="word", value="casino", expires=timezone.now() - timedelta(hours=1))
    comment = posting.post(make_guide(), make_reader(), a_draft("A casino dealer."), "net")
    assert comment.is_published


def test_it_tells_a_suspended_reader_and_keeps_their_text(
    signed_in: SignedIn, form_data: Callable[..., dict[str, Any]]
) -> None:
    reader, other = make_reader(), make_comment()
    until = timezone.now() + timedelta(days=7)
    Suspension.objects.create(reader=reader, until=until, reason="rude")
    client = signed_in(reader)
    url = f"/careers/{other.guide.slug}/comments/new/"
    answer = client.post(url, form_data("My words stay here."))
    assert answer.status_code == 422
    assert f"cannot write until {until:%B}" in answer.text
    assert "rude or threatening" in answer.text
    assert "My words stay here." in answer.text
    assert client.post(f"{other.get_absolute_url()}helpful/").status_code == 403
    assert client.post(f"{other.get_absolute_url()}report/", {"reason": "rude"}).status_code == 403
    assert not reader.comments.exists()
    assert not Report.objects.exists()


def test_it_holds_what_a_suspended_reader_wrote_before() -> None:
    author = make_reader()
    comment = posting.post_unconfirmed(make_guide(), author, a_draft(), "net")
    Suspension.objects.create(reader=author)
    assert posting.confirm(comment).state == State.HELD


@pytest.mark.parametrize(
    ("action", "days"), [("suspend_a_day", 1), ("suspend_a_week", 7), ("suspend_a_month", 30)]
)
def test_it_suspends_for_a_time_and_lifts_it(signed_in: SignedIn, action: str, days: int) -> None:
    reader, colleague = make_reader(), make_moderator()
    client = signed_in(make_moderator())
    picked = {"_selected_action": [reader.pk, colleague.pk]}
    client.post("/admin/comments/reader/", {"action": action} | picked)
    one = Suspension.objects.get()
    assert (one.reader, one.until and (one.until - one.created).days) == (reader, days)
    client.post("/admin/comments/reader/", {"action": "let_write"} | picked)
    assert Suspension.objects.of(reader) is None


def test_it_takes_everything_by_an_author_and_gives_it_back_as_one() -> None:
    moderator, author = make_moderator(), make_reader()
    for state in (State.PUBLISHED, State.HELD, State.HIDDEN, State.WITHDRAWN, State.SPAM):
        make_comment(author=author, state=state)
    other = make_comment()
    before = states_of(author)
    outcome = moderation.ban(author, Decision(actor=moderator, reason="advertising"))
    assert len(outcome.moved) == 3
    assert states_of(author) == ["spam"] * 4 + ["withdrawn"]
    assert Suspension.objects.of(author)
    moderation.undo(outcome.batch, moderator)
    assert states_of(author) == before
    assert Suspension.objects.of(author) is None
    assert Comment.objects.get(pk=other.pk).is_published


def test_it_shows_how_much_would_go_before_anything_goes(signed_in: SignedIn) -> None:
    author = make_reader("Sel Ler")
    make_comment("Words to buy", author=author)
    held = make_comment(author=author, state=State.HELD)
    client = signed_in(make_moderator())
    assert f"{QUEUE}ban/{author.public_id}/" in client.get(QUEUE).text
    preview = client.get(f"{QUEUE}ban/{author.public_id}/").text
    assert "<b>2 comments</b> by Sel Ler" in preview
    assert "1 held for review, 1 published" in preview
    assert "Words to buy" in preview
    assert states_of(author) == ["held", "published"]
    done = client.post(f"{QUEUE}ban/{author.public_id}/", {"reason": "advertising"}, follow=True)
    assert "2 comments marked as spam." in done.text
    assert held.actions.last().reason == "advertising"  # type: ignore[union-attr]
    undo = done.text.split('class="last-batch" method="post" action="')[1].split('"')[0]
    client.post(undo)
    assert states_of(author) == ["held", "published"]
    assert Suspension.objects.of(author) is None


def test_it_bans_no_staff_and_lets_no_reader_ban(signed_in: SignedIn) -> None:
    moderator, reader = make_moderator(), make_reader()
    client = signed_in(moderator)
    assert client.post(f"{QUEUE}ban/{make_moderator().public_id}/").status_code == 404
    signed_in(reader).post(f"{QUEUE}ban/{reader.public_id}/")
    assert not Suspension.objects.exists()


def test_it_has_a_button_for_every_key(signed_in: SignedIn) -> None:
    comment = make_comment(state=State.HELD)
    make_report(make_comment())
    moderator = make_moderator()
    moderation.move_all([(make_comment(), None)], State.SPAM, Decision(actor=moderator))
    page = signed_in(moderator).get(QUEUE).text
    held = page.split(f'id="m-{comment.pk}"')[1].split("</article>")[0]
    assert [held.count(f'data-key="{key}"') for key in "ads"] == [1, 1, 1]
    assert page.count('data-key="u"') == 1
    assert page.count('data-key="a"') == 2
    assert "admin/queue.js" in page
