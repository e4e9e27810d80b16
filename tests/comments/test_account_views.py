from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments.following import follow
from comments.models import Comment, Mail, Pace, Reader, SignInLink, State
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


@pytest.fixture
def ask(client: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """ask(email) → the answer of the sign-in form, its mail sent."""

    def post(email: str, **values: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post("/accounts/login/", {"email": email, "age": "30"} | values)

    return post


def code_in_mail() -> str:
    return mail.outbox[-1].body.split("Your code: ")[1].split()[0]


def test_it_signs_in_an_unknown_reader_by_code(client: Client, ask: Any) -> None:
    answer = ask("New@Example.com")
    assert answer.headers["Location"] == "/accounts/login/code/confirm/"
    reader = Reader.objects.get()
    assert not reader.has_usable_password()
    assert not EmailAddress.objects.get().verified
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert client.get("/accounts/").status_code == 200
    assert EmailAddress.objects.get().verified


def test_it_signs_in_a_known_reader_and_returns_to_the_page(client: Client, ask: Any) -> None:
    make_reader(email="known@example.com")
    answer = ask("known@example.com", next="/about/moderation/")
    done = client.post(answer.headers["Location"], {"code": code_in_mail()})
    assert done.headers["Location"] == "/about/moderation/"


def test_it_answers_known_and_unknown_addresses_alike(ask: Any) -> None:
    make_reader(email="known@example.com")
    known, known_mail = ask("known@example.com"), mail.outbox[-1]
    unknown, unknown_mail = ask("unknown@example.com"), mail.outbox[-1]
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known_mail.subject == unknown_mail.subject
    first_lines = [message.body.split("\n", 1)[1] for message in (known_mail, unknown_mail)]
    assert first_lines[0] == first_lines[1]


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_it_returns_to_pages_of_ours_only(client: Client, ask: Any, next_url: str) -> None:
    answer = ask("new@example.com", next=next_url)
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "no address"}, "such as name@example.com"),
        ({"email": ""}, "Enter your e-mail address."),
        ({"age": ""}, "Enter your age"),
        ({"age": "old"}, "Enter your age"),
        ({"age": "1e9"}, "Enter your age"),
        ({"email": "nul\x00@example.com"}, "such as name@example.com"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(
    ask: Any, values: dict[str, str], words: str
) -> None:
    answer = ask(**{"email": "typed@example.com"} | values)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Reader.objects.exists()


def test_it_stores_nothing_of_a_child_and_does_not_ask_again(client: Client, ask: Any) -> None:
    assert ask("child@example.com", age="12").status_code == 403
    assert not Reader.objects.exists()
    assert not Mail.objects.exists()
    assert ask("child@example.com", age="13").status_code == 403
    assert client.get("/accounts/login/").status_code == 403


def test_it_asks_for_the_age_without_saying_what_for(client: Client) -> None:
    page = client.get("/accounts/login/").text
    assert "Your age" in page
    assert "13" not in page.split("<main")[1].split("</main>")[0]


def test_it_asks_for_the_age_once_a_browser(client: Client, ask: Any) -> None:
    ask("new@example.com")
    assert "Your age" not in client.get("/accounts/login/").text


def test_it_says_on_the_demo_that_the_terminal_shows_the_code(client: Client, ask: Any) -> None:
    assert "printed in the terminal" in client.get("/accounts/login/").text
    ask("new@example.com")
    assert "printed in the terminal" in client.get("/accounts/login/code/confirm/").text


def test_it_limits_codes_for_one_address(ask: Any) -> None:
    answers = [ask("one@example.com") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "one@example.com" in answers[-1].text


def test_it_lets_a_whole_class_sign_in_from_one_network(ask: Any) -> None:
    answers = [ask(f"pupil{number}@example.com") for number in range(40)]
    assert {answer.status_code for answer in answers} == {302}


def test_it_answers_a_wrong_code_as_a_wrong_form_and_keeps_it(client: Client, ask: Any) -> None:
    ask("reader@example.com")
    answer = client.post("/accounts/login/code/confirm/", {"code": "WRNG-CODE"})
    assert answer.status_code == 422
    assert "That is not the code" in answer.text
    assert 'value="WRNG-CODE"' in answer.text


def test_it_gives_up_after_five_wrong_codes(client: Client, ask: Any) -> None:
    ask("new@example.com")
    right = code_in_mail()
    for _ in range(5):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert client.get("/accounts/").status_code == 302


def test_it_takes_no_code_after_a_quarter_of_an_hour(client: Client, ask: Any) -> None:
    ask("new@example.com")
    with time_machine.travel(timezone.now().timestamp() + 901):
        client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
        assert client.get("/accounts/").status_code == 302


def test_it_closes_the_door_to_a_closed_account(client: Client, ask: Any) -> None:
    make_reader(email="closed@example.com", is_active=False)
    ask("closed@example.com")
    done = client.post("/accounts/login/code/confirm/", {"code": code_in_mail()}, follow=True)
    assert "This account is closed" in done.text
    assert client.get("/accounts/").status_code == 302


@pytest.mark.parametrize("path", ["signup/", "login/code/"])
def test_it_has_one_sign_in_form(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize("path", ["password/reset/", "password/change/", "password/set/"])
def test_it_has_no_passwords(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_it_signs_in_by_link_once_and_only_by_a_click(client: Client) -> None:
    reader = make_reader()
    url = f"/accounts/link/{SignInLink.issue(reader)}/"
    for _ in range(3):  # previews fetch it
        assert client.get(url).status_code == 200
    assert client.post(url).headers["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200
    assert Client().post(url).status_code == 410
    assert Client().get(url).status_code == 410


def test_it_leads_a_moderator_by_link_to_the_admin(client: Client) -> None:
    url = f"/accounts/link/{SignInLink.issue(make_moderator())}/"
    assert client.post(url).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_it_confirms_a_visitors_comment_when_they_come_by_link(client: Client) -> None:
    reader = make_reader()
    comment = make_comment(author=reader, state=State.AWAITING)
    session = client.session
    session["awaiting_comment"] = {"comment": comment.pk, "name": "x"}
    session.save()
    client.post(f"/accounts/link/{SignInLink.issue(reader)}/")
    assert Comment.objects.get().state == State.PUBLISHED


def test_it_shows_a_reader_their_comments_with_the_true_state(signed_in: SignedIn) -> None:
    reader = make_reader()
    make_comment("Held words", author=reader, state=State.HELD)
    make_comment("Spam words", author=reader, state=State.SPAM)
    page = signed_in(reader).get("/accounts/").text
    assert "Held for review" in page
    assert "taken for spam" in page


@pytest.mark.parametrize("comments", [2, 20])
def test_it_asks_a_constant_number_of_queries(
    signed_in: SignedIn, django_assert_num_queries: Any, comments: int
) -> None:
    reader = make_reader()
    for _ in range(comments):
        own = make_comment(author=reader)
        follow(reader, own.guide_id, own, Pace.DAILY)
    client = signed_in(reader)
    with django_assert_num_queries(6):  # session, reader, follows, picture, comments, reasons
        client.get("/accounts/")


def test_it_changes_a_name_and_refuses_a_reserved_one(signed_in: SignedIn) -> None:
    reader = make_reader("Dev")
    client = signed_in(reader)
    refused = client.post("/accounts/", {"name": "Moderator"})
    assert refused.status_code == 422
    assert 'value="Moderator"' in refused.text
    client.post("/accounts/", {"name": "Dev Patel"})
    assert Reader.objects.get(pk=reader.pk).display_name == "Dev Patel"


def test_it_gives_a_reader_their_own_data(signed_in: SignedIn) -> None:
    reader = make_reader()
    make_comment("My words", author=reader)
    make_comment("Another’s words")
    data = signed_in(reader).get("/accounts/my-data.json").json()
    assert data["account"]["email"] == reader.email
    assert [comment["text"] for comment in data["comments"]] == ["My words"]


def test_it_erases_an_account_after_a_second_look(signed_in: SignedIn) -> None:
    reader = make_reader()
    make_comment("My words", author=reader)
    client = signed_in(reader)
    assert client.get("/accounts/erase/").status_code == 200
    assert Reader.objects.filter(pk=reader.pk).exists()
    client.post("/accounts/erase/")
    assert not Reader.objects.filter(pk=reader.pk).exists()
    assert Comment.objects.get().source == ""
    assert client.get("/accounts/").status_code == 302


def test_it_signs_out(signed_in: SignedIn) -> None:
    client = signed_in(make_reader())
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/").headers["Location"] == "/accounts/login/?next=/accounts/"
