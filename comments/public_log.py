"""What moderation did, in numbers that everybody may see."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from comments.models import ModerationAction, Reason, State, Thread
from comments.models.decisions import ModerationActionQuerySet

PERIOD = timedelta(days=90)


@dataclass(frozen=True)
class PublicLog:
    published: int
    waiting: int
    by_people: list[tuple[str, int]]  # decisions of moderators in the period
    by_filter: list[tuple[str, int]]  # where the filter put new comments in the period
    reasons: list[tuple[str, int]]
    taken_back: int  # decisions that were undone


def read() -> PublicLog:
    totals = Thread.objects.aggregate(published=Sum("published"), waiting=Sum("waiting"))
    recent = ModerationAction.objects.filter(created__gte=timezone.now() - PERIOD)
    by_people = recent.by_people().filter(undo_of=None)
    by_filter = recent.filter(source="pipeline")
    return PublicLog(
        published=totals["published"] or 0,
        waiting=totals["waiting"] or 0,
        by_people=_counted(by_people, "to_state", dict(State.choices)),
        by_filter=_counted(by_filter, "to_state", dict(State.choices)),
        reasons=_counted(by_people.exclude(reason=""), "reason", dict(Reason.choices)),
        taken_back=recent.exclude(undo_of=None).count(),
    )


def _counted(
    actions: ModerationActionQuerySet, column: str, words: dict[str, str]
) -> list[tuple[str, int]]:
    """(words, how often), most often first."""
    counts = actions.order_by().values_list(column).annotate(times=Count("pk")).order_by("-times")
    return [(words[value], times) for value, times in counts]
