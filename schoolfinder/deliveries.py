"""Messages about inquiries on their way: mail to the person, mail or webhook to a school.

A delivery is a row without text, written with the rows it tells of; the text is made from the
inquiry when it is sent, so that nothing personal lies in it. Therefore the mail goes straight to
the transport: the site's outbox keeps addresses and bodies as they are. It is tried at once after
the commit and then by housekeeping, later and later.
"""

import hmac
import json
import logging
import threading
import time
from datetime import timedelta
from functools import partial
from http.client import HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from schoolfinder.letters import Letter, answers_of, letter
from schoolfinder.links import Purpose, link
from schoolfinder.models import Consent, Delivery, Inquiry, Partner
from schoolfinder.models.inquiries import check_webhook

GIVE_UP_AFTER = timedelta(days=2)
LONGEST_PAUSE = timedelta(hours=6)
CLAIM = timedelta(minutes=2)  # longer than any attempt takes
SECONDS = 5

log = logging.getLogger(__name__)


class NotTaken(Exception):
    """The school's side cannot take it now; the text says why without personal data."""


def queue(inquiry: Inquiry, kind: Delivery.Kind, consent: Consent | None = None) -> None:
    delivery = Delivery.objects.create(inquiry=inquiry, kind=kind, consent=consent)
    transaction.on_commit(partial(_deliver_soon, delivery.pk))


def deliver_due() -> int:
    """Try everything that is due once; returns how many went out."""
    return sum(deliver(pk) for pk in list(Delivery.objects.due().values_list("pk", flat=True)))


def deliver(pk: int) -> bool:
    """Try one, unless somebody else is trying it or it was withdrawn."""
    now = timezone.now()
    claimed = Delivery.objects.due(now).filter(pk=pk)
    if not claimed.update(due=now + CLAIM, attempts=F("attempts") + 1):
        return False
    delivery = Delivery.objects.filter(pk=pk).first()
    if delivery is None:
        return False
    try:
        _send(delivery)
    except Exception as error:  # whatever the other side does, the inquiry stays ours
        _plan_again(delivery, error)
        return False
    Delivery.objects.filter(pk=pk).update(sent_at=timezone.now(), due=None, last_error="")
    return True


def try_again(pks: list[int]) -> int:
    """Also what was given up; returns how many are due again."""
    waiting = Delivery.objects.filter(pk__in=pks, sent_at=None)
    return waiting.update(due=timezone.now(), created=timezone.now(), attempts=0, last_error="")


def _send(delivery: Delivery) -> None:
    inquiry, consent = delivery.inquiry, delivery.consent
    if consent is None:
        _mail_to_person(delivery)
        return
    partner = getattr(consent.program.school, "partner", None)
    if partner is None or not partner.is_active:
        raise NotTaken("the school takes no requests now")
    text = letter(answers_of(inquiry), inquiry.interest, consent.program)
    if partner.channel == Partner.Channel.EMAIL:
        _mail_to_school(partner, inquiry, text)
    else:
        _post_to_school(partner, delivery, text)


def _mail_to_person(delivery: Delivery) -> None:
    """Neither name nor question: whoever gives another's address cannot make us write to them."""
    inquiry = delivery.inquiry
    consents = inquiry.consents.select_related("school")
    context = {
        "schools": [given.school.name for given in consents],
        "site_name": settings.SITE_NAME,
        "confirm_url": settings.SITE_URL + link(inquiry, Purpose.CONFIRM),
        "receipt_url": settings.SITE_URL + link(inquiry, Purpose.RECEIPT),
        "erased_on": inquiry.erased_on,
    }
    subject = {
        Delivery.Kind.CONFIRM: "Confirm what you asked schools",
        Delivery.Kind.RECEIPT: "Your receipt: what you asked schools",
    }[Delivery.Kind(delivery.kind)]
    body = render_to_string(f"schoolfinder/mail/{delivery.kind}.txt", context)
    EmailMessage(subject, body, to=[inquiry.email]).send(using="transport")


def _mail_to_school(partner: Partner, inquiry: Inquiry, text: Letter) -> None:
    EmailMessage(text.subject, text.text, to=[partner.email], reply_to=[inquiry.email]).send(
        using="transport"
    )


# Webhook ------------------------------------------------------------------------------------


class _NoRedirect(HTTPRedirectHandler):
    """A redirect could lead anywhere, without encryption too."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def sign(secret: str, stamp: str, body: bytes) -> str:
    """What X-Fieldguide-Signature must be: HMAC-SHA256 of the stamp, a dot and the body."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, "sha256").hexdigest()


def _post_to_school(partner: Partner, delivery: Delivery, text: Letter) -> None:
    check_webhook(partner.webhook_url)
    content = {"id": delivery.public_id, "school": partner.school_id, "closing": text.closing}
    body = json.dumps(content | {"letter": text.data}).encode()
    stamp = str(int(time.time()))
    request = Request(  # noqa: S310  check_webhook lets https and this machine through only
        partner.webhook_url,
        data=body,
        headers={
            "Content-Type": "application/json",
            "Idempotency-Key": delivery.public_id,  # the same at each attempt
            "X-Fieldguide-Timestamp": stamp,
            "X-Fieldguide-Signature": sign(partner.secret, stamp, body),
        },
    )
    with build_opener(_NoRedirect, ProxyHandler({})).open(request, timeout=SECONDS):
        return  # anything but 2xx has raised


# Attempts -----------------------------------------------------------------------------------


def _deliver_soon(pk: int) -> None:
    """At once; under the web server in a thread, so that no answer waits for another machine."""
    if settings.WEB_PROCESS:
        threading.Thread(target=_deliver_in_thread, args=[pk], daemon=True).start()
    else:
        deliver(pk)


def _deliver_in_thread(pk: int) -> None:
    try:
        deliver(pk)
    except Exception as error:  # the row is due again later; housekeeping tries it then
        log.warning("Delivery %s could not be tried: %s", pk, type(error).__name__)
    finally:
        connection.close()


def _plan_again(delivery: Delivery, error: Exception) -> None:
    """After 1, 2, 4 … minutes, at most six hours; after two days not any more."""
    now = timezone.now()
    reason = _reason(error)
    values: dict[str, Any] = {"last_error": reason, "due": None}
    if now - delivery.created <= GIVE_UP_AFTER:
        pause = timedelta(minutes=2 ** min(delivery.attempts - 1, 12))
        values["due"] = now + min(pause, LONGEST_PAUSE)
    Delivery.objects.filter(pk=delivery.pk).update(**values)
    log.warning("Delivery %s failed at attempt %s: %s", delivery.pk, delivery.attempts, reason)


def _reason(error: Exception) -> str:
    """The kind of the error alone: its text may quote the address."""
    if isinstance(error, NotTaken):
        return str(error)
    status = f" {error.code}" if isinstance(error, HTTPError) else ""
    return f"{type(error).__name__}{status}"
