import re
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from comments.models import Reader, SignInLink
from tests.comments.builders import make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
SECRET = "JBSWY3DPEHPK3PXP"


def with_second_factor(reader: Reader) -> Reader:
    TOTP.activate(reader, SECRET)
    return reader


def test_it_sends_visitors_to_the_one_sign_in(client: Client) -> None:
    first = client.get("/admin/")
    assert first.headers["Location"] == "/admin/login/?next=/admin/"
    second = client.get(first.headers["Location"])
    assert second.headers["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert 'type="password"' not in client.get(second.headers["Location"]).text


def test_it_refuses_readers(signed_in: SignedIn) -> None:
    assert signed_in(make_reader()).get("/admin/login/").status_code == 403


def test_it_lets_staff_in_on_the_demo_without_a_second_factor(signed_in: SignedIn) -> None:
    assert signed_in(make_moderator()).get("/admin/").status_code == 200


def test_it_needs_a_second_factor_in_production(signed_in: SignedIn, settings: Any) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = True
    moderator = make_moderator()
    client = signed_in(moderator)
    assert client.get("/admin/comments/comment/").status_code == 302
    setup = client.get("/admin/login/").headers["Location"]
    assert setup == "/accounts/2fa/"
    with_second_factor(moderator)
    assert client.get("/admin/comments/comment/").status_code == 200


def test_it_asks_an_old_session_for_a_new_code_before_a_second_factor(
    signed_in: SignedIn, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = make_moderator()
    client = signed_in(moderator)
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    url = asked.redirect_chain[0][0]
    assert url.startswith("/accounts/reauthenticate/code/")
    assert "Is it still you?" in asked.text
    assert re.search(rf'<select[^>]+name="recipient"><option value="{moderator.email}"', asked.text)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(url, {"recipient": moderator.email}, follow=True)
    confirm = sent.redirect_chain[-1][0]
    assert confirm.startswith("/accounts/reauthenticate/code/confirm/")
    assert moderator.email in sent.text
    code = mail.outbox[-1].body.split("Your code: ")[1].split()[0]
    assert "That is not the code" in client.post(confirm, {"code": "WRONG1"}).text
    done = client.post(confirm, {"code": code}, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/2fa/totp/activate/"
    assert "Set up an authenticator app" in done.text


OWN_PAGES = ["", "totp/activate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"]


@pytest.mark.parametrize("page", OWN_PAGES)
def test_it_shows_pages_about_the_second_factor_in_our_words(
    signed_in: SignedIn, page: str, django_capture_on_commit_callbacks: Any
) -> None:
    moderator = make_moderator()
    if "recovery" in page:
        with_second_factor(moderator)
    client = signed_in(moderator)
    prove_again(client, moderator, partial(django_capture_on_commit_callbacks, execute=True))
    answer = client.get(f"/accounts/2fa/{page}")
    assert answer.status_code == 200
    assert "Two-Factor" not in answer.text
    assert "<h1>" in answer.text
    assert not re.search(r"<script(?! src| id=.passkey-data. type=.application/json)", answer.text)
    assert not re.search(r"\son\w+=|\sstyle=", answer.text)


def prove_again(client: Client, reader: Reader, capture: Any) -> None:
    """What an open session is asked for before it changes how the account is guarded."""
    if Authenticator.objects.filter(user=reader).exists():
        client.post("/accounts/2fa/reauthenticate/", {"code": current_code()})
        return
    url = "/accounts/reauthenticate/code/"
    with capture():
        client.post(url, {"recipient": reader.email})
    code = mail.outbox[-1].body.split("Your code: ")[1].split()[0]
    client.post(f"{url}confirm/", {"code": code})


def current_code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(SECRET, counter):06}"


@pytest.mark.django_db(transaction=True)
def test_it_mails_in_our_words_that_a_second_factor_was_set_up(
    signed_in: SignedIn,
) -> None:
    moderator = make_moderator()
    client = signed_in(moderator)
    prove_again(client, moderator, nullcontext)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = f"{hotp_value(secret, counter):06}"
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer.status_code == 302
    bodies = [message.body for message in mail.outbox]
    assert any("An authenticator app was set up" in body for body in bodies)
    assert not any("Hello from" in body for body in bodies)
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert "10 of 10 are left." in codes.text


def test_it_asks_for_the_second_factor_when_signing_in(client: Client) -> None:
    moderator = with_second_factor(make_moderator())
    url = f"/accounts/link/{SignInLink.issue(moderator)}/"
    assert client.post(url).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    answer = client.post("/accounts/2fa/authenticate/", {"code": current_code()})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Authenticator.objects.filter(user=moderator).exists()


def test_it_shows_a_moderator_comments_and_nothing_else(signed_in: SignedIn) -> None:
    client = signed_in(make_moderator())
    seen = {url for url in all_lists() if client.get(url).status_code == 200}
    expected = {
        *("block", "comment", "moderationaction", "picture", "report", "thread", "reader"),
        "suspension",
    }
    assert seen == {f"/admin/comments/{name}/" for name in expected}


def all_lists() -> list[str]:
    """The list page of every model in the admin, of other apps too."""
    labels = [model._meta.label_lower.split(".") for model in admin.site._registry]
    return [reverse(f"admin:{app}_{model}_changelist") for app, model in labels]


def test_it_keeps_readers_addresses_from_moderators(signed_in: SignedIn) -> None:
    reader = make_reader(email="secret@example.com")
    client = signed_in(make_moderator())
    for url in ("/admin/comments/reader/", f"/admin/comments/reader/{reader.pk}/change/"):
        page = client.get(url)
        assert page.status_code == 200
        assert "secret@example.com" not in page.text
    assert client.post(f"/admin/comments/reader/{reader.pk}/change/", {}).status_code == 403


def test_it_knows_our_site_as_the_admin() -> None:
    assert apps.get_app_config("admin").default_site == "comments.adminsite.StaffSite"
