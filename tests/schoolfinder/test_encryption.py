from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from schoolfinder.encryption import Unreadable, check_keys, decrypt, digest, digests, encrypt
from schoolfinder.models import Inquiry
from tests.schoolfinder.builders import make_inquiry


def new_key() -> str:
    return Fernet.generate_key().decode()


def test_it_opens_what_it_closed() -> None:
    stored = encrypt("ana@example.org")
    assert "ana" not in stored
    assert decrypt(stored) == "ana@example.org"


def test_it_stores_equal_texts_differently() -> None:
    assert encrypt("60614") != encrypt("60614")


def test_it_opens_with_an_old_key_and_closes_with_the_newest(settings: Any) -> None:
    old, new = new_key(), new_key()
    settings.PERSONAL_DATA_KEYS = [old]
    stored = encrypt("Ana")
    settings.PERSONAL_DATA_KEYS = [new, old]
    assert decrypt(stored) == "Ana"
    again = encrypt("Ana")
    settings.PERSONAL_DATA_KEYS = [new]
    assert decrypt(again) == "Ana"
    with pytest.raises(Unreadable):
        decrypt(stored)


def test_it_finds_an_address_however_it_is_written(settings: Any) -> None:
    assert digest(" Ana@Example.org") == digest("ana@example.org")
    assert digest("ana@example.org") != digest("bob@example.org")
    assert len(digests("ana@example.org")) == len(settings.PERSONAL_DATA_KEYS)


def test_it_gives_another_digest_under_another_key(settings: Any) -> None:
    first = digest("ana@example.org")
    settings.PERSONAL_DATA_KEYS = [new_key(), *settings.PERSONAL_DATA_KEYS]
    assert digest("ana@example.org") != first
    assert first in digests("ana@example.org")


def test_it_refuses_a_key_that_is_none(settings: Any) -> None:
    assert check_keys() == []
    settings.PERSONAL_DATA_KEYS = ["short"]
    assert [error.id for error in check_keys()] == ["schoolfinder.E001"]


@pytest.mark.django_db
def test_a_column_holds_nothing_readable_and_an_empty_one_nothing() -> None:
    inquiry = make_inquiry(phone="")
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_name, email, zip, question, phone FROM schoolfinder_inquiry")
        row = cursor.fetchone()
    assert row[4] == ""
    for stored, plain in zip(row, ("Ana", "ana@example.org", "58102", "evening"), strict=False):
        assert plain not in stored
    assert Inquiry.objects.get(pk=inquiry.pk).email == "ana@example.org"
