from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from comments.models import Comment, Reader, Report, State, Thread
from tests.comments.builders import make_comment, make_guide, make_reader
from tests.comments.conftest import stamp_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
FormData = Callable[..., dict[str, Any]]
HTMX = {"HX-Request": "true", "HX-Target": "slot-x"}


def url_of(guide: Any, act: str = "new/") -> str:
    return f"/careers/{guide.slug}/comments/{act}"


def test_it_publishes_a_known_readers_comment(signed_in: SignedIn, form_data: FormData) -> None:
    guide = make_guide()
    answer = signed_in(make_reader()).post(url_of(guide), form_data("I like it."), follow=True)
    comment = Comment.objects.get()
    assert comment.state == State.PUBLISHED
    assert answer.redirect_chain == [(comment.get_absolute_url(), 302)]
    assert "Your comment is published." in answer.text


def test_it_holds_a_new_readers_comment_and_says_so(
    signed_in: SignedIn, form_data: FormData
) -> None:
    client = signed_in(make_reader(published=0))
    answer = client.post(url_of(make_guide()), form_data(), follow=True)
    assert Comment.objects.get().state == State.HELD
    assert "held for review" in answer.text
    assert "Held for review" in answer.text


def test_it_answers_htmx_with_the_comment_and_a_word_for_screen_readers(
    signed_in: SignedIn, form_data: FormData
) -> None:
    parent = make_comment()
    client = signed_in(make_reader())
    url = url_of(parent.guide, f"{parent.public_id}/reply/")
    form = client.get(url, headers=HTMX)
    assert form.text.strip().startswith("<form")
    answer = client.post(url, form_data("In place."), headers=HTMX)
    assert "<html" not in answer.text
    assert "In place." in answer.text
    assert 'aria-live="polite" hx-swap-oob="true"' in answer.text
    assert '<span id="comments-title" hx-swap-oob="innerHTML">2 comments</span>' in answer.text
    assert Comment.objects.get(source="In place.").parent == parent


def test_it_stores_a_double_submit_once(signed_in: SignedIn, form_data: FormData) -> None:
    client, guide, data = signed_in(make_reader()), make_guide(), form_data()
    answers = [client.post(url_of(guide), data) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Comment.objects.count() == 1


def test_it_asks_a_reader_without_a_name_for_one(signed_in: SignedIn, form_data: FormData) -> None:
    reader = make_reader()
    Reader.objects.filter(pk=reader.pk).update(display_name="")
    client, guide = signed_in(reader), make_guide()
    refused = client.post(url_of(guide), form_data("Kept words.", name="Аdmin"))
    assert refused.status_code == 422
    assert "Kept words." in refused.text
    client.post(url_of(guide), form_data("Kept words.", name="Dev Patel"))
    assert Reader.objects.get(pk=reader.pk).display_name == "Dev Patel"
    assert Comment.objects.get().author == reader


BAD_TEXTS = [
    ("x" * 5001, "5,001 characters"),
    ("\u200b\u200d \ufeff", "nothing to see"),
    ("", "Write something first."),
    ("nul\x00nul", "Control characters were taken out."),
    ("pay \u202e000,1$", "turn the direction"),
    ("zal" + "\u0301" * 50, "cut down"),
]


@pytest.mark.parametrize(("typed", "words"), BAD_TEXTS, ids=range(len(BAD_TEXTS)))
def test_it_says_what_is_wrong_and_keeps_the_text(
    signed_in: SignedIn, form_data: FormData, typed: str, words: str
) -> None:
    client, guide = signed_in(make_reader()), make_guide()
    answer = client.post(url_of(guide), form_data(typed))
    assert answer.status_code == 422
    assert words in answer.text
    assert typed[:2].strip("\x00") in answer.text
    assert "\x00" not in answer.text
    assert not Comment.objects.exists()


def test_it_takes_a_repaired_text_when_it_is_sent_again(
    signed_in: SignedIn, form_data: FormData
) -> None:
    client, guide = signed_in(make_reader()), make_guide()
    refused = client.post(url_of(guide), form_data("pay \u202edecides\x00 much"))
    kept = refused.context["form"]["text"].value()
    assert kept == "pay decides much"
    assert client.post(url_of(guide), form_data(kept)).status_code == 302


def test_it_refuses_a_body_of_thirty_megabytes(signed_in: SignedIn, form_data: FormData) -> None:
    answer = signed_in(make_reader()).post(url_of(make_guide()), form_data("x" * 30_000_000))
    assert answer.status_code == 413
    assert "shorten it" in answer.text
    assert not Comment.objects.exists()


def test_it_refuses_an_answer_to_a_comment_of_another_guide(
    signed_in: SignedIn, form_data: FormData
) -> None:
    foreign, guide = make_comment(), make_guide()
    url = url_of(guide, f"{foreign.public_id}/reply/")
    answer = signed_in(make_reader()).post(url, form_data("Kept words."))
    assert answer.status_code == 422
    assert "another guide" in answer.text
    assert "Kept words." in answer.text


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN, State.ERASED])
def test_it_refuses_an_answer_to_a_comment_that_is_gone(
    signed_in: SignedIn, form_data: FormData, state: State
) -> None:
    parent = make_comment(state=state)
    url = url_of(parent.guide, f"{parent.public_id}/reply/")
    answer = signed_in(make_reader()).post(url, form_data("Kept words."))
    assert answer.status_code == 422
    assert "not there any more" in answer.text
    assert "Kept words." in answer.text


def test_it_refuses_a_comment_in_a_closed_thread(signed_in: SignedIn, form_data: FormData) -> None:
    comment = make_comment()
    Thread.objects.update(closed_at=comment.created)
    answer = signed_in(make_reader()).post(url_of(comment.guide), form_data("Kept words."))
    assert answer.status_code == 422
    assert "closed" in answer.text
    assert "Kept words." in answer.text


def test_it_answers_429_and_keeps_the_text_when_it_comes_too_soon(
    signed_in: SignedIn, form_data: FormData
) -> None:
    client, guide = signed_in(make_reader()), make_guide()
    client.post(url_of(guide), form_data())
    answer = client.post(url_of(guide), form_data("Kept words."))
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    assert "Kept words." in answer.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("stamp", ["", "forged:1:x", "old"])
def test_it_stamps_an_old_or_foreign_form_again_and_keeps_the_text(
    signed_in: SignedIn, form_data: FormData, stamp: str
) -> None:
    client, guide = signed_in(make_reader()), make_guide()
    stamp = stamp_of(seconds=90_000) if stamp == "old" else stamp
    answer = client.post(url_of(guide), form_data("Kept words.", stamp=stamp))
    assert answer.status_code == 422
    again = answer.context["form"]["stamp"].value()
    assert client.post(url_of(guide), form_data("Kept words.", stamp=again)).status_code == 302
    # Sent again at once is no sign of a program, except by what never had a form of ours.
    stored = Comment.objects.get()
    assert (stored.state == State.PUBLISHED) is (len(stamp) > 20)


def test_it_takes_a_filled_trap_for_spam_but_keeps_it_for_a_moderator(
    signed_in: SignedIn, form_data: FormData
) -> None:
    client = signed_in(make_reader())
    answer = client.post(url_of(make_guide()), form_data(website="https://x.example"), follow=True)
    assert Comment.objects.get().state == State.SPAM
    assert "taken for spam" in answer.text


def test_it_shows_a_preview_and_stores_nothing(signed_in: SignedIn, form_data: FormData) -> None:
    answer = signed_in(make_reader()).post(
        url_of(make_guide()), form_data("So *it* looks.", preview="1")
    )
    assert answer.status_code == 200
    assert "So <em>it</em> looks." in answer.text
    assert not Comment.objects.exists()


def visitor_form(form_data: FormData, **values: Any) -> dict[str, Any]:
    return (
        form_data("A visitor’s words.")
        | {
            "name": "Renata O.",
            "email": "Renata@example.com",
            "age": "30",
        }
        | values
    )


def code_in_mail() -> str:
    return mail.outbox[-1].body.split("Your code: ")[1].split()[0]


def test_it_lets_a_visitor_write_first_and_confirm_by_code(
    client: Client, form_data: FormData, django_capture_on_commit_callbacks: Any
) -> None:
    guide = make_guide()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url_of(guide), visitor_form(form_data))
    comment = Comment.objects.get()
    assert comment.state == State.AWAITING
    assert answer.headers["Location"].startswith("/accounts/login/code/confirm/?next=")
    assert mail.outbox[-1].to == ["renata@example.com"]
    done = client.post(answer.headers["Location"], {"code": code_in_mail()}, follow=True)
    comment.refresh_from_db()
    assert comment.state == State.HELD
    assert str(comment.author) == "Renata O."
    assert done.redirect_chain[-1][0] == comment.get_absolute_url()
    assert "held for review" in done.text


def test_it_confirms_nothing_in_another_browser(
    client: Client, form_data: FormData, signed_in: SignedIn
) -> None:
    victim = make_reader(email="renata@example.com")
    client.post(url_of(make_guide()), visitor_form(form_data))
    signed_in(victim).get("/accounts/")
    assert Comment.objects.get().state == State.AWAITING
    assert Reader.objects.get(pk=victim.pk).display_name == victim.display_name


def test_it_stores_nothing_of_a_child(client: Client, form_data: FormData) -> None:
    answer = client.post(url_of(make_guide()), visitor_form(form_data, age="12"))
    assert answer.status_code == 403
    assert not Comment.objects.exists()
    assert not Reader.objects.exists()
    assert not mail.outbox
    again = client.post(url_of(make_guide()), visitor_form(form_data, age="14"))
    assert again.status_code == 403


def test_it_takes_an_edit_by_the_author_alone(signed_in: SignedIn, form_data: FormData) -> None:
    author = make_reader()
    comment = make_comment("First.", author=author)
    url = url_of(comment.guide, f"{comment.public_id}/edit/")
    assert "First." in signed_in(author).get(url).text
    assert signed_in(make_reader()).post(url, form_data("Stolen.")).status_code == 404
    assert signed_in(author).post(url, form_data("Second.")).status_code == 302
    comment.refresh_from_db()
    assert comment.source == "Second."


def test_it_keeps_the_text_of_an_edit_that_comes_too_late(
    signed_in: SignedIn, form_data: FormData
) -> None:
    author = make_reader()
    comment = make_comment("First.", author=author)
    Comment.objects.update(created=comment.created.replace(year=2020))
    url = url_of(comment.guide, f"{comment.public_id}/edit/")
    answer = signed_in(author).post(url, form_data("Second."))
    assert answer.status_code == 422
    assert "Second." in answer.text


def test_it_lets_only_the_author_take_a_comment_back(signed_in: SignedIn) -> None:
    author = make_reader()
    comment = make_comment(author=author)
    url = url_of(comment.guide, f"{comment.public_id}/withdraw/")
    assert signed_in(make_reader()).post(url).status_code == 404
    assert signed_in(author).get(url).status_code == 200
    assert signed_in(author).post(url).status_code == 302
    assert Comment.objects.get().state == State.WITHDRAWN


def test_it_takes_a_report_with_a_reason(signed_in: SignedIn) -> None:
    comment, reader = make_comment(), make_reader()
    client, url = signed_in(reader), url_of(comment.guide, f"{comment.public_id}/report/")
    assert client.post(url, {"text": "Kept words."}).status_code == 422
    answer = client.post(url, {"reason": "personal", "text": "Names a nurse."}, follow=True)
    assert "A moderator will look" in answer.text
    report = Report.objects.get()
    assert (report.comment, report.reader, report.reason) == (comment, reader, "personal")


def test_it_asks_a_visitor_to_sign_in_before_reporting(client: Client) -> None:
    comment = make_comment()
    url = url_of(comment.guide, f"{comment.public_id}/report/")
    assert client.get(url).headers["Location"] == f"/accounts/login/?next={url}"


def test_it_refuses_a_form_without_its_token(form_data: FormData) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(url_of(make_guide()), form_data("Words that must not be lost at all."))
    assert answer.status_code == 403
    assert "Words that must not be lost at all." in answer.text


def test_it_keeps_the_text_when_the_database_is_too_busy(
    signed_in: SignedIn, form_data: FormData, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide, client, data = make_guide(), signed_in(make_reader()), form_data("Not to be lost.")

    def busy(*args: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as at_that_moment:
        at_that_moment.setattr("comments.posting.post", busy)
        answer = client.post(url_of(guide, "new/"), data)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Not to be lost." in answer.text
    assert not Comment.objects.exists()
    client.post(url_of(guide, "new/"), data)
    assert Comment.objects.get().source == "Not to be lost."
