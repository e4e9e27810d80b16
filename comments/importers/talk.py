"""What every reader of a foreign file gives: pages, and the comments under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from comments.models import State


@dataclass(frozen=True)
class Page:
    """What comments stand under in the file; a guide is found for it by slug, address or title."""

    slug: str = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Incoming:
    """One comment. `origin` names it for good: a second import finds it by that."""

    origin: str
    page: str  # key of its page
    parent: str  # origin of what it answers, or empty
    name: str  # no account, no e-mail address comes with it
    text: str  # in our markup
    state: State
    created: datetime
    edited: datetime | None = None
    role: str = ""
    section: str = ""
    public_id: str = ""


@dataclass
class Talk:
    pages: dict[str, Page] = field(default_factory=dict)
    comments: list[Incoming] = field(default_factory=list)
    closed: dict[str, tuple[datetime, bool]] = field(default_factory=dict)  # page → when, by age
    skipped: Counter[str] = field(default_factory=Counter)  # kind → how many

    def oldest_first(self) -> None:
        """For files that keep no order of their own."""
        self.comments.sort(key=lambda one: (one.created, len(one.origin), one.origin))

    def parents_first(self) -> Iterator[Incoming]:
        """In order, but nothing before what it answers; a loop of answers is cut."""
        by_origin = {one.origin: one for one in self.comments}
        done: set[str] = set()
        for one in self.comments:
            waiting: list[Incoming] = []
            above: Incoming | None = one
            while above and above.origin not in done:
                done.add(above.origin)
                waiting.append(above)
                above = by_origin.get(above.parent)
            yield from reversed(waiting)
