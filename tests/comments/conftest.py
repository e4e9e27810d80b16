"""Mail as the site sends it: into the outbox table, and from there into memory."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from comments.forms import new_stamp
from comments.models import Reader


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "comments.notifications.OutboxBackend"},
        "transport": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }


@pytest.fixture
def signed_in() -> Callable[[Reader], Client]:
    """signed_in(reader) → a new client with that reader's session."""

    def sign_in(reader: Reader) -> Client:
        client = Client()
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def form_data() -> Callable[..., dict[str, Any]]:
    """form_data(text, …) → what the comment form posts, ten seconds after it was opened."""

    def data(text: str = "A thing worth saying about this work.", **values: Any) -> dict[str, Any]:
        return {"text": text, "role": "", "stamp": stamp_of(seconds=10), "website": ""} | values

    return data


def stamp_of(*, seconds: float) -> str:
    """The stamp of a form that was opened so many seconds ago."""
    with time_machine.travel(time.time() - seconds, tick=False):
        return new_stamp()
