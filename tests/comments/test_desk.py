"""What moderators have at hand: order, context, previews, notes, exports, masked addresses."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import (
    Appeal,
    Block,
    Comment,
    Reader,
    ReaderNote,
    Report,
    State,
    Suspension,
    Thread,
)
from comments.moderation import Decision
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
QUEUE = "/admin/comments/comment/"


def reported(text: str, weight: float, state: State = State.PUBLISHED) -> Comment:
    comment = make_comment(text, state=state)
    Report.objects.create(comment=comment, reader=make_reader(), reason="rude", weight=weight)
    Comment.objects.filter(pk=comment.pk).update(open_reports=1)
    return comment


def picked(*comments: Comment) -> dict[str, Any]:
    return {"_selected_action": [comment.pk for comment in comments]}


def test_it_puts_first_what_harms_most_then_what_waits_longest(signed_in: SignedIn) -> None:
    now = timezone.now()
    young = make_comment("Held young", state=State.HELD)
    old = make_comment("Held old", state=State.HELD, created=now - timedelta(days=2))
    appealed = make_comment("Appealed", state=State.REMOVED)
    Appeal.objects.create(comment=appealed, text="Please look.")
    light, heavy = reported("Light", 0.0), reported("Heavy", 6.0)
    hidden = reported("Hidden", 6.0, State.HIDDEN)
    page = signed_in(make_moderator()).get(QUEUE).text
    order = [heavy, hidden, appealed, light, old, young]
    places = [page.index(f'id="m-{comment.pk}"') for comment in order]
    assert places == sorted(places)


def test_it_shows_the_author_the_parent_and_the_same_text(signed_in: SignedIn) -> None:
    author = make_reader("Ann")
    make_comment(author=author)
    make_comment(author=author, state=State.SPAM)
    ReaderNote.objects.create(reader=author, text="Sells courses.")
    parent = make_comment("What pays best?", author=make_reader("Bo"))
    for _ in range(2):
        make_comment("Same", author=author, parent=parent, state=State.HELD, fingerprint="f" * 64)
    page = signed_in(make_moderator()).get(QUEUE).text
    assert "joined just now, 1 published, 1 spam or removed" in page
    assert "Sells courses." in page
    assert "In reply to Bo: What pays best?" in page
    assert "1 more with the same text" in page
    same = signed_in(make_moderator()).get(f"{QUEUE}?queue=all&fingerprint={'f' * 64}").text
    assert same.count('class="held-item"') == 2


def test_it_counts_before_it_acts_on_several(signed_in: SignedIn) -> None:
    author = make_reader()
    first = make_comment(author=author)
    make_comment(parent=first)
    held = make_comment(author=author, state=State.HELD)
    client = signed_in(make_moderator())
    asked = {"action": "mark_spam", "reason": "advertising"} | picked(first, held)
    page: Any = client.post(f"{QUEUE}?queue=all", asked)
    assert "2 comments</b> by 1 reader" in page.text
    assert "1 published reply below them stays" in page.text
    assert "1 held for review" in page.text
    assert Comment.objects.get(pk=first.pk).is_published
    late = make_comment(author=author, state=State.HELD)
    data = {
        "act": "mark_spam",
        "picked": page.context_data["picked"],
        "filters": "queue=all",
    }
    answer = client.post(f"{QUEUE}decide/", data)
    assert answer.headers["Location"] == f"{QUEUE}?queue=all"
    states = Comment.objects.filter(pk__in=[first.pk, held.pk]).values_list("state", flat=True)
    assert set(states) == {State.SPAM}
    assert Comment.objects.get(pk=late.pk).state == State.HELD


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "delete", "picked": "1:1"},
        {"act": "remove", "picked": "x:y,,9"},
        {"act": "remove", "picked": f"{'9' * 18}:1"},
    ],
)
def test_it_shrugs_at_odd_decisions(signed_in: SignedIn, data: dict[str, str]) -> None:
    comment = make_comment(state=State.HELD)
    assert signed_in(make_moderator()).post(f"{QUEUE}decide/", data).status_code == 302
    assert Comment.objects.get(pk=comment.pk).state == State.HELD


def test_it_lets_only_moderators_decide_and_note(signed_in: SignedIn) -> None:
    reader = make_reader()
    client = signed_in(reader)
    for url in (f"{QUEUE}decide/", f"/admin/comments/reader/{reader.pk}/note/"):
        assert client.post(url, {"text": "Me"}).status_code in (302, 403)
    assert not ReaderNote.objects.exists()


def test_it_says_what_the_other_decided_between_preview_and_button(signed_in: SignedIn) -> None:
    comments = [make_comment(state=State.HELD) for _ in range(2)]
    client = signed_in(make_moderator("Second"))
    page: Any = client.post(QUEUE, {"action": "remove"} | picked(*comments))
    moderation.move(comments[0], State.PUBLISHED, Decision(actor=make_moderator("First")))
    data = {"act": "remove", "picked": page.context_data["picked"]}
    answer = client.post(f"{QUEUE}decide/", data, follow=True)
    assert "Not done: First moved" in answer.text
    assert Comment.objects.get(pk=comments[0].pk).is_published
    assert Comment.objects.get(pk=comments[1].pk).state == State.REMOVED


def test_it_blocks_with_a_ban_and_takes_that_back_too(signed_in: SignedIn) -> None:
    author = make_reader(email="sell@spam.example")
    make_comment(author=author, network="203.0.113.0/24")
    client = signed_in(make_moderator())
    url = f"{QUEUE}ban/{author.public_id}/"
    assert "sell@spam" not in client.get(url).text
    client.post(url, {"block_email": "on", "block_network": "on", "block_days": "90"})
    blocks = list(Block.objects.all())
    assert {block.value for block in blocks} == {"sell@spam.example", "203.0.113.0/24"}
    assert all(block.expires and block.expires > timezone.now() for block in blocks)
    page = client.get(QUEUE).text
    client.post(page.split('class="last-batch" method="post" action="')[1].split('"')[0])
    assert not Block.objects.exists()
    assert Suspension.objects.of(author) is None
    assert author.comments.get().is_published


def test_it_keeps_notes_about_a_reader_among_moderators(signed_in: SignedIn) -> None:
    reader = make_reader("Ann", email="ann@mail.example")
    client = signed_in(make_moderator("Mo"))
    url = f"/admin/comments/reader/{reader.pk}/"
    page = client.post(f"{url}note/", {"text": " Sells courses. "}, follow=True).text
    assert "Sells courses." in page
    assert "ann@mail.example" not in page
    client.post(f"{url}note/", {"text": "  "})
    assert ReaderNote.objects.get().by == Reader.objects.get(display_name="Mo")
    assert client.post("/admin/comments/reader/999999/note/", {"text": "x"}).status_code == 404


def test_it_shows_moderators_no_address_on_the_block_list(signed_in: SignedIn) -> None:
    block = Block.objects.create(kind="email", value="sell@spam.example")
    found = {"name": "b", "words": "On the block list: sell@spam.example", "points": 2.0}
    make_comment(state=State.HELD, signals=[found])
    client = signed_in(make_moderator())
    blocks = "/admin/comments/block/"
    for url in (blocks, f"{blocks}{block.pk}/change/", f"{blocks}?q=sell", QUEUE):
        assert "sell@" not in client.get(url).text
    assert "s…@spam.example" in client.get(blocks).text
    client.post(f"{blocks}{block.pk}/change/", {"points": "1", "note": "Fine"})
    block.refresh_from_db()
    assert (block.value, block.points) == ("sell@spam.example", 1.0)


def test_it_exports_a_selection_and_logs_that(signed_in: SignedIn) -> None:
    moderator = make_moderator()
    author = make_reader(email="ann@mail.example")
    comments = [make_comment(text, author=author) for text in ("=1+1", "Fine")]
    client = signed_in(moderator)
    data = {"action": "export_csv"} | picked(*comments)
    answer = client.post(f"{QUEUE}?queue=all", data)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sorted(row["text"] for row in rows) == ["'=1+1", "Fine"]
    assert "ann@mail.example" not in answer.text
    answer = client.post(f"{QUEUE}?queue=all", data | {"action": "export_json"})
    assert {row["text"] for row in json.loads(answer.text)} == {"=1+1", "Fine"}
    logged = LogEntry.objects.filter(user=moderator).values_list("object_repr", "change_message")
    assert set(logged) == {("2 comments", "Exported as CSV."), ("2 comments", "Exported as JSON.")}


def test_it_slows_a_thread_down_by_hand_and_logs_that(signed_in: SignedIn) -> None:
    thread = Thread.objects.get(guide=make_comment().guide)
    client = signed_in(make_moderator())
    for action, slow in (("slow_an_hour", True), ("at_full_speed", False), ("slow_a_day", True)):
        data = {"action": action, "_selected_action": [thread.pk]}
        client.post("/admin/comments/thread/", data)
        thread.refresh_from_db()
        assert thread.is_slow is slow
    assert "one in 10 min, until" in client.get("/admin/comments/thread/").text
    assert LogEntry.objects.count() == 3


def test_it_keeps_moderators_from_inquiries_and_addresses(signed_in: SignedIn) -> None:
    client = signed_in(make_moderator())
    assert "schoolfinder" not in client.get("/admin/").text
    for url in ("/admin/schoolfinder/inquiry/", "/admin/comments/mail/"):
        assert client.get(url).status_code == 403
