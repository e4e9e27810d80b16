import pytest
import time_machine
from allauth.account.models import EmailAddress

from comments.models import MODERATORS, Reader, SignInLink
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db


def test_it_makes_an_unknown_reader_once_without_password_and_unverified() -> None:
    reader = Reader.objects.for_sign_in(" New@Example.com ")
    assert Reader.objects.for_sign_in("new@example.com") == reader
    assert not reader.has_usable_password()
    address = EmailAddress.objects.get(user=reader)
    assert (address.email, address.verified, address.primary) == ("new@example.com", False, True)


def test_it_makes_a_moderator_with_the_rights_of_the_queue_only() -> None:
    moderator = make_moderator()
    assert moderator.may_moderate
    assert not make_reader().may_moderate
    permissions = moderator.get_all_permissions()
    assert "comments.change_comment" in permissions
    assert {name.split(".")[0] for name in permissions} == {"comments"}
    assert not {"comments.view_mail", "comments.change_reader"} & permissions
    assert moderator.groups.get().name == MODERATORS


def test_it_signs_in_once_by_link() -> None:
    reader = make_reader()
    token = SignInLink.issue(reader)
    link = SignInLink.objects.find(token)
    assert link is not None
    assert link.reader == reader
    assert link.use()
    assert not link.use()
    assert SignInLink.objects.find(token) is None


def test_it_stores_no_token() -> None:
    token = SignInLink.issue(make_reader())
    stored = SignInLink.objects.get()
    assert stored.secret_hash not in token
    assert token.split(":")[0] not in stored.secret_hash


@pytest.mark.parametrize("token", ["", "x", "x:y", "a" * 500])
def test_it_refuses_a_forged_token(token: str) -> None:
    assert SignInLink.objects.find(token) is None


def test_it_refuses_a_link_after_a_day() -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        token = SignInLink.issue(make_reader())
        clock.shift(86_399)
        link = SignInLink.objects.find(token)
        assert link is not None
        clock.shift(1)
        assert SignInLink.objects.find(token) is None
        assert not link.use()


def test_it_finds_readers_who_never_came_back() -> None:
    with time_machine.travel("2026-11-20"):
        gone = Reader.objects.for_sign_in("gone@example.com")
        make_reader()  # confirmed
        make_comment(author=Reader.objects.for_sign_in("wrote@example.com"))
    with time_machine.travel("2026-11-23"):
        young = Reader.objects.for_sign_in("young@example.com")
    assert list(Reader.objects.never_confirmed(young.joined)) == [gone]
