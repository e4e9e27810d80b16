"""Rows of the moderators' queue, and the record of one comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from comments.models import Comment, ModerationAction, Reader, Report, State
from comments.moderation import MOVES, STANDING, Conflict
from comments.presenters import exact
from comments.times import ago

BAD_FROM = 3.0  # points at which a chip is red


@dataclass(frozen=True)
class Chip:
    """Why a comment waits: words, points, and how loud."""

    words: str
    points: str
    tone: str


@dataclass(frozen=True)
class Act:
    """A button, and the key that presses it."""

    name: str
    words: str
    key: str


@dataclass(frozen=True)
class QueueRow:
    pk: int
    seen: int  # the version that this page shows
    name: str
    ago: str
    exact: str
    guide: str
    url: str
    record_url: str
    state: str
    score: str
    html: SafeString
    answers: str  # the beginning of what it replies to
    chips: list[Chip]
    may: list[Act]
    ban_url: str  # empty for staff and former readers


def title() -> str:
    waiting = Comment.objects.waiting().count()
    return f"{waiting} comment{'' if waiting == 1 else 's'} wait{'s' if waiting == 1 else ''}"


def rows(comments: list[Comment], at: datetime | None = None) -> list[QueueRow]:
    now = at or timezone.now()
    reports = _open_reports([comment.pk for comment in comments if comment.open_reports])
    return [_row(comment, reports.get(comment.pk, []), now) for comment in comments]


def _row(comment: Comment, reports: list[Report], now: datetime) -> QueueRow:
    return QueueRow(
        pk=comment.pk,
        seen=comment.state_version,
        name=comment.name,
        ago=ago(comment.created, now),
        exact=exact(comment.created),
        guide=comment.guide.title,
        url=comment.get_absolute_url(),
        record_url=reverse("admin:comments_comment_change", args=[comment.pk]),
        state=comment.get_state_display(),
        score=f"{sum(signal.get('points', 0) for signal in comment.signals):.1f}",
        html=mark_safe(comment.html),  # cleaned by markup.py when written
        answers=comment.parent.source[:120] if comment.parent else "",
        chips=[*_appeal_chips(comment), *_report_chips(reports), *_chips(comment.signals)],
        may=_acts(comment),
        ban_url=_ban_url(comment.author),
    )


def _chips(signals: list[dict[str, Any]]) -> list[Chip]:
    """One a signal, followed by the tokens that it comes from."""
    made = []
    for signal in signals:
        if "words" in signal:  # an unconfirmed comment keeps other things here
            points = float(signal["points"])
            tone = "bad" if points >= BAD_FROM else "warn" if points > 0 else ""
            made.append(Chip(signal["words"], f"+{points:.1f}" if points else "", tone))
            made += [Chip(words, f"{part:+.1f}", "part") for words, part in signal.get("parts", [])]
    return made


def _appeal_chips(comment: Comment) -> list[Chip]:
    if not hasattr(comment, "appeal"):
        return []
    answered = " (answered)" if comment.appeal.answered_at else ""
    return [Chip(f"The author asks for another look{answered}: {comment.appeal.text}", "", "warn")]


def _report_chips(reports: list[Report]) -> list[Chip]:
    return [
        Chip(f"Reported: {report.get_reason_display().lower()}. {report.text}".strip(), "", "bad")
        for report in reports
    ]


def _open_reports(comment_ids: list[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    for report in Report.objects.open().filter(comment__in=comment_ids):
        found.setdefault(report.comment_id, []).append(report)
    return found


def _acts(comment: Comment) -> list[Act]:
    """The buttons that would do something to a comment in this state."""
    if comment.is_published and comment.open_reports:
        return [Act("publish", "Keep", "a"), *ACTS[State.REMOVED], *ACTS[State.SPAM]]
    legal = MOVES[State(comment.state)]
    made = [act for to, acts in ACTS.items() if to in legal for act in acts]
    appealed = hasattr(comment, "appeal") and not comment.appeal.answered_at
    return [*made, Act("leave", "Leave as it is", "")] if appealed else made


ACTS = {
    State.PUBLISHED: [Act("publish", "Publish", "a")],
    State.REMOVED: [Act("remove", "Remove", "d")],
    State.SPAM: [Act("mark_spam", "Spam", "s")],
}


def _ban_url(author: Reader | None) -> str:
    if author is None or author.is_staff:
        return ""
    return reverse("admin:comments_comment_ban", args=[author.public_id])


@dataclass(frozen=True)
class BanPreview:
    """What would go with its author: how many, where they stand, and the newest of them."""

    count: int
    by_state: list[tuple[str, int]]
    newest: list[Comment]


def what_a_ban_takes(author: Reader) -> BanPreview:
    standing = author.comments.filter(state__in=STANDING)
    states = standing.order_by().values_list("state").annotate(times=Count("pk"))
    by_state = [(State(state).label, times) for state, times in states.order_by("state")]
    newest = standing.select_related("guide").order_by("-created")[:10]
    return BanPreview(sum(times for _, times in by_state), by_state, list(newest))


@dataclass(frozen=True)
class LastBatch:
    """What this moderator did last and can take back."""

    batch: UUID
    words: str
    ago: str


def last_batch(user: Reader | AnonymousUser) -> LastBatch | None:
    if not isinstance(user, Reader):
        return None
    action = ModerationAction.objects.latest_batch_of(user)
    if action is None or action.batch is None:
        return None
    count = ModerationAction.objects.filter(batch=action.batch).count()
    to = "kept" if action.keeps else f"→ {action.get_to_state_display().lower()}"
    moved = f"{count} comment{'' if count == 1 else 's'} {to}"
    return LastBatch(action.batch, moved, ago(action.created, timezone.now()))


@dataclass(frozen=True)
class Event:
    at: str
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class Record:
    """Everything that happened to one comment, and everything found in it."""

    url: str
    html: SafeString
    chips: list[Chip]
    events: list[Event]
    earlier: list[str]


def record(comment: Comment) -> Record:
    reports = list(comment.reports.all())
    return Record(
        url=comment.get_absolute_url(),
        html=mark_safe(comment.html),  # cleaned by markup.py when written
        chips=[*_appeal_chips(comment), *_report_chips(reports), *_chips(comment.signals)],
        events=[_event(action) for action in comment.actions.select_related("actor")],
        earlier=[revision.source for revision in comment.revisions.all()],
    )


def _event(action: ModerationAction) -> Event:
    reason = action.get_reason_display() if action.reason else ""
    undo = "taken back" if action.undo_of_id else ""
    return Event(
        at=exact(action.created),
        who=action.who,
        what=_what(action),
        why=" · ".join(filter(None, [undo, reason, action.public_note, action.private_note])),
    )


def _what(action: ModerationAction) -> str:
    if action.keeps:
        return f"Kept: {action.get_to_state_display().lower()}"
    return f"{action.get_from_state_display()} → {action.get_to_state_display()}"


def said_about_conflict(conflict: Conflict) -> str:
    """What the second moderator reads: the first one's decision stands."""
    comment, latest = conflict.comment, conflict.latest
    if latest is None or latest.created < (comment.edited_at or comment.created):
        return f"Not done: {comment.public_id} was edited while you looked at it."
    what = latest.get_to_state_display().lower()
    when = ago(latest.created, timezone.now())
    if latest.keeps:
        return f"Not done: {latest.who} kept {comment.public_id} as “{what}” {when}."
    return f"Not done: {latest.who} moved {comment.public_id} to “{what}” {when}."
