"""How long ago, in words, and until when the words stay true."""

from calendar import month_name
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def ago(moment: datetime, now: datetime) -> str:
    """ "4 minutes ago", "3 days ago"; older than 30 days: the date."""
    age = now - moment
    if age < MINUTE:
        return "just now"
    if age < HOUR:
        return counted(age // MINUTE, "minute")
    if age < DAY:
        return counted(age // HOUR, "hour")
    if age < 30 * DAY:
        return counted(age // DAY, "day")
    return day_of(moment)


def day_of(moment: datetime) -> str:
    """ "November 3, 2026", without strftime: that takes longer than all the rest of a row."""
    return f"{month_name[moment.month]} {moment.day}, {moment.year}"


def changes_at(moment: datetime, now: datetime) -> datetime | None:
    """When `ago` will say something else; None when it never will."""
    age = now - moment
    if age >= 30 * DAY:
        return None
    unit = MINUTE if age < HOUR else HOUR if age < DAY else DAY
    return moment + (max(age, timedelta(0)) // unit + 1) * unit


def first_change(moments: Iterable[datetime], now: datetime | None = None) -> datetime | None:
    """When the first of several relative times will read differently."""
    now = now or timezone.now()
    changes = (changes_at(moment, now) for moment in moments)
    return min((change for change in changes if change is not None), default=None)


def counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
