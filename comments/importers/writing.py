"""The one writer of imported comments: each enters its thread and is moved to where it stood."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import Max

from careers.models import FormerSlug, Guide
from comments import markup
from comments.importers.talk import Incoming, Page, Talk
from comments.models import Comment, State, Thread
from comments.moderation import IMPORT, Decision, lock_threads, move, set_closed
from comments.spam import fingerprint
from comments.text import INVISIBLE, OVERRIDES

LONGEST_NAME = 80
# The legal moves to a state that no single move reaches.
WAY_TO = {
    State.REMOVED: (State.HELD, State.REMOVED),
    State.HIDDEN: (State.PUBLISHED, State.HIDDEN),
}


@dataclass
class Written:
    """What an import did; `unmapped` are pages without a guide, and how many comments they had."""

    by_state: Counter[str] = field(default_factory=Counter)
    guides: set[int] = field(default_factory=set)
    here_already: int = 0
    unmapped: Counter[Page] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.by_state.total()


@transaction.atomic
def write(talk: Talk) -> Written:
    """Store what is new, all or nothing; what an earlier import brought is left as it is."""
    guides = _guides_of(talk.pages)
    stored = _stored(talk.comments)
    written = Written()
    lock_threads(set(guides.values()))
    last = dict(Thread.objects.values_list("guide", "last_published"))
    for one in talk.parents_first():
        if one.page not in guides:
            written.unmapped[talk.pages.get(one.page, Page(url=one.page))] += 1
        elif one.origin in stored:
            written.here_already += 1
        else:
            guide_id = guides[one.page]
            stored[one.origin] = _store(one, guide_id, _above(one, guide_id, stored))
            written.by_state[one.state] += 1
            written.guides.add(guide_id)
    for guide_id in written.guides:
        _date(guide_id, last.get(guide_id))
    for page, (closed, by_age) in talk.closed.items():
        if page in guides and not Thread.objects.get(guide=guides[page]).is_closed:
            set_closed(guides[page], closed, by_age=by_age)
    return written


def _store(one: Incoming, guide_id: int, parent: Comment | None) -> Comment:
    comment = Comment(
        guide_id=guide_id,
        parent=parent,
        byline=_clean_name(one.name),
        source=one.text,
        html=markup.render(one.text),
        role=one.role,
        section=one.section,
        created=one.created,
        edited_at=one.edited,
        idempotency_key=_key(one.origin),
        fingerprint=fingerprint.exact(one.text),
        simhash=fingerprint.simhash(one.text),
    )
    if one.public_id:
        comment.public_id = one.public_id
    comment.enter_thread()
    for state in WAY_TO.get(one.state, (one.state,)):
        move(comment, state, Decision(source=IMPORT))
    return comment


def _above(one: Incoming, guide_id: int, stored: dict[str, Comment]) -> Comment | None:
    """What it answers, where that is here and in the same thread."""
    parent = stored.get(one.parent)
    return parent if parent and parent.guide_id == guide_id else None


def _stored(comments: Iterable[Incoming]) -> dict[str, Comment]:
    """What of them is here already, by origin."""
    by_key = {_key(one.origin): one.origin for one in comments}
    by_id = {one.public_id: one.origin for one in comments if one.public_id}
    found = {}
    for column, origins in (("idempotency_key", by_key), ("public_id", by_id)):
        names = list(origins)
        for start in range(0, len(names), 500):
            some = Comment.objects.filter(**{f"{column}__in": names[start : start + 500]})
            for comment in some.only("guide_id", "root_id", "path", "depth", column):
                found[origins[getattr(comment, column)]] = comment
    return found


def _date(guide_id: int, last: datetime | None) -> None:
    """A thread's newest comment is as old as it is, not as its import."""
    published = Comment.objects.published().filter(guide=guide_id)
    newest = published.aggregate(newest=Max("created"))["newest"]
    moments = [moment for moment in (last, newest) if moment]
    Thread.objects.filter(guide=guide_id).update(last_published=max(moments, default=None))


def _guides_of(pages: dict[str, Page]) -> dict[str, int]:
    """Which guide a page is about: by slug, by the end of its address, by title."""
    slugs = dict(FormerSlug.objects.values_list("slug", "guide"))
    slugs |= dict(Guide.objects.values_list("slug", "pk"))
    titles = {title.casefold(): pk for title, pk in Guide.objects.values_list("title", "pk")}
    found = {}
    for key, page in pages.items():
        guide_id = (
            slugs.get(page.slug)
            or next((slugs[part] for part in _parts(page.url) if part in slugs), None)
            or next((slugs[part] for part in _parts(page.slug) if part in slugs), None)
            or titles.get(" ".join(page.title.split()).casefold())
        )
        if guide_id:
            found[key] = guide_id
    return found


def _parts(url: str) -> list[str]:
    """Of the path, last first: /careers/registered-nurses.htm → registered-nurses, careers."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    return [part.partition(".")[0].lower() for part in reversed(path.split("/")) if part]


def _clean_name(name: str) -> str:
    name = INVISIBLE.sub("", OVERRIDES.sub("", name))
    return " ".join(name.split())[:LONGEST_NAME].strip()


def _key(origin: str) -> str:
    return hashlib.sha256(f"import:{origin}".encode()).hexdigest()[:32]
