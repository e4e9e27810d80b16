"""What readers do with comments: write, confirm, edit, withdraw, vote, appeal."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from careers.models import Guide
from comments import limits, markup, mentions
from comments.following import TooMany, follow
from comments.models import (
    Appeal,
    Comment,
    CommentRevision,
    HelpfulVote,
    Pace,
    Reader,
    State,
)
from comments.models.threads import OnPage
from comments.moderation import Decision, IllegalMove, lock_threads, move, touch
from comments.notifications import announce_again
from comments.spam import Submission, Verdict, akismet, fingerprint, judge
from comments.spam.learned import forget
from comments.spam.submission import Opinion
from comments.text import invisible_count

EDIT_WINDOW = timedelta(minutes=15)
APPEALABLE = (State.HELD, State.HIDDEN, State.SPAM, State.REMOVED)
EDITABLE = (State.PUBLISHED, State.HELD)


class TooLate(Exception):
    """The comment cannot be edited any more."""


@dataclass(frozen=True)
class Draft:
    """A valid comment form."""

    source: str
    key: str  # of the form it came in: the same form stores once
    role: str = ""
    section: str = ""
    parent: Comment | None = None
    form_seconds: float | None = None
    trapped: bool = False
    follow: bool = False  # mail when somebody answers


def post(guide: Guide, author: Reader, draft: Draft, network: str) -> Comment:
    """Store a signed-in reader's comment once and judge it. TooOften stores nothing."""
    if twin := _stored(author, draft):
        return twin
    return _post(guide, author, draft, network, _second_opinion(guide, author, draft, network))


@transaction.atomic
def _post(
    guide: Guide, author: Reader, draft: Draft, network: str, opinion: Opinion | None
) -> Comment:
    if twin := _stored(author, draft):
        return twin
    try:
        limits.count([*limits.for_posting(author, network), *limits.for_thread(guide, author)])
    except limits.TooOften:
        # The same form sent twice at once: we waited for the count until the other was stored.
        if twin := _stored(author, draft):
            return twin
        raise
    comment = _store(guide, author, draft, network)
    return _enter(comment, _submission(comment, draft.form_seconds, draft.trapped, opinion))


@transaction.atomic
def post_unconfirmed(guide: Guide, author: Reader, draft: Draft, network: str) -> Comment:
    """Store what a visitor wrote before proving the address; nobody sees it until then."""
    if twin := _stored(author, draft):
        return twin
    in_thread = limits.for_thread(guide, author)
    limits.count([*limits.for_network("post", network, most=40), *in_thread])
    comment = _store(guide, author, draft, network)
    # What only this request knows waits on the row for confirm().
    comment.signals = [{"form_seconds": draft.form_seconds, "trapped": draft.trapped}]
    comment.save(update_fields=["signals"])
    return comment


def confirm(comment: Comment) -> Comment:
    """The address is proven: the comment enters the pipeline as if written now."""
    known = comment.signals[0] if comment.signals else {}
    author = cast(Reader, comment.author)
    page = comment.guide.get_absolute_url()
    opinion = akismet.ask(author, comment.source, comment.network, page)
    with transaction.atomic():
        return _enter(comment, _submission(comment, **known, opinion=opinion))


def edit(comment: Comment, draft: Draft) -> Comment:
    """Replace the text within the window; the pipeline looks again. TooLate otherwise."""
    author = cast(Reader, comment.author)
    page = comment.guide.get_absolute_url()
    return _edit(comment, draft, akismet.ask(author, draft.source, comment.network, page))


@transaction.atomic
def _edit(comment: Comment, draft: Draft, opinion: Opinion | None) -> Comment:
    lock_threads([comment.guide_id])
    comment = Comment.objects.select_for_update(of=("self",), no_key=True).get(pk=comment.pk)
    if not may_edit(comment):
        raise TooLate
    forget(comment)
    CommentRevision.objects.create(comment=comment, source=comment.source)
    named = _write(comment, draft)
    comment.edited_at = timezone.now()
    # Whoever moderates the text before this edit must look again.
    comment.state_version = F("state_version") + 1
    comment.save()
    if mentions.remember(comment, named):
        announce_again(comment)
    touch(comment.guide_id)
    # A slip is mended within a second or two: how long the form was open says nothing here.
    verdict = judge(_submission(comment, None, draft.trapped, opinion))
    _remember(comment, verdict)
    if verdict.state not in (State.PUBLISHED, comment.state):
        move(comment, verdict.state, Decision(source="edit"))
    return Comment.objects.get(pk=comment.pk)


def may_edit(comment: Comment | OnPage, at: datetime | None = None) -> bool:
    return comment.state in EDITABLE and (at or timezone.now()) < comment.created + EDIT_WINDOW


def withdraw(comment: Comment) -> bool:
    """The author takes the comment back; False when that says nothing new."""
    try:
        move(comment, State.WITHDRAWN, Decision(source="author"))
    except IllegalMove:
        return False
    return True


@transaction.atomic
def vote(comment: Comment, reader: Reader, *, helps: bool) -> None:
    """One vote a reader and comment; saying the same twice changes nothing."""
    lock_threads([comment.guide_id])
    if helps:
        _, changed = HelpfulVote.objects.get_or_create(comment=comment, reader=reader)
    else:
        changed = bool(comment.helpful_votes.filter(reader=reader).delete()[0])
    if changed:
        by = 1 if helps else -1
        Comment.objects.filter(pk=comment.pk).update(helpful=F("helpful") + by)
        touch(comment.guide_id)


@transaction.atomic
def appeal(comment: Comment, text: str) -> bool:
    """The author asks for another look; False when that was done before, or is too late."""
    lock_threads([comment.guide_id])
    if not may_appeal(Comment.objects.select_related("appeal").get(pk=comment.pk)):
        return False
    Appeal.objects.create(comment=comment, text=text)
    return True


def may_appeal(comment: Comment) -> bool:
    return comment.state in APPEALABLE and not hasattr(comment, "appeal")


def _stored(author: Reader, draft: Draft) -> Comment | None:
    return Comment.objects.filter(idempotency_key=_key(author, draft)).first()


def _key(author: Reader, draft: Draft) -> str:
    """The form's key, made the author's own: nobody can take another's."""
    return hashlib.sha256(f"{author.pk}:{draft.key}".encode()).hexdigest()[:32]


def _store(guide: Guide, author: Reader, draft: Draft, network: str) -> Comment:
    lock_threads([guide.pk])
    comment = Comment(guide=guide, author=author, parent=draft.parent, network=network)
    comment.idempotency_key = _key(author, draft)
    named = _write(comment, draft)
    comment.enter_thread()
    mentions.remember(comment, named)
    if draft.follow:
        # Of an unconfirmed address too: nobody can answer before it is confirmed.
        _follow_replies(comment, author)
    return comment


def _follow_replies(comment: Comment, author: Reader) -> None:
    try:
        follow(author, comment.guide_id, comment, Pace.AT_ONCE)
    except TooMany:
        return  # a comment is not refused for that; the account page shows what is followed


def _write(comment: Comment, draft: Draft) -> list[Reader]:
    """Fill in what the draft says; returns whom it names."""
    named = mentions.find(draft.source, comment.author, comment.parent, comment.guide_id)
    comment.source = draft.source
    comment.html = mentions.render(draft.source, named)
    comment.role = draft.role
    comment.section = draft.section
    comment.fingerprint = fingerprint.exact(draft.source)
    comment.simhash = fingerprint.simhash(draft.source)
    return named


def _enter(comment: Comment, submission: Submission) -> Comment:
    """Out of AWAITING, to where the pipeline says."""
    verdict = judge(submission)
    _remember(comment, verdict)
    move(comment, verdict.state, Decision(source="pipeline"))
    comment.refresh_from_db()
    return comment


def _remember(comment: Comment, verdict: Verdict) -> None:
    signals = [signal.as_json() for signal in verdict.signals]
    Comment.objects.filter(pk=comment.pk).update(signals=signals)


def _second_opinion(guide: Guide, author: Reader, draft: Draft, network: str) -> Opinion | None:
    """Asked for what may be posted; a flood is refused without asking."""
    if akismet.is_on() and limits.are_reached(limits.for_posting(author, network)):
        return Opinion.SILENT  # should the limit end this very moment, the comment is held
    return akismet.ask(author, draft.source, network, guide.get_absolute_url())


def _submission(
    comment: Comment,
    form_seconds: float | None = None,
    trapped: bool = False,
    opinion: Opinion | None = None,
) -> Submission:
    return Submission(
        source=comment.source,
        author=cast(Reader, comment.author),  # only erased comments have none
        links=markup.links(comment.source),
        fingerprint=comment.fingerprint,
        simhash=comment.simhash,
        network=comment.network,
        form_seconds=form_seconds,
        trapped=trapped,
        hidden_characters=invisible_count(comment.source),
        opinion=opinion,
        comment_id=comment.pk,
    )
