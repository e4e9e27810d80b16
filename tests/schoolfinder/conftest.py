"""Mail about inquiries goes straight to the transport: here, into memory."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def transport(settings: Any) -> None:
    locmem = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    settings.MAILERS = {"default": locmem, "transport": locmem}
