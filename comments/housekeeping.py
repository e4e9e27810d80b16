"""What `manage.py housekeeping` does for comments. Each chore says how much it did."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from comments.models import Block, Comment, Mail, RateCount, Reader, SignInLink, State
from comments.moderation import erase
from comments.notifications import deliver_due
from comments.spam import akismet
from comments.spam.learned import rehearse

UNCONFIRMED_FOR = timedelta(hours=48)
NETWORK_FOR = timedelta(days=30)
MAIL_FOR = timedelta(days=30)


def forget_networks() -> int:
    old = Comment.objects.exclude(network="").filter(created__lt=timezone.now() - NETWORK_FOR)
    return old.update(network="")


def erase_unconfirmed() -> int:
    """Comments whose address nobody proved, then the readers who never signed in."""
    before = timezone.now() - UNCONFIRMED_FOR
    comments = Comment.objects.filter(state=State.AWAITING, created__lt=before)
    for comment in comments:
        erase(comment, "housekeeping")
    readers = Reader.objects.never_confirmed(before)
    return len(comments) + readers.delete()[1].get("comments.Reader", 0)


def close_rate_windows() -> int:
    return RateCount.objects.closed().delete()[0]


def forget_mail() -> int:
    old = Mail.objects.filter(due=None, created__lt=timezone.now() - MAIL_FOR)
    return old.delete()[0]


def forget_blocks() -> int:
    return Block.objects.over().delete()[0]


def forget_links() -> int:
    return SignInLink.objects.filter(expires__lt=timezone.now()).delete()[0]


CHORES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("mail delivered", deliver_due),
    ("networks forgotten", forget_networks),
    ("unconfirmed comments and readers erased", erase_unconfirmed),
    ("rate windows closed", close_rate_windows),
    ("old mail forgotten", forget_mail),
    ("old sign-in links forgotten", forget_links),
    ("blocks that are over forgotten", forget_blocks),
    ("spam lessons gone through again", rehearse),
    ("corrections told to Akismet", akismet.tell_due),
)
