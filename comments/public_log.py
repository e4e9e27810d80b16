"""What moderation did, in numbers that everybody may see."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from comments.models import KEPT, Appeal, ModerationAction, Reason, State, Thread
from comments.models.decisions import ModerationActionQuerySet

PERIOD = timedelta(days=90)
MOST_MEASURED = 5000


@dataclass(frozen=True)
class PublicLog:
    published: int
    waiting: int
    by_people: list[tuple[str, int]]  # decisions of moderators in the period
    by_filter: list[tuple[str, int]]  # where the filter put new comments in the period
    reasons: list[tuple[str, int]]
    kept: int  # times that moderators left a comment where it stood, reported or appealed
    taken_back: int  # decisions that were undone
    appeals: int  # made in the period
    appeals_answered: int
    appeals_granted: int  # of them, comments that are public now
    half_within: str  # how soon half of the held comments were decided; empty when none was
    most_within: str  # and nine in ten


def read() -> PublicLog:
    totals = Thread.objects.aggregate(published=Sum("published"), waiting=Sum("waiting"))
    recent = ModerationAction.objects.filter(created__gte=timezone.now() - PERIOD)
    by_people = recent.by_people().filter(undo_of=None)
    by_filter = recent.filter(source="pipeline")
    waits = _waits(by_people)
    moved = by_people.exclude(source=KEPT)
    appeals = Appeal.objects.filter(created__gte=timezone.now() - PERIOD)
    answered = appeals.exclude(answered_at=None)
    return PublicLog(
        published=totals["published"] or 0,
        waiting=totals["waiting"] or 0,
        by_people=_counted(moved, "to_state", dict(State.choices)),
        by_filter=_counted(by_filter, "to_state", dict(State.choices)),
        reasons=_counted(by_people.exclude(reason=""), "reason", dict(Reason.choices)),
        kept=by_people.filter(source=KEPT).count(),
        appeals=appeals.count(),
        appeals_answered=answered.count(),
        appeals_granted=answered.filter(comment__state=State.PUBLISHED).count(),
        taken_back=recent.exclude(undo_of=None).count(),
        half_within=_in_words(_at(waits, 0.5)),
        most_within=_in_words(_at(waits, 0.9)),
    )


def _waits(decisions: ModerationActionQuerySet) -> list[timedelta]:
    """How long held comments waited for a person, shortest first; of the newest thousands."""
    held = decisions.filter(from_state=State.HELD).order_by("-pk")
    times = held.values_list("comment__created", "created")[:MOST_MEASURED]
    return sorted(decided - written for written, decided in times)


def _at(waits: list[timedelta], share: float) -> timedelta | None:
    return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else None


def _in_words(wait: timedelta | None) -> str:
    """Rounded up: nobody waited longer than it says."""
    if wait is None:
        return ""
    for size, unit in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour")):
        if wait >= size:
            return _counted_unit(-(-wait // size), unit)
    return _counted_unit(max(1, -(-wait // timedelta(minutes=1))), "minute")


def _counted_unit(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _counted(
    actions: ModerationActionQuerySet, column: str, words: dict[str, str]
) -> list[tuple[str, int]]:
    """(words, how often), most often first."""
    counts = actions.order_by().values_list(column).annotate(times=Count("pk")).order_by("-times")
    return [(words[value], times) for value, times in counts]
