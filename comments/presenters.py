"""Rows for templates: pure functions from comments to what a page says about them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from careers.jsonld import script_safe
from careers.models import Guide
from comments.avatars import avatar
from comments.models import Comment, GuideSection, ModerationAction, Reader, Role, State
from comments.models.threads import WIDTH, OnPage
from comments.posting import EDIT_WINDOW, may_appeal, may_edit
from comments.times import ago, day_of

TAG = re.compile(r"<[^>]*>")
INDENTED = 4  # levels that are indented; deeper replies join the last and say whom they answer

WHY_ONLY_YOU = {
    State.HELD: "Only you can see this. A moderator reads it soon, most within a day.",
    State.HIDDEN: "Only you can see this. Readers reported it; a moderator looks at it soon.",
    State.SPAM: "Only you can see this. It was taken for spam; a moderator can still publish it.",
    State.AWAITING: "Enter the code from your e-mail to send it. It is erased after 48 hours.",
}
TOMBSTONES = {
    State.REMOVED: "A moderator removed this comment.",
    State.SPAM: "A moderator removed this comment: advertising.",
    State.WITHDRAWN: "The author took this comment back.",
    State.ERASED: "The author’s account was erased.",
    State.HIDDEN: "This comment is hidden while a moderator looks at reports about it.",
    State.HELD: "This comment waits for a moderator after an edit.",
}


class Link(NamedTuple):
    words: str
    url: str
    hidden_words: str = ""  # for those who hear links without what is around them
    in_place: bool = False  # htmx may open it below the comment


@dataclass(slots=True)
class Row:
    """One comment in a flat list; `opens` and `closes` make the nested lists of it."""

    id: str
    level: int
    url: str
    name: str = ""
    profile: str = ""
    avatar: SafeString = field(default_factory=SafeString)
    role: str = ""
    section: str = ""
    ago: str = ""
    iso: str = ""
    exact: str = ""
    edited: str = ""
    html: SafeString = field(default_factory=SafeString)
    label: str = ""  # "Held for review": only its author sees this row
    why: str = ""
    tombstone: str = ""
    answers: Link | None = None
    actions: list[Link] = field(default_factory=list)
    helpful: int = 0
    may_vote: bool = False
    voted: bool = False
    target: bool = False
    new: bool = False  # written since the reader was here last
    opens: bool = False  # a list of replies starts below
    fold: str = ""  # the words on which that list folds: "3 replies"
    closes: range = range(0)  # so many lists of replies end here
    more: Link | None = None  # replies that the page does not show


class Viewer(NamedTuple):
    """Who looks, asked once a page: a request's user is lazy, and rights take time."""

    pk: int | None = None
    may_moderate: bool = False

    @classmethod
    def of(cls, reader: Reader | AnonymousUser) -> Viewer:
        if not isinstance(reader, Reader):
            return cls()
        return cls(reader.pk, reader.may_moderate)


def rows(
    comments: Sequence[OnPage],
    reader: Reader | AnonymousUser,
    *,
    top: int = 0,
    target: str = "",
    link_to_rest: bool = True,
    voted: Set[int] = frozenset(),
    since: datetime | None = None,
    at: datetime | None = None,
) -> list[Row]:
    """Comments in reading order as rows.

    `top` is the depth that stands at the margin; what others published after `since` is new.
    """
    now, viewer = at or timezone.now(), Viewer.of(reader)
    made = [_row(comment, viewer, top, now) for comment in comments]
    for comment, one in zip(comments, made, strict=True):
        one.target = one.id == target
        one.voted = comment.pk in voted
        one.new = _is_new(comment, viewer, since)
    _say_whom_they_answer(comments, made, top)
    _nest(made)
    if link_to_rest:
        _link_to_rest(comments, made)
    return made


def row(comment: OnPage, reader: Reader | AnonymousUser) -> Row:
    return _row(comment, Viewer.of(reader), top=0, now=timezone.now())


def _row(comment: OnPage, viewer: Viewer, top: int, now: datetime) -> Row:
    made = Row(
        id=comment.public_id,
        level=min(comment.depth - top, INDENTED),
        url=_url("comment", comment),
        fold=f"{comment.reply_count} repl{'y' if comment.reply_count == 1 else 'ies'}",
    )
    own = viewer.pk is not None and comment.author_id == viewer.pk
    if not comment.is_published and not own:
        made.tombstone = TOMBSTONES.get(State(comment.state), TOMBSTONES[State.REMOVED])
        return made
    _fill(made, comment, own=own, now=now)
    made.actions = _actions(comment, viewer, own=own, now=now)
    made.may_vote = viewer.pk is not None and comment.is_published and not own
    return made


def _fill(made: Row, comment: OnPage, *, own: bool, now: datetime) -> None:
    made.name = "You" if own else comment.name
    made.profile = _profile_url(comment.author_public_id)
    made.avatar = avatar(
        comment.author_public_id or comment.public_id, comment.author_picture or ""
    )
    made.role = Role(comment.role).label if comment.role else ""
    made.section = GuideSection(comment.section).label if comment.section else ""
    made.ago = ago(comment.created, now)
    made.iso = comment.created.isoformat(timespec="seconds")
    made.exact = exact(comment.created)
    made.edited = exact(comment.edited_at) if comment.edited_at else ""
    made.html = mark_safe(comment.html)  # cleaned by markup.py when written
    made.helpful = comment.helpful
    if not comment.is_published:
        made.label = str(State(comment.state).label)
        made.why = WHY_ONLY_YOU.get(State(comment.state), "")


def _is_new(comment: OnPage, viewer: Viewer, since: datetime | None) -> bool:
    by_others = comment.is_published and comment.author_id != viewer.pk
    return since is not None and by_others and comment.created > since


def exact(moment: datetime) -> str:
    return f"{day_of(moment)}, {moment.hour:02}:{moment.minute:02} UTC"


def _actions(comment: OnPage, viewer: Viewer, *, own: bool, now: datetime) -> list[Link]:
    name = comment.name
    made = []
    if own and may_edit(comment, now):
        minutes = max(1, (comment.created + EDIT_WINDOW - now).seconds // 60)
        made.append(Link(f"Edit ({minutes} min left)", _url("edit", comment), in_place=True))
    if own and comment.state in (State.PUBLISHED, State.HELD, State.HIDDEN):
        made.append(Link("Take back", _url("withdraw", comment)))
    if comment.is_published:
        words = "Reply" if comment.depth < INDENTED - 1 else "Reply in this thread"
        made.insert(0, Link(words, _url("reply", comment), f" to {name}", in_place=True))
        made.append(Link("Link", _url("comment", comment), f" to this comment by {name}"))
        if viewer.pk is None:
            words = f"Helpful {comment.helpful}" if comment.helpful else "Helpful"
            made.append(Link(words, _url("helpful", comment), f", this comment by {name}"))
        if own:
            made.append(Link("Mail me replies", _url("follow", comment)))
        else:
            made.append(Link("Report", _url("report", comment), f" this comment by {name}"))
    if viewer.may_moderate:
        url = reverse("admin:comments_comment_change", args=[comment.pk])
        made.append(Link("Moderate", url, f" this comment by {name}"))
    return made


def _say_whom_they_answer(comments: Sequence[OnPage], made: list[Row], top: int) -> None:
    """Where the indent does not show it. What a reply answers stands above it on any page."""
    by_id = {comment.pk: comment for comment in comments}
    for comment, one in zip(comments, made, strict=True):
        parent = by_id.get(comment.parent_id or 0)
        if parent and comment.depth - top > INDENTED:
            one.answers = Link(parent.name, _url("comment", parent))


def _nest(made: list[Row]) -> None:
    """Where lists of replies open and close, from each row's level and the next one's."""
    level = -1
    for one in made:
        # A reader's own waiting reply may stand below one that the page does not show.
        one.level = level = min(one.level, level + 1)
    for one, following in zip(made, [*made[1:], None], strict=False):
        level = following.level if following else 0
        one.opens = level > one.level
        one.closes = range(max(0, one.level - level))


def _link_to_rest(comments: Sequence[OnPage], made: list[Row]) -> None:
    """After a branch that is not shown whole, a link to all of it."""
    shown: dict[str, int] = {}
    for comment in comments:
        branch = comment.path[:WIDTH]
        shown[branch] = shown.get(branch, 0) + (comment.depth > 0 and comment.is_published)
    roots = {comment.path: comment for comment in comments if comment.depth == 0}
    last = {comment.path[:WIDTH]: one for comment, one in zip(comments, made, strict=True)}
    for path, root in roots.items():
        if root.reply_count > shown[path]:
            last[path].more = Link(f"All {root.reply_count} replies", _url("comment", root))


def _url(view: str, comment: OnPage) -> str:
    """The comment's address, or of what can be done to it below that."""
    url = f"{_thread_url(comment.guide_slug)}{comment.public_id}/"
    return url if view == "comment" else f"{url}{view}/"


def _profile_url(public_id: str | None) -> str:
    """Written out: reversing hundreds takes time. mentions.profile_url() is the same."""
    return f"/readers/{public_id}/" if public_id else ""


@lru_cache(maxsize=512)
def _thread_url(slug: str) -> str:
    """Reversed once a guide: a page holds hundreds of addresses below it."""
    return reverse("comments:thread", args=[slug])


@dataclass(frozen=True)
class News:
    """What is new on a page since the reader's last visit."""

    count: int
    url: str  # of the first that is new
    last_visit: str  # "3 days ago"
    iso: str
    exact: str

    @classmethod
    def of(cls, made: Sequence[Row], since: datetime | None) -> News | None:
        """None on a first visit, and when nothing is new."""
        new = [one.id for one in made if one.new]
        if since is None or not new:
            return None
        return cls(
            len(new),
            f"#c-{new[0]}",
            ago(since, timezone.now()),
            since.isoformat(timespec="seconds"),
            exact(since),
        )


def comment_count(number: int) -> str:
    """The words of a heading: "1 comment"; just "Comments" while there are none."""
    return f"{number:,} comment{'' if number == 1 else 's'}" if number else "Comments"


@dataclass(frozen=True)
class OwnComment:
    guide: str
    url: str
    words: str
    state: str
    why: str
    ago: str
    exact: str
    iso: str
    appeal: str  # what became of it, or where it can be made
    appeal_url: str


def own_comments(reader: Reader, at: datetime | None = None) -> list[OwnComment]:
    """A reader's newest hundred comments, each with its true state and the reason for it."""
    comments = reader.comments.select_related("guide", "appeal", "author").order_by("-created")[
        :100
    ]
    reasons = _latest_reasons([comment.pk for comment in comments])
    return [_own_comment(comment, reasons, at or timezone.now()) for comment in comments]


def _own_comment(comment: Comment, reasons: dict[int, str], now: datetime) -> OwnComment:
    place = OnPage.of(comment)
    return OwnComment(
        guide=comment.guide.title,
        url=_url("comment", place),
        words=comment.source[:200],
        state=comment.get_state_display(),
        why=reasons.get(comment.pk, "") or WHY_ONLY_YOU.get(State(comment.state), ""),
        ago=ago(comment.created, now),
        exact=exact(comment.created),
        iso=comment.created.isoformat(timespec="seconds"),
        appeal=_said_about_appeal(comment),
        appeal_url=_url("appeal", place) if may_appeal(comment) else "",
    )


def _said_about_appeal(comment: Comment) -> str:
    if not hasattr(comment, "appeal"):
        return ""
    if comment.appeal.answered_at is None:
        return "You asked for another look; a moderator has not answered yet."
    return "A moderator looked again, as you asked."


def _latest_reasons(comment_ids: list[int]) -> dict[int, str]:
    """What moderators said about them, publicly; the last word wins."""
    actions = ModerationAction.objects.filter(comment__in=comment_ids).by_people()
    return {
        action.comment_id: " ".join(filter(None, [_sentence(action), action.public_note]))
        for action in actions
        if action.reason or action.public_note
    }


def _sentence(action: ModerationAction) -> str:
    return f"{action.get_reason_display()}." if action.reason else ""


@dataclass(frozen=True)
class ProfileEntry:
    guide: str
    guide_url: str
    url: str
    html: SafeString
    ago: str
    exact: str
    iso: str


def profile_entry(comment: Comment, now: datetime) -> ProfileEntry:
    return ProfileEntry(
        guide=comment.guide.title,
        guide_url=comment.guide.get_absolute_url(),
        url=comment.get_absolute_url(),
        html=mark_safe(comment.html),  # cleaned by markup.py when written
        ago=ago(comment.created, now),
        exact=exact(comment.created),
        iso=comment.created.isoformat(timespec="seconds"),
    )


def as_json(comments: Sequence[OnPage]) -> list[dict[str, Any]]:
    """Comments in reading order for the JSON twin."""
    ids = {comment.pk: comment.public_id for comment in comments}
    return [_as_json(comment, ids.get(comment.parent_id or 0)) for comment in comments]


def _as_json(comment: OnPage, parent: str | None) -> dict[str, Any]:
    """Of a tombstone only its place and what it says."""
    made: dict[str, Any] = {
        "id": comment.public_id,
        "parent": parent,
        "depth": comment.depth,
        "replies": comment.reply_count,
        "helpful": comment.helpful,
        "url": _url("comment", comment),
    }
    if not comment.is_published:
        return made | {"tombstone": TOMBSTONES[State(comment.state)]}
    return made | {
        "author": comment.name,
        "role": comment.role,
        "section": comment.section,
        "created": comment.created.isoformat(timespec="seconds"),
        "edited": comment.edited_at.isoformat(timespec="seconds") if comment.edited_at else None,
        "html": comment.html,
    }


LONGEST_FOR_MACHINES = 300  # characters of a comment in JSON-LD; its address leads to the rest


def as_json_ld(comments: Sequence[OnPage], guide: Guide, published: int, root: str) -> SafeString:
    """The published comments of a page as schema.org has them, replies inside what they answer.

    `root` is the site's address without a path. Comments hang on the guide's own article.
    """
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": root + guide.get_absolute_url(),
        "url": root + guide.get_absolute_url(),
        "headline": guide.title,
        "commentCount": published,
        "comment": [],
    }
    above: list[tuple[str, dict[str, Any]]] = [("", made)]
    for comment in sorted(comments, key=lambda comment: comment.path):
        if not comment.is_published:
            continue
        while not comment.path.startswith(above[-1][0]):
            above.pop()
        one = _as_json_ld(comment, root)
        above[-1][1].setdefault("comment", []).append(one)
        above.append((comment.path, one))
    return script_safe(made)


def _as_json_ld(comment: OnPage, root: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": "Comment",
        "url": root + _url("comment", comment),
        "author": {"@type": "Person", "name": comment.name},
        "dateCreated": comment.created.isoformat(timespec="seconds"),
        "upvoteCount": comment.helpful,
        "text": _shortened(words_of(comment.html)),
    }
    if comment.edited_at:
        made["dateModified"] = comment.edited_at.isoformat(timespec="seconds")
    return made


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_FOR_MACHINES:
        return words
    return words[:LONGEST_FOR_MACHINES].rsplit(" ", 1)[0] + " …"


def words_of(html: str) -> str:
    """The words of cleaned HTML, in which every sign of the text itself is escaped."""
    return " ".join(unescape(TAG.sub(" ", html)).split())
