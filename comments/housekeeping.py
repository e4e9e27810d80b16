"""What `manage.py housekeeping` does for comments. Each chore says how much it did."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from comments.following import send_digests
from comments.models import (
    Announcement,
    Block,
    Comment,
    Mail,
    Notice,
    RateCount,
    Reader,
    SignInLink,
    State,
    Thread,
)
from comments.moderation import erase, set_closed, set_slow
from comments.notifications import deliver_due, tell_followers
from comments.spam import akismet
from comments.spam.learned import rehearse

UNCONFIRMED_FOR = timedelta(hours=48)
NETWORK_FOR = timedelta(days=30)
MAIL_FOR = timedelta(days=30)
NOTICES_FOR = timedelta(days=30)  # following.OLDEST_NEWS: older comments are told to nobody


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


def send_daily_mail() -> int:
    return len(send_digests())


def forget_notices() -> int:
    """Who was told of what: only as long as telling it twice could happen."""
    before = timezone.now() - NOTICES_FOR
    announced = Announcement.objects.filter(done_at__lt=before).delete()[0]
    return announced + Notice.objects.filter(mailed_at__lt=before).delete()[0]


def close_rate_windows() -> int:
    return RateCount.objects.closed().delete()[0]


def forget_mail() -> int:
    old = Mail.objects.filter(due=None, created__lt=timezone.now() - MAIL_FOR)
    return old.delete()[0]


def forget_blocks() -> int:
    return Block.objects.over().delete()[0]


def forget_links() -> int:
    return SignInLink.objects.filter(expires__lt=timezone.now()).delete()[0]


def close_quiet_threads() -> int:
    """Where the site closes threads by age: nobody was published there for so many days."""
    if not settings.CLOSE_THREADS_AFTER_DAYS:
        return 0
    now = timezone.now()
    quiet = Thread.objects.quiet_since(now - timedelta(days=settings.CLOSE_THREADS_AFTER_DAYS))
    for thread in quiet:
        set_closed(thread.pk, now, by_age=True)
    return len(quiet)


def end_slow_mode() -> int:
    """The rule ends by the clock; this takes its notice off the pages."""
    over = Thread.objects.no_longer_slow()
    for thread in over:
        set_slow(thread.pk, 0, thread.slow_until)
    return len(over)


CHORES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("followers told", tell_followers),
    ("daily mail written", send_daily_mail),
    ("mail delivered", deliver_due),
    ("old notices forgotten", forget_notices),
    ("networks forgotten", forget_networks),
    ("unconfirmed comments and readers erased", erase_unconfirmed),
    ("rate windows closed", close_rate_windows),
    ("old mail forgotten", forget_mail),
    ("old sign-in links forgotten", forget_links),
    ("blocks that are over forgotten", forget_blocks),
    ("quiet threads closed", close_quiet_threads),
    ("threads no longer slow", end_slow_mode),
    ("spam lessons gone through again", rehearse),
    ("corrections told to Akismet", akismet.tell_due),
)
