"""Mail goes into a table first and from there through the transport.

The row is written with the request's own rows, so mail exists exactly when what it tells of
does. It is tried at once after the commit and then by housekeeping, later and later. The body
is emptied when it was sent, since it may hold a sign-in code; nothing of it is logged.
"""

import email.policy
import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from comments import following
from comments.models import Announcement, Comment, Mail

GIVE_UP_AFTER = timedelta(days=2)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_LINE = 500  # of a header; RFC 5322 allows 998
CLAIM = timedelta(minutes=2)  # longer than the transport's timeout

log = logging.getLogger(__name__)


class LongLinesMessage(EmailMessage):
    """Folds headers later: an address in one would be split into encoded words, and be none."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        return super().message(policy=policy.clone(max_line_length=LONGEST_LINE))


class OutboxBackend(BaseEmailBackend):
    """The default mailer: everything that is sent goes through the table."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                mail = _store(message, address)
                transaction.on_commit(partial(_soon, deliver, mail.pk))
        return len(email_messages)


def deliver_due() -> int:
    """Try everything that is due once; returns how many went out."""
    return sum(deliver(pk) for pk in Mail.objects.due().values_list("pk", flat=True))


def deliver(pk: int) -> bool:
    """Try one mail, unless somebody else is trying it. Failure plans the next attempt."""
    now = timezone.now()
    claimed = Mail.objects.due(now).filter(pk=pk)
    if not claimed.update(due=now + CLAIM, attempts=F("attempts") + 1):
        return False
    mail = Mail.objects.get(pk=pk)
    if not following.still_stands(mail):
        Mail.objects.filter(pk=pk).update(due=None, body="", last_error="What it told of is gone.")
        return False
    try:
        mailers["transport"].send_messages([_message(mail)])
    except Exception as error:  # whatever a mail server does, the mail stays ours
        _plan_again(mail, error)
        return False
    Mail.objects.filter(pk=pk).update(sent_at=timezone.now(), due=None, body="", last_error="")
    return True


def announce(comment: Comment) -> None:
    """Have its followers told after the commit. Call in the transaction that publishes it."""
    following.announce(comment)
    transaction.on_commit(partial(_soon, _tell_first, comment.pk))


def announce_again(comment: Comment) -> None:
    """The same after an edit that named somebody new."""
    following.announce_again(comment)
    transaction.on_commit(partial(_soon, _tell_first, comment.pk))


def tell_followers() -> int:
    """Finish every announcement; returns how many mails were written."""
    written = 0
    for comment_id in Announcement.objects.open().order_by("created").values_list("pk", flat=True):
        some_left = True
        while some_left:
            mails, some_left = following.tell_some(comment_id)
            written += len(mails)
    return written


def _tell_first(comment_id: int) -> None:
    """The first few followers at once; a crowd is housekeeping's."""
    mails, _ = following.tell_some(comment_id)
    for pk in mails:
        deliver(pk)


def _store(message: EmailMessage, address: str) -> Mail:
    return Mail.objects.create(
        to=address,
        sender=message.from_email,
        subject=message.subject[:300],
        body=str(message.body),
        headers=message.extra_headers,
    )


def _soon(act: Callable[[int], object], pk: int) -> None:
    """At once; under the web server in a thread, so that a mute mail server delays no answer."""
    if settings.WEB_PROCESS:
        threading.Thread(target=_in_thread, args=[act, pk], daemon=True).start()
    else:
        act(pk)


def _in_thread(act: Callable[[int], object], pk: int) -> None:
    try:
        act(pk)
    except Exception:  # the row is due again later; housekeeping tries it then
        log.exception("%s of %s failed", act.__name__, pk)
    finally:
        connection.close()


def _message(mail: Mail) -> EmailMessage:
    return LongLinesMessage(mail.subject, mail.body, mail.sender, [mail.to], headers=mail.headers)


def _plan_again(mail: Mail, error: Exception) -> None:
    """After 1, 2, 4 … minutes, at most six hours; after two days not any more."""
    now = timezone.now()
    values: dict[str, Any] = {"last_error": f"{type(error).__name__}: {error}"[:200]}
    if now - mail.created > GIVE_UP_AFTER:
        values |= {"due": None, "body": ""}
    else:
        pause = timedelta(minutes=2 ** min(mail.attempts - 1, 12))
        values |= {"due": now + min(pause, LONGEST_PAUSE)}
    Mail.objects.filter(pk=mail.pk).update(**values)
    log.warning("Mail %s failed at attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)
