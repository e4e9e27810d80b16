import threading
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from comments import notifications
from comments.models import Mail
from comments.notifications import deliver, deliver_due

pytestmark = pytest.mark.django_db


class DownBackend(BaseEmailBackend):
    """A mail server that refuses everything."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("no route to code 123456")


@pytest.fixture
def down(settings: Any) -> None:
    transport = {"BACKEND": f"{__name__}.DownBackend"}
    settings.MAILERS = settings.MAILERS | {"transport": transport}


def send(body: str = "Your code: 123456") -> None:
    EmailMessage("Hello", body, "us@example.com", ["you@example.com"]).send()


def test_it_sends_at_once_after_the_commit_and_empties_the_row(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send()
        assert not mail.outbox
    assert mail.outbox[0].body == "Your code: 123456"
    row = Mail.objects.get()
    assert (row.body, row.due) == ("", None)
    assert row.sent_at is not None


def test_it_sends_nothing_of_what_was_rolled_back() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert deliver_due() == 0
    assert not mail.outbox


def test_it_survives_a_mail_server_that_is_down(
    down: None, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send()
    row = Mail.objects.get()
    assert row.body == "Your code: 123456"
    assert row.attempts == 1
    assert row.due is not None
    assert "123456" not in caplog.text  # codes are not for the log


def test_it_tries_again_later_and_later(down: None) -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        send()
        pauses = []
        for _ in range(12):
            assert deliver_due() == 0
            due = Mail.objects.get().due
            assert due is not None
            pauses.append((due - timezone.now()).total_seconds() / 60)
            clock.move_to(due)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_it_delivers_what_waited_once_the_server_is_back(down: None, settings: Any) -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        send()
        deliver_due()
        locmem = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
        settings.MAILERS = settings.MAILERS | {"transport": locmem}
        assert deliver_due() == 0  # not due yet
        clock.shift(61)
        assert deliver_due() == 1
    assert len(mail.outbox) == 1


def test_it_gives_up_after_two_days_and_forgets_the_body(down: None) -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        send()
        clock.shift(2 * 24 * 3600 + 1)
        deliver_due()
    row = Mail.objects.get()
    assert (row.due, row.body) == (None, "")
    assert row.sent_at is None


def test_it_lets_one_of_two_deliverers_send() -> None:
    send()
    row = Mail.objects.get()
    assert deliver(row.pk)
    assert not deliver(row.pk)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_it_lets_no_request_wait_for_the_mail_server(settings: Any, monkeypatch: Any) -> None:
    """Under the web server the attempt is a thread's; here it is told to wait for the answer."""
    answered = threading.Event()
    attempt = notifications.deliver

    def when_answered(pk: int) -> bool:
        return answered.wait(10) and attempt(pk)

    monkeypatch.setattr(notifications, "deliver", when_answered)
    settings.WEB_PROCESS = True
    send()
    assert not mail.outbox
    answered.set()
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(5)
    assert len(mail.outbox) == 1
    assert Mail.objects.get().sent_at is not None
