from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.contrib import admin
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
    assert setup == "/accounts/2fa/totp/activate/"
    with_second_factor(moderator)
    assert client.get("/admin/comments/comment/").status_code == 200


def test_it_asks_an_old_session_for_a_new_code_before_a_second_factor(signed_in: SignedIn) -> None:
    moderator = make_moderator()
    client = signed_in(moderator)
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert asked.redirect_chain[0][0].startswith("/accounts/reauthenticate/code/")
    sent = client.post(asked.redirect_chain[0][0], {"recipient": moderator.email}, follow=True)
    assert sent.redirect_chain[-1][0].startswith("/accounts/reauthenticate/code/confirm/")


def test_it_asks_for_the_second_factor_when_signing_in(client: Client) -> None:
    moderator = with_second_factor(make_moderator())
    url = f"/accounts/link/{SignInLink.issue(moderator)}/"
    assert client.post(url).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = f"{hotp_value(SECRET, counter):06}"
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Authenticator.objects.filter(user=moderator).exists()


def test_it_shows_a_moderator_comments_and_nothing_else(signed_in: SignedIn) -> None:
    client = signed_in(make_moderator())
    seen = {url for url in all_lists() if client.get(url).status_code == 200}
    expected = {"block", "comment", "moderationaction", "report", "thread", "reader", "suspension"}
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
