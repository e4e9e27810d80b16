"""The demo's mail transport: a file in the local outbox and a note on the terminal."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class DemoBackend(BaseEmailBackend):
    """Nothing leaves this machine. Sign-in codes can be read on the terminal."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        outbox = settings.DATA_DIR / "outbox"
        outbox.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mail = message.message()
            name = str(mail["Message-ID"]).strip("<>").replace("/", "_")
            (outbox / f"{name}.eml").write_bytes(mail.as_bytes())
            print(  # noqa: T201  the terminal is this demo's mailbox
                f"\n--- mail to {', '.join(message.recipients())}: {message.subject}\n"
                f"{message.body.strip()}\n---",
                file=sys.stderr,
                flush=True,
            )
        return len(email_messages)
