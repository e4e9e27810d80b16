from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments.models import Reader
from tests.comments.builders import make_moderator, make_reader

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sign_in_link", *arguments, stdout=out)
    return out.getvalue().strip()


def test_it_prints_an_address_that_signs_in(client: Client) -> None:
    reader = make_reader(email="me@example.com")
    address = run("me@example.com")
    assert address.startswith("http://127.0.0.1:8000/accounts/link/")
    client.post(address.removeprefix("http://127.0.0.1:8000"))
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_it_makes_a_first_moderator_and_then_no_other(client: Client) -> None:
    options = ("mod@example.com", "--make-moderator", "--if-none", "--name", "Mo Dee")
    address = run(*options, "--site", "http://127.0.0.1:9000/")
    moderator = Reader.objects.get()
    assert moderator.may_moderate
    assert str(moderator) == "Mo Dee"
    assert run(*options)  # nobody has used it yet: another link
    client.post(address.removeprefix("http://127.0.0.1:9000"))
    assert run(*options) == ""


def test_it_makes_no_moderator_beside_another(client: Client) -> None:
    moderator = make_moderator()
    Reader.objects.filter(pk=moderator.pk).update(last_login=timezone.now())
    assert run("mod@example.com", "--make-moderator", "--if-none") == ""
    assert Reader.objects.count() == 1


def test_it_refuses_what_is_no_address_and_closed_accounts() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        run("nobody")
    make_reader(email="closed@example.com", is_active=False)
    with pytest.raises(CommandError, match="closed"):
        run("closed@example.com")
