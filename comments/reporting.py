"""Readers report comments; enough weight hides one until a moderator has looked.

A report weighs 1 + trust + accuracy, with Discourse's numbers: trust is 0 for a new reader, 1 for
a member, 2 for a regular and 5 for staff; accuracy counts from the sixth answered report. At 8.33
a comment is hidden: three regulars, or five members. Accounts of less than a day weigh nothing,
so that nobody hides a comment with accounts made for it; moderators see their reports all the same.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import log

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments import limits
from comments.models import KEPT, Comment, ModerationAction, Reader, Report, State, Thread
from comments.moderation import Decision, lock_threads, move, set_slow

HIDE_AT = 12.5 * 6 / 9
AGREED = 0.7  # of somebody's reports: as good as expected, no bonus
MEASURED_FROM = 6  # answered reports
GROWN = timedelta(days=1)
REGULAR_AFTER, REGULAR_FROM = timedelta(days=15), 20  # published comments

# Heated: so many comments of one thread are reported within an hour, by as many readers.
HEATED = 3
HEATED_WITHIN = timedelta(hours=1)
SLOW_SECONDS = 600
SLOW_FOR = timedelta(hours=6)


@transaction.atomic
def report(comment: Comment, reader: Reader, reason: str, text: str) -> bool:
    """One report a reader and comment, never of an own one. False when it says nothing new."""
    limits.count(limits.for_reporting(reader))
    if comment.author_id == reader.pk:
        return False
    lock_threads([comment.guide_id])
    _, created = Report.objects.get_or_create(
        comment=comment,
        reader=reader,
        defaults={"reason": reason, "text": text, "weight": weight_of(reader)},
    )
    if created:
        Comment.objects.filter(pk=comment.pk).update(open_reports=F("open_reports") + 1)
        _hide_if_enough(comment)
        _slow_if_heated(comment.guide_id)
    return created


def weight_of(reader: Reader, at: datetime | None = None) -> float:
    """What a report of this reader counts now; never less than nothing."""
    age = (at or timezone.now()) - reader.joined
    if age < GROWN and not reader.is_staff:
        return 0.0
    answers = reader.reports.exclude(outcome="").values_list("outcome", flat=True)
    return round(max(0.0, 1.0 + trust(reader, age) + accuracy(answers)), 2)


def trust(reader: Reader, age: timedelta) -> int:
    if reader.is_staff:
        return 5
    if reader.published_count >= REGULAR_FROM and age >= REGULAR_AFTER:
        return 2
    return 0 if reader.is_new else 1


def accuracy(outcomes: Iterable[str]) -> float:
    """A bonus for those whom moderators agree with, taken from those whom they do not."""
    answered = list(outcomes)
    if len(answered) < MEASURED_FROM:
        return 0.0
    agreed = answered.count(Report.Outcome.UPHELD) / len(answered)
    most = 1 - AGREED if agreed >= AGREED else AGREED
    return (agreed - AGREED) / most * log(len(answered), 4) * 5


def _hide_if_enough(comment: Comment) -> None:
    """Never again once a moderator has looked and kept the comment."""
    if comment.reports.filter(outcome=Report.Outcome.DISMISSED).exists() or _was_kept(comment):
        return
    weights = comment.reports.open().values_list("weight", flat=True)
    if sum(weights) < HIDE_AT:
        return
    if Comment.objects.get(pk=comment.pk).is_published:
        move(comment, State.HIDDEN, Decision(source="reports"))


def _was_kept(comment: Comment) -> bool:
    """Also when those who had reported it have erased their accounts."""
    kept = ModerationAction.objects.standing().filter(comment=comment, source=KEPT)
    return kept.filter(to_state=State.PUBLISHED).exists()


def _slow_if_heated(guide_id: int) -> None:
    """One comment a reader in ten minutes, for six hours. Reports of no weight heat nothing."""
    thread = Thread.objects.get(guide_id=guide_id)
    if thread.is_slow or thread.is_closed:
        return
    now = timezone.now()
    since = max(now - HEATED_WITHIN, thread.slow_until or now - HEATED_WITHIN)
    recent = Report.objects.filter(comment__guide=guide_id, created__gt=since, weight__gt=0)
    first: dict[int, int] = {}  # of each reader: nobody heats a thread alone
    for by, comment_id in recent.values_list("reader", "comment"):
        first.setdefault(by, comment_id)
    if len(set(first.values())) >= HEATED:
        set_slow(guide_id, SLOW_SECONDS, now + SLOW_FOR)
