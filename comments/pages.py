"""A page of a thread: the same few queries at any size of thread and table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from careers.models import Guide
from comments.models import Comment, Reader, Thread

ROOTS = 20  # on a page
REPLIES = 10  # shown under a root; then a link to the branch's own page
BRANCH = 50  # comments on a page of one branch

PATH = re.compile(r"[0-9A-Z]{8}(?:[0-9A-Z]{8})*")
NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True)
class ThreadPage:
    """Comments in reading order: roots, each followed by what is shown below it."""

    guide: Guide
    thread: Thread
    sort: str
    comments: list[Comment]
    next_path: str = ""  # where the next page starts; empty on the last
    first: bool = True

    @property
    def next_url(self) -> str:
        return page_url(self.guide, self.sort, self.next_path) if self.next_path else ""


def thread_page(
    guide: Guide, reader: Reader | AnonymousUser, sort: str = NEWEST, start: str = ""
) -> ThreadPage:
    """From the root at path `start`, or from the first; with the reader's own waiting comments."""
    newest_first = sort != OLDEST
    start = start if PATH.fullmatch(start) else ""
    listed = guide.comments.listed().for_page()
    roots = list(listed.roots().from_path(start, newest_first=newest_first)[: ROOTS + 1])
    shown, rest = roots[:ROOTS], roots[ROOTS:]
    below = listed.first_below([root.pk for root in shown], REPLIES)
    own = _own_on_page(guide, reader, shown, first=not start)
    return ThreadPage(
        guide=guide,
        thread=Thread.objects.of(guide),
        sort=NEWEST if newest_first else OLDEST,
        comments=_in_reading_order([*shown, *below, *own], newest_first=newest_first),
        next_path=rest[0].path if rest else "",
        first=not start,
    )


def branch_page(
    comment: Comment, reader: Reader | AnonymousUser, start: str = ""
) -> tuple[list[Comment], str]:
    """A comment with what is below it, and the path at which the next page starts."""
    below = comment.guide.comments.listed().for_page().below(comment)
    start = start if PATH.fullmatch(start) and start.startswith(comment.path) else ""
    rows = list(below.from_path(start)[: BRANCH + 1])
    own = [] if start else _own_in_branch(comment, reader)
    shown = _in_reading_order([comment, *rows[:BRANCH], *own], newest_first=False)
    return shown, rows[BRANCH].path if len(rows) > BRANCH else ""


def page_url(guide: Guide, sort: str, start: str = "") -> str:
    query = {"sort": sort} if sort != NEWEST else {}
    query |= {"from": start} if start else {}
    url = reverse("comments:thread", args=[guide.slug])
    return f"{url}?{urlencode(query)}" if query else url


def _own_on_page(
    guide: Guide, reader: Reader | AnonymousUser, roots: list[Comment], *, first: bool
) -> list[Comment]:
    """The reader's waiting comments under these roots; their waiting roots on the first page."""
    if not isinstance(reader, Reader):
        return []
    shown = {root.pk for root in roots}
    own = guide.comments.own_eyes_only(reader).for_page().oldest_first()[:ROOTS]
    return [row for row in own if (row.root_id in shown if row.root_id else first)]


def _own_in_branch(comment: Comment, reader: Reader | AnonymousUser) -> list[Comment]:
    if not isinstance(reader, Reader):
        return []
    own = comment.guide.comments.own_eyes_only(reader).for_page().below(comment)
    return list(own.oldest_first()[:ROOTS])


def _in_reading_order(comments: list[Comment], *, newest_first: bool) -> list[Comment]:
    """Branches in the page's order, each branch by path; a row of the reader's own only once."""
    once = {comment.pk: comment for comment in comments}.values()
    by_path = sorted(once, key=lambda comment: comment.path)
    if not newest_first:
        return by_path
    return sorted(by_path, key=lambda comment: comment.path[:8], reverse=True)
