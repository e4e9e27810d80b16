"""The only place where a comment changes its state.

    AWAITING ─▶ HELD ◀──▶ PUBLISHED ◀──▶ HIDDEN        every state ─▶ ERASED
                  │            │            │
                  └────────────┴─────┬──────┘
                                     ▼
                       SPAM · REMOVED · WITHDRAWN  ──▶ back, by undo or by a moderator

One table of legal moves, one function. A move writes the state, an append-only
ModerationAction, the counters and the guide's version in one transaction. Whoever moves says
which version of the comment they looked at; a second moderator gets `Conflict` with the first
one's decision.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from careers.models import Version
from comments.models import (
    KEPT,
    Appeal,
    Block,
    Comment,
    ModerationAction,
    Reader,
    Report,
    State,
    Suspension,
    Thread,
)
from comments.models.threads import numbers_above
from comments.notifications import announce
from comments.spam import akismet
from comments.spam.learned import learn_from

IMPORT = "import"  # a source: what moved elsewhere is no news here
GONE = {State.SPAM, State.REMOVED, State.WITHDRAWN}
WAITING = {State.HELD, State.HIDDEN}
STANDING = {State.PUBLISHED} | WAITING  # what a ban takes away

MOVES: dict[State, set[State]] = {
    State.AWAITING: {State.HELD, State.PUBLISHED, State.SPAM, State.WITHDRAWN, State.ERASED},
    State.HELD: {State.PUBLISHED, State.ERASED} | GONE,
    State.PUBLISHED: {State.ERASED} | WAITING | GONE,
    State.HIDDEN: {State.PUBLISHED, State.ERASED} | GONE,
    State.SPAM: {State.PUBLISHED, State.REMOVED, State.ERASED} | WAITING,
    State.REMOVED: {State.PUBLISHED, State.SPAM, State.ERASED} | WAITING,
    State.WITHDRAWN: {State.PUBLISHED, State.SPAM, State.ERASED} | WAITING,
    State.ERASED: set(),
}

# What an erased comment keeps nothing of; its place in the thread stays for the replies.
BLANK: dict[str, Any] = {
    "source": "",
    "html": "",
    "author": None,
    "byline": "",
    "section": "",
    "role": "",
    "signals": [],
    "fingerprint": "",
    "simhash": None,
    "network": "",
}


class IllegalMove(Exception):
    """No such arrow in the table."""


class Conflict(Exception):
    """Somebody moved the comment since it was looked at; `latest` is what they did."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(f"{comment.public_id} is {comment.get_state_display().lower()} already")
        self.comment = comment
        self.latest = comment.actions.select_related("actor").order_by("-pk").first()


@dataclass(frozen=True)
class Decision:
    """Who moves and why. A moderator is `actor`; anything that acts by itself is `source`."""

    actor: Reader | None = None
    source: str = ""
    reason: str = ""
    public_note: str = ""
    private_note: str = ""
    batch: uuid.UUID | None = None
    undo_of: ModerationAction | None = None


@dataclass
class Outcome:
    """What became of an act on several comments."""

    batch: uuid.UUID
    moved: list[ModerationAction] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    illegal: list[Comment] = field(default_factory=list)


@transaction.atomic
def move(
    comment: Comment, to: State, decision: Decision, *, seen: int | None = None
) -> ModerationAction:
    """Move a comment. IllegalMove; Conflict when `seen` is not its version any more."""
    lock_threads([comment.guide_id])
    return _move_locked(comment.pk, to, decision, seen)


@transaction.atomic
def move_all(
    picked: Iterable[tuple[Comment, int | None]], to: State, decision: Decision
) -> Outcome:
    """Move several comments as one batch; what others moved meanwhile is left and reported."""
    return _as_batch(picked, decision, lambda pk, own, seen: _move_locked(pk, to, own, seen))


@transaction.atomic
def ban(author: Reader, decision: Decision, blocks: Iterable[Block] = ()) -> Outcome:
    """Mark everything a reader wrote as spam and suspend them for good, as one batch.

    With it come new entries of the block list; what stands there already stays as it is.
    """
    comments = author.comments.filter(state__in=STANDING)
    outcome = move_all([(comment, None) for comment in comments], State.SPAM, decision)
    Suspension.objects.create(
        reader=author, by=decision.actor, reason=decision.reason, batch=outcome.batch
    )
    for block in blocks:
        block.batch = outcome.batch
    Block.objects.bulk_create(blocks, ignore_conflicts=True)
    return outcome


@transaction.atomic
def undo(batch: uuid.UUID, actor: Reader) -> Outcome:
    """Take a batch back as one, with the reports and appeals that it answered.

    Comments that were moved again since then stay.
    """
    Suspension.objects.filter(batch=batch).lift()
    Block.objects.filter(batch=batch).delete()
    batched = ModerationAction.objects.filter(batch=batch, undo_of=None, undone_by=None)
    actions = list(batched.select_related("comment").order_by("-pk"))
    outcome = Outcome(batch=uuid.uuid4())
    lock_threads({action.comment.guide_id for action in actions})
    for action in actions:
        decision = Decision(actor=actor, batch=outcome.batch, undo_of=action)
        try:
            _check_still_there(action)
            outcome.moved.append(_take_back(action, decision))
        except Conflict as conflict:
            outcome.conflicts.append(conflict)
        except IllegalMove:
            outcome.illegal.append(action.comment)
    return outcome


@transaction.atomic
def keep_all(picked: Iterable[tuple[Comment, int | None]], decision: Decision) -> Outcome:
    """A moderator leaves comments where they are, as one batch: that answers what was asked."""
    return _as_batch(picked, decision, _keep_locked)


def _as_batch(
    picked: Iterable[tuple[Comment, int | None]],
    decision: Decision,
    act: Callable[[int, Decision, int | None], ModerationAction],
) -> Outcome:
    """Do the same to each, in one order, under one batch; conflicts are reported, not raised."""
    picked = sorted(picked, key=lambda pair: pair[0].pk)
    outcome = Outcome(batch=uuid.uuid4())
    decision = Decision(**vars(decision) | {"batch": outcome.batch})
    lock_threads({comment.guide_id for comment, _ in picked})
    for comment, seen in picked:
        try:
            outcome.moved.append(act(comment.pk, decision, seen))
        except Conflict as conflict:
            outcome.conflicts.append(conflict)
        except IllegalMove:
            outcome.illegal.append(comment)
    return outcome


@transaction.atomic
def set_closed(guide_id: int, at: datetime | None, *, by_age: bool = False) -> None:
    """Close a thread for new comments, or open it again with None."""
    lock_threads([guide_id])
    opened = {} if at else {"opened_at": timezone.now()}
    Thread.objects.filter(guide_id=guide_id).update(closed_at=at, closed_by_age=by_age, **opened)
    touch(guide_id)


@transaction.atomic
def set_slow(guide_id: int, seconds: int, until: datetime | None = None) -> None:
    """Slow a thread down: one comment a reader in so many seconds, until then. 0 ends it.

    The end is kept: what made the thread hot before it does not slow it down again.
    """
    lock_threads([guide_id])
    Thread.objects.filter(guide_id=guide_id).update(
        slow_seconds=seconds, slow_until=until or timezone.now()
    )
    touch(guide_id)


@transaction.atomic
def erase(comment: Comment, source: str) -> None:
    """Take the words and the author out for good; an unconfirmed comment goes altogether."""
    lock_threads([comment.guide_id])
    comment = Comment.objects.get(pk=comment.pk)  # its state as it is now
    if comment.state == State.AWAITING:
        comment.delete()
    elif comment.state != State.ERASED:
        move(comment, State.ERASED, Decision(source=source))
        comment.revisions.all().delete()
        Appeal.objects.filter(comment=comment).delete()
        for kept in (comment.mentions, comment.follows, comment.notices):
            kept.all().delete()


def lock_threads(guide_ids: Iterable[int]) -> None:
    """Take the threads' locks in one order, so that no two writers wait for each other."""
    for guide_id in sorted(set(guide_ids)):
        Thread.objects.get_or_create(guide_id=guide_id)
        # no_key: a new comment's foreign keys must not wait for us, nor we for them.
        Thread.objects.select_for_update(no_key=True).get(guide_id=guide_id)


def touch(guide_id: int) -> None:
    """Say that the thread's pages look different now. Call inside the transaction."""
    Thread.objects.filter(guide_id=guide_id).update(version=F("version") + 1)
    Version.objects.bump(version_name(guide_id))


def version_name(guide_id: int) -> str:
    """Under which name careers' Version moves when this guide's comments change."""
    return f"comments:{guide_id}"


def _move_locked(
    comment_id: int, to: State, decision: Decision, seen: int | None
) -> ModerationAction:
    comment = _look(comment_id, seen)
    was = State(comment.state)
    if to not in MOVES[was]:
        raise IllegalMove(f"{was} → {to}")
    blank = BLANK if to == State.ERASED else {}
    Comment.objects.filter(pk=comment.pk).update(
        state=to, state_version=F("state_version") + 1, **blank
    )
    action = ModerationAction.objects.create(
        comment=comment, from_state=was, to_state=to, **vars(decision)
    )
    _keep_counters(comment, was, to)
    if to == State.PUBLISHED and decision.source != IMPORT:
        announce(comment)
    if _is_judged(comment, decision):
        _answer(comment, action)
    touch(comment.guide_id)
    return action


def _keep_locked(comment_id: int, decision: Decision, seen: int | None) -> ModerationAction:
    comment = _look(comment_id, seen)
    Comment.objects.filter(pk=comment.pk).update(state_version=F("state_version") + 1)
    said = vars(decision) | {"source": KEPT}
    action = ModerationAction.objects.create(
        comment=comment, from_state=comment.state, to_state=comment.state, **said
    )
    _answer(comment, action)
    touch(comment.guide_id)
    return action


def _take_back(action: ModerationAction, decision: Decision) -> ModerationAction:
    if action.keeps:
        undoing = _keep_locked(action.comment_id, decision, None)
    else:
        undoing = _move_locked(action.comment_id, State(action.from_state), decision, None)
    _ask_again(action)
    return undoing


def _look(comment_id: int, seen: int | None) -> Comment:
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment_id)
    if seen is not None and comment.state_version != seen:
        raise Conflict(comment)
    return comment


def _check_still_there(action: ModerationAction) -> None:
    latest = action.comment.actions.order_by("-pk").first()
    if latest is None or latest.pk != action.pk:
        raise Conflict(action.comment)


def _keep_counters(comment: Comment, was: State, to: State) -> None:
    published = (to == State.PUBLISHED) - (was == State.PUBLISHED)
    waiting = (to in WAITING) - (was in WAITING)
    Thread.objects.filter(guide=comment.guide_id).update(
        published=F("published") + published, waiting=F("waiting") + waiting
    )
    if not published:
        return
    above = numbers_above(comment.path)
    Comment.objects.filter(pk__in=above).update(reply_count=F("reply_count") + published)
    if comment.author_id:
        Reader.objects.filter(pk=comment.author_id).update(
            published_count=F("published_count") + published
        )
    if published > 0:
        Thread.objects.filter(guide=comment.guide_id).update(last_published=timezone.now())


def _answer(comment: Comment, action: ModerationAction) -> None:
    """A person decided: the filter learns, and what readers and the author asked is answered."""
    akismet.note(comment, learn_from(comment))
    stays = action.to_state == State.PUBLISHED
    outcome = Report.Outcome.DISMISSED if stays else Report.Outcome.UPHELD
    comment.reports.open().update(outcome=outcome, answer=action)
    Comment.objects.filter(pk=comment.pk).update(open_reports=0)
    asked = Appeal.objects.open().filter(comment=comment)
    asked.update(answered_at=timezone.now(), answer=action)


def _ask_again(action: ModerationAction) -> None:
    """What a decision had answered is open again once it is taken back."""
    action.reports_answered.update(outcome="", answer=None)
    action.appeals_answered.update(answered_at=None, answer=None)
    open_reports = Report.objects.open().filter(comment=action.comment_id).count()
    Comment.objects.filter(pk=action.comment_id).update(open_reports=open_reports)


def _is_judged(comment: Comment, decision: Decision) -> bool:
    """Whether a person decides, and not about their own."""
    return decision.actor is not None and decision.actor.pk != comment.author_id
