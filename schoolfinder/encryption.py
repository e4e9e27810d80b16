"""Personal data at rest: encrypted columns, and a keyed digest by which an address can be found.

The keys are settings.PERSONAL_DATA_KEYS, newest first: the newest encrypts, all of them decrypt.
"""

import hmac
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import models


class Unreadable(Exception):
    """A stored value that none of the keys opens."""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database sees only encrypted; "" stays "", so that it can be constrained.

    Cannot be searched: equal texts are stored differently each time.
    """

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return decrypt(value) if value else value


def encrypt(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Raises Unreadable when the key it was made with is not among ours any more."""
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken:
        raise Unreadable("None of the keys in PERSONAL_DATA_KEY opens this value.") from None


def digest(email: str) -> str:
    """Of the address, under the newest key: to count and to store."""
    return digests(email)[0]


def digests(email: str) -> list[str]:
    """Under each key, newest first: to find a row whatever key it was made with."""
    return [_digest(key, email) for key in settings.PERSONAL_DATA_KEYS]


def check_keys(**_: Any) -> Sequence[CheckMessage]:
    """Said when the process starts, not when the first person writes."""
    for key in settings.PERSONAL_DATA_KEYS:
        try:
            Fernet(key)
        except ValueError:
            return [
                Error(
                    "PERSONAL_DATA_KEY holds something that is no key.",
                    hint="Make one with: manage.py rotate_personal_data_key --print-key",
                    id="schoolfinder.E001",
                )
            ]
    return []


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.PERSONAL_DATA_KEYS])


def _digest(key: str, email: str) -> str:
    """Its own key made from the other, so that a digest tells nothing about what is encrypted."""
    own = hmac.digest(key.encode(), b"fieldguide: e-mail look-up", "sha256")
    return hmac.new(own, email.strip().lower().encode(), "sha256").hexdigest()
