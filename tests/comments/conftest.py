"""Mail as the site sends it: into the outbox table, and from there into memory."""

from typing import Any

import pytest
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
def signed_in(client: Client) -> Any:
    """signed_in(reader) → a client with that reader's session."""

    def sign_in(reader: Reader) -> Client:
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def form_data() -> Any:
    """form_data(text, …) → what the comment form posts, with a stamp that is ten seconds old."""

    def data(text: str = "A thing worth saying about this work.", **values: Any) -> dict[str, Any]:
        return {"text": text, "role": "", "stamp": aged_stamp(), "website": ""} | values

    return data


def aged_stamp() -> str:
    import time_machine

    with time_machine.travel(-10 + __import__("time").time()):
        return new_stamp()
