import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from schoolfinder import deliveries, inquiries
from schoolfinder.deliveries import deliver, deliver_due, queue, sign, try_again
from schoolfinder.models import Delivery, Partner
from tests.schoolfinder.builders import (
    make_consent,
    make_delivery,
    make_inquiry,
    make_partner,
    make_program,
    make_school,
)

pytestmark = pytest.mark.django_db


class DownBackend(BaseEmailBackend):
    """A mail server that refuses everything and quotes the address."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError(f"no mailbox {email_messages[0].to}")


class Listener:
    """A school's own server: what it got, and what it answers next."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                outer.got.append((dict(self.headers), self.rfile.read(length)))
                status = outer.answers.pop(0) if outer.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"{outer.url}elsewhere")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.stop()


@pytest.fixture
def down(settings: Any) -> None:
    transport = {"BACKEND": f"{__name__}.DownBackend"}
    settings.MAILERS = settings.MAILERS | {"transport": transport}


def to_school(**partner: Any) -> Delivery:
    school = make_school()
    make_partner(school, **partner)
    return make_delivery(make_consent(program=make_program(school)))


def by_webhook(url: str) -> Delivery:
    return to_school(channel=Partner.Channel.WEBHOOK, email="", webhook_url=url)


def test_a_school_gets_exactly_the_preview_by_mail() -> None:
    delivery = to_school(email="admissions@prairie.example")
    assert deliver(delivery.pk)
    (message,) = mail.outbox
    assert message.to == ["admissions@prairie.example"]
    assert message.reply_to == ["ana@example.org"]
    assert message.body == inquiries.letters(delivery.inquiry)[0].text
    delivery.refresh_from_db()
    assert delivery.due is None
    assert delivery.sent_at is not None


def test_a_school_gets_a_signed_post(listener: Listener) -> None:
    delivery = by_webhook(listener.url)
    assert deliver(delivery.pk)
    ((headers, body),) = listener.got
    secret = Partner.objects.get().secret
    assert headers["X-Fieldguide-Signature"] == sign(
        secret, headers["X-Fieldguide-Timestamp"], body
    )
    assert sign("another", headers["X-Fieldguide-Timestamp"], body) not in headers.values()
    assert headers["Idempotency-Key"] == delivery.public_id
    assert json.loads(body)["letter"] == inquiries.letters(delivery.inquiry)[0].data


@pytest.mark.parametrize("status", [302, 400, 500])
def test_what_the_school_refuses_is_tried_again_with_the_same_key(
    listener: Listener, status: int
) -> None:
    delivery = by_webhook(listener.url)
    listener.answers = [status]
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.last_error == f"HTTPError {status}"
    with time_machine.travel(delivery.due):
        assert deliver_due() == 1
    keys = {headers["Idempotency-Key"] for headers, _ in listener.got}
    assert (len(listener.got), len(keys)) == (2, 1)


@pytest.mark.parametrize(
    "url", ["http://school.example/hook", "ftp://127.0.0.1/", "file:///etc/passwd", "https://", ""]
)
def test_it_posts_nowhere_without_encryption_but_to_this_machine(url: str) -> None:
    delivery = by_webhook("https://school.example/hook")
    Partner.objects.update(webhook_url=url or "x")
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.last_error == "ValidationError"


def test_it_sends_nothing_to_a_school_that_takes_none_any_more() -> None:
    delivery = to_school()
    Partner.objects.update(is_active=False)
    assert not deliver(delivery.pk)
    assert not mail.outbox
    delivery.refresh_from_db()
    assert delivery.last_error == "the school takes no requests now"


def test_it_sends_nothing_of_what_was_rolled_back() -> None:
    inquiry = make_inquiry()
    with transaction.atomic():
        queue(inquiry, Delivery.Kind.CONFIRM)
        transaction.set_rollback(True)
    assert deliver_due() == 0
    assert not mail.outbox


def test_it_tries_later_and_later_and_gives_up_after_two_days(down: None, caplog: Any) -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        delivery = to_school()
        pauses = []
        for _ in range(10):
            assert deliver_due() == 0
            delivery.refresh_from_db()
            assert delivery.due is not None
            pauses.append((delivery.due - timezone.now()).total_seconds() / 60)
            clock.move_to(delivery.due)
        clock.shift(2 * 24 * 3600)
        deliver_due()
    delivery.refresh_from_db()
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert delivery.is_given_up
    assert delivery.last_error == "ConnectionRefusedError"
    assert "example" not in caplog.text  # neither in the row nor in the log: no address


def test_what_was_given_up_can_be_tried_again() -> None:
    delivery = to_school()
    Delivery.objects.update(due=None, attempts=9)
    assert try_again([delivery.pk]) == 1
    assert deliver_due() == 1
    assert try_again([delivery.pk]) == 0


def test_it_lets_one_of_two_deliverers_send() -> None:
    delivery = to_school()
    assert deliver(delivery.pk)
    assert not deliver(delivery.pk)
    assert len(mail.outbox) == 1


def test_it_sends_nothing_of_what_was_withdrawn() -> None:
    delivery = to_school()
    inquiries.withdraw(delivery.inquiry)
    assert not deliver(delivery.pk)
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_it_lets_no_request_wait_for_another_machine(settings: Any, monkeypatch: Any) -> None:
    """Under the web server the attempt is a thread's; here it is told to wait."""
    answered = threading.Event()
    attempt = deliveries.deliver
    monkeypatch.setattr(deliveries, "deliver", lambda pk: answered.wait(10) and attempt(pk))
    settings.WEB_PROCESS = True
    queue(make_inquiry(), Delivery.Kind.CONFIRM)
    assert not mail.outbox
    answered.set()
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(5)
    assert len(mail.outbox) == 1
