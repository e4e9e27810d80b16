"""A page of a thread: the same few queries at any size of thread and table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from careers.models import Guide
from comments.models import Comment, Reader, Thread
from comments.models.threads import WIDTH, CommentQuerySet, OnPage

ROOTS = 20  # on a page
REPLIES = 10  # shown under a root; then a link to the branch's own page
LEADING_UP = 3  # comments before one that is looked for
BRANCH = 50  # comments on a page of one branch

PATH = re.compile(r"[0-9A-Z]{8}(?:[0-9A-Z]{8})*")
BY_VOTES = re.compile(r"(\d{1,9})\.([0-9A-Z]{8})")  # where a page by votes starts
NEWEST, OLDEST, HELPFUL = SORTS = ("newest", "oldest", "helpful")


@dataclass(frozen=True)
class ThreadPage:
    """Comments in reading order: roots, each followed by what is shown below it."""

    guide: Guide
    thread: Thread
    sort: str
    comments: list[OnPage]
    next_path: str = ""  # where the next page starts; empty on the last
    first: bool = True

    sorts = (
        (NEWEST, "newest first"),
        (OLDEST, "oldest first"),
        (HELPFUL, "most helpful first"),
    )

    @property
    def next_url(self) -> str:
        return page_url(self.guide, self.sort, self.next_path) if self.next_path else ""


def thread_page(
    guide: Guide, reader: Reader | AnonymousUser, sort: str = NEWEST, start: str = ""
) -> ThreadPage:
    """From the root where `start` says, or the first; with the reader’s own waiting comments."""
    sort = sort if sort in SORTS else NEWEST
    pattern = BY_VOTES if sort == HELPFUL else PATH
    start = start if pattern.fullmatch(start) else ""
    listed = guide.comments.listed()
    roots = _from(listed.roots(), sort, start)[: ROOTS + 1].on_page()
    shown, rest = roots[:ROOTS], roots[ROOTS:]
    below = listed.first_below([root.pk for root in shown], REPLIES).on_page()
    own = _own_on_page(guide, reader, shown, first=not start)
    return ThreadPage(
        guide=guide,
        thread=Thread.objects.of(guide),
        sort=sort,
        comments=_in_reading_order([*shown, *below, *own], sort),
        next_path=_start_at(rest[0], sort) if rest else "",
        first=not start,
    )


def branch_page(
    comment: Comment, reader: Reader | AnonymousUser, start: str = ""
) -> tuple[list[OnPage], str]:
    """A comment with what is below it, and the path at which the next page starts."""
    below = comment.guide.comments.listed().below(comment)
    start = start if PATH.fullmatch(start) and start.startswith(comment.path) else ""
    rows = below.from_path(start)[: BRANCH + 1].on_page()
    own = [] if start else _own_in_branch(comment, reader)
    shown = _in_reading_order([OnPage.of(comment), *rows[:BRANCH], *own], OLDEST)
    return shown, rows[BRANCH].path if len(rows) > BRANCH else ""


def place_in_thread(comment: Comment) -> str:
    """Where the comment stands among the others: on a page of the thread, or of its branch."""
    root = comment.path[:WIDTH]
    anchor = f"#c-{comment.public_id}"
    if comment.root is None:
        return page_url(comment.guide, NEWEST, root) + anchor
    before = comment.guide.comments.listed().filter(root=comment.root, path__lt=comment.path)
    above = before.order_by("-path").values_list("path", flat=True)[:REPLIES]
    if len(above) < REPLIES:
        return page_url(comment.guide, NEWEST, root) + anchor
    # A few of those before it lead up to it.
    query = urlencode({"from": above[LEADING_UP - 1]})
    return f"{comment.root.get_absolute_url()}?{query}{anchor}"


def page_url(guide: Guide, sort: str, start: str = "") -> str:
    query = {"sort": sort} if sort != NEWEST else {}
    query |= {"from": start} if start else {}
    url = reverse("comments:thread", args=[guide.slug])
    return f"{url}?{urlencode(query)}" if query else url


def _from(roots: CommentQuerySet, sort: str, start: str) -> CommentQuerySet:
    if sort != HELPFUL:
        return roots.from_path(start, newest_first=sort == NEWEST)
    if found := BY_VOTES.fullmatch(start):
        return roots.most_helpful_first(int(found[1]), found[2])
    return roots.most_helpful_first()


def _start_at(root: OnPage, sort: str) -> str:
    return f"{root.helpful}.{root.path}" if sort == HELPFUL else root.path


def _own_on_page(
    guide: Guide, reader: Reader | AnonymousUser, roots: list[OnPage], *, first: bool
) -> list[OnPage]:
    """The reader's waiting comments under these roots; their waiting roots on the first page."""
    if not isinstance(reader, Reader):
        return []
    shown = {root.pk for root in roots}
    own = guide.comments.own_eyes_only(reader).oldest_first()[:ROOTS].on_page()
    return [row for row in own if (row.root_id in shown if row.root_id else first)]


def _own_in_branch(comment: Comment, reader: Reader | AnonymousUser) -> list[OnPage]:
    if not isinstance(reader, Reader):
        return []
    own = comment.guide.comments.own_eyes_only(reader).below(comment)
    return own.oldest_first()[:ROOTS].on_page()


def _in_reading_order(comments: list[OnPage], sort: str) -> list[OnPage]:
    """Branches in the page's order, each branch by path; a row of the reader's own only once."""
    once = {comment.pk: comment for comment in comments}.values()
    by_path = sorted(once, key=lambda comment: comment.path)
    if sort == OLDEST:
        return by_path
    votes = {root.path: root.helpful for root in by_path if sort == HELPFUL and root.depth == 0}

    def branch(comment: OnPage) -> tuple[int, str]:
        root = comment.path[:WIDTH]
        return votes.get(root, 0), root

    return sorted(by_path, key=branch, reverse=True)
