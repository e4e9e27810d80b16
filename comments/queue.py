"""Rows of the moderators' queue, and the record of one comment."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, FloatField, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from comments.models import (
    Comment,
    ModerationAction,
    Reader,
    ReaderNote,
    Report,
    State,
    Suspension,
)
from comments.moderation import MOVES, STANDING, Conflict
from comments.presenters import exact
from comments.times import ago

BAD_FROM = 3.0  # points at which a chip is red

# The weight of its open reports, twice while everybody can read it; an appeal weighs like a
# member's report and a half. What is only held comes after, by age.
_REPORTED = Coalesce(
    Subquery(
        Report.objects.open()
        .filter(comment=OuterRef("pk"))
        .order_by()
        .values("comment")
        .annotate(total=Sum(F("weight") + 1.0))
        .values("total")
    ),
    0.0,
)
URGENCY = Case(
    When(state=State.PUBLISHED, then=_REPORTED * 2.0),
    default=_REPORTED,
    output_field=FloatField(),
) + Case(
    When(appeal__isnull=False, appeal__answered_at=None, then=3.0),
    default=0.0,
    output_field=FloatField(),
)


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
    answers: str  # who and how what it replies to begins
    history: str  # of its author
    note: str  # the newest that moderators left about the author
    author_url: str
    same_text: int  # other comments that say the same
    same_url: str
    chips: list[Chip]
    may: list[Act]
    ban_url: str  # empty for staff and former readers


def title() -> str:
    waiting = Comment.objects.waiting().count()
    return f"{waiting} comment{'' if waiting == 1 else 's'} wait{'s' if waiting == 1 else ''}"


def rows(comments: list[Comment], at: datetime | None = None) -> list[QueueRow]:
    now = at or timezone.now()
    reports = _open_reports([comment.pk for comment in comments if comment.open_reports])
    known = _known([comment.author for comment in comments if comment.author], now)
    same = _same_texts(comments)
    return [
        _row(
            comment,
            reports.get(comment.pk, []),
            known.get(comment.author_id or 0, STRANGER),
            same.get(comment.fingerprint, 1) - 1,
            now,
        )
        for comment in comments
    ]


def _row(
    comment: Comment, reports: list[Report], author: Known, same_text: int, now: datetime
) -> QueueRow:
    listed = reverse("admin:comments_comment_changelist")
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
        answers=f"{comment.parent.name}: {comment.parent.source[:160]}" if comment.parent else "",
        history=author.history,
        note=author.notes[0].text if author.notes else "",
        author_url=_author_url(comment.author),
        same_text=same_text,
        same_url=f"{listed}?queue=all&fingerprint={comment.fingerprint}",
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
            made.append(Chip(_masked(signal["words"]), f"+{points:.1f}" if points else "", tone))
            made += [Chip(words, f"{part:+.1f}", "part") for words, part in signal.get("parts", [])]
    return made


def _masked(words: str) -> str:
    """No chip spells an address."""
    return re.sub(r"(\S)\S*@(\S+)", r"\1…@\2", words)


def _appeal_chips(comment: Comment) -> list[Chip]:
    if not hasattr(comment, "appeal"):
        return []
    answered = " (answered)" if comment.appeal.answered_at else ""
    return [Chip(f"The author asks for another look{answered}: {comment.appeal.text}", "", "warn")]


def _report_chips(reports: list[Report]) -> list[Chip]:
    return [
        Chip(
            f"Reported: {report.get_reason_display().lower()}. {report.text}".strip(),
            f"{report.weight:g}",
            "bad",
        )
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


def _author_url(author: Reader | None) -> str:
    return reverse("admin:comments_reader_change", args=[author.pk]) if author else ""


@dataclass(frozen=True)
class Known:
    """What moderators know of an author."""

    history: str = ""
    notes: list[ReaderNote] = field(default_factory=list)
    newest: list[Comment] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)


STRANGER = Known()


def known_of(reader: Reader) -> Known:
    """For the reader's own page in the admin."""
    known = _known([reader], timezone.now())[reader.pk]
    newest = reader.comments.exclude(state=State.AWAITING).select_related("guide")
    suspensions = reader.suspensions.select_related("by").order_by("-pk")
    return replace(
        known, newest=list(newest.order_by("-created")[:10]), suspensions=list(suspensions)
    )


def _known(readers: list[Reader], now: datetime) -> dict[int, Known]:
    """In three queries, however many."""
    by_id = {reader.pk: reader for reader in readers}
    written: dict[int, Counter[str]] = {pk: Counter() for pk in by_id}
    counted = Comment.objects.filter(author__in=by_id).order_by().values_list("author", "state")
    for pk, state, times in counted.annotate(times=Count("pk")):
        written[pk or 0][state] = times
    notes: dict[int, list[ReaderNote]] = {pk: [] for pk in by_id}
    for note in ReaderNote.objects.filter(reader__in=by_id).select_related("by"):
        notes[note.reader_id].append(note)
    suspended = set(
        Suspension.objects.live().filter(reader__in=by_id).values_list("reader", flat=True)
    )
    return {
        pk: Known(_history(reader, written[pk], pk in suspended, now), notes[pk])
        for pk, reader in by_id.items()
    }


def _history(reader: Reader, written: Counter[str], suspended: bool, now: datetime) -> str:
    taken = written[State.SPAM] + written[State.REMOVED]
    said = [
        f"joined {ago(reader.joined, now)}",
        f"{written[State.PUBLISHED]} published",
        f"{taken} spam or removed" if taken else "",
        "suspended" if suspended else "",
    ]
    return ", ".join(filter(None, said))


def _same_texts(comments: list[Comment]) -> dict[str, int]:
    """How many comments say the same, by fingerprint."""
    prints = {comment.fingerprint for comment in comments} - {""}
    same = Comment.objects.filter(fingerprint__in=prints).exclude(state=State.ERASED)
    return dict(same.order_by().values_list("fingerprint").annotate(times=Count("pk")))


def last_network(author: Reader) -> str:
    known = author.comments.exclude(network="").order_by("-created")
    return known.values_list("network", flat=True).first() or ""


@dataclass(frozen=True)
class Preview:
    """What an act on several comments would touch."""

    count: int
    authors: int
    by_state: list[tuple[str, int]]
    replies: int  # published ones below them, which stay
    first: list[Comment]


def preview(comments: list[Comment]) -> Preview:
    states = Counter(State(comment.state).label for comment in comments)
    return Preview(
        count=len(comments),
        authors=len({comment.author_id for comment in comments}),
        by_state=states.most_common(),
        replies=sum(comment.reply_count for comment in comments),
        first=comments[:10],
    )


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
