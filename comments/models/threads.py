"""A guide's thread and the comments in it.

A thread is a tree stored as paths: eight digits or capitals a level, taken from the comment's
own number in base 36. Sorting by path is reading order, no insert ever touches another row,
and a page of any size is a range of one index. PostgreSQL sorts it by bytes (migration 0002).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from careers.models import Guide
from comments.models.readers import Reader, new_public_id

WIDTH = 8  # characters a level: 36^8 comments
MAX_DEPTH = 200  # deeper replies join the level above, so that a path fits an index
AFTER_EVERY_PATH = "["  # the first character after Z


def step(number: int) -> str:
    """A comment's number as one level of a path: 35 → 0000000Z."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits.rjust(WIDTH, "0")


def numbers_above(path: str) -> list[int]:
    """The comments above a path, root first: they are written in it."""
    steps = range(0, len(path) - WIDTH, WIDTH)
    return [int(path[start : start + WIDTH], 36) for start in steps]


class State(models.TextChoices):
    """Where a comment stands; which moves are legal says comments/moderation.py."""

    AWAITING = "awaiting", "Not confirmed yet"
    HELD = "held", "Held for review"
    PUBLISHED = "published", "Published"
    HIDDEN = "hidden", "Hidden after reports"
    SPAM = "spam", "Spam"
    REMOVED = "removed", "Removed by a moderator"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"
    ERASED = "erased", "Erased"


# What an author may see of their own beside what everybody sees.
OWN_EYES_ONLY = (State.HELD, State.HIDDEN, State.SPAM)


class Role(models.TextChoices):
    """How the author knows the work; shown beside the name."""

    READER = "", "Just reading"
    STUDENT = "student", "Student"
    WORKER = "worker", "Works in this field"
    TEACHER = "teacher", "Teacher or counselor"
    EMPLOYER = "employer", "Employer"


class GuideSection(models.TextChoices):
    """The part of the guide that a comment is about; the guide page's own anchors."""

    WHOLE = "", "The whole guide"
    WHAT = "what", "What they do"
    WHERE = "where", "Where they work"
    BECOME = "become", "How to become one"
    PAY = "pay", "Pay"
    OUTLOOK = "outlook", "Job outlook"


class ThreadQuerySet(models.QuerySet["Thread"]):
    def of(self, guide: Guide) -> Thread:
        """The guide's thread; an unsaved one while nobody has written."""
        return self.filter(guide=guide).first() or Thread(guide=guide)

    def quiet_since(self, moment: datetime) -> Self:
        """Open threads in which nothing was published, and that nobody opened, since then."""
        unopened = Q(opened_at=None) | Q(opened_at__lt=moment)
        return self.filter(unopened, closed_at=None, last_published__lt=moment)

    def no_longer_slow(self) -> Self:
        return self.filter(slow_seconds__gt=0, slow_until__lte=timezone.now())


class Thread(models.Model):
    """One guide's talk: whether it is open, and counters kept by moderation.move().

    Its row is the lock of the thread: whoever writes into a thread takes it first.
    """

    guide = models.OneToOneField(
        Guide, on_delete=models.CASCADE, primary_key=True, related_name="thread"
    )
    published = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)  # held, or hidden after reports
    version = models.PositiveBigIntegerField(default=0)  # moves with everything a page can show
    last_published = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_age = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)  # again, by a moderator: age anew
    # While heated: each reader writes once in so many seconds, until then.
    slow_seconds = models.PositiveIntegerField(default=0)
    slow_until = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slow_seconds=0) | Q(slow_until__isnull=False),
                name="thread_slow_for_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Thread of {self.guide_id}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_slow(self) -> bool:
        until = self.slow_until
        return bool(self.slow_seconds) and until is not None and until > timezone.now()

    @property
    def slow_minutes(self) -> int:
        """Between two comments of one reader, rounded up."""
        return -(-self.slow_seconds // 60)


def shown_name(author: str | None, byline: str) -> str:
    """Who wrote a comment. Nobody can pass for a reader by being imported."""
    if author is not None:
        return author or "Reader"
    return f"{byline} (former reader)" if byline else "A former reader"


@dataclass(slots=True)
class OnPage:
    """A comment as a page of many shows it: light, since a page holds hundreds.

    Making a model of each takes longer than all the queries of the page.
    """

    pk: int
    public_id: str
    guide_slug: str
    parent_id: int | None
    root_id: int | None
    path: str
    depth: int
    html: str
    section: str
    role: str
    state: str
    reply_count: int
    helpful: int
    created: datetime
    edited_at: datetime | None
    author_id: int | None
    author_public_id: str | None
    author_name: str | None
    author_picture: str | None
    byline: str

    @classmethod
    def of(cls, comment: Comment) -> OnPage:
        author = comment.author
        return cls(
            **{name: getattr(comment, name) for name in OWN_COLUMNS},
            guide_slug=comment.guide.slug,
            author_public_id=author.public_id if author else None,
            author_name=author.display_name if author else None,
            author_picture=author.shown_picture if author else None,
        )

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def name(self) -> str:
        return shown_name(self.author_name, self.byline)


# Where a query finds each field of OnPage that is not a column of the comment itself.
ELSEWHERE = {
    "guide_slug": "guide__slug",
    "author_public_id": "author__public_id",
    "author_name": "author__display_name",
    "author_picture": "author__shown_picture",
}
OWN_COLUMNS = [field.name for field in fields(OnPage) if field.name not in ELSEWHERE]


class CommentQuerySet(models.QuerySet["Comment"]):
    def listed(self) -> Self:
        """What everybody sees: published comments, and tombstones that hold up replies."""
        return self.filter(listed=True)

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def roots(self) -> Self:
        return self.filter(depth=0)

    def below(self, comment: Comment) -> Self:
        """Everything under a comment, at any depth."""
        return self.filter(
            root=comment.root_id or comment.pk,
            path__gt=comment.path,
            path__lt=comment.path + AFTER_EVERY_PATH,
        )

    def oldest_first(self) -> Self:
        return self.order_by("path")

    def newest_first(self) -> Self:
        return self.order_by("-path")

    def from_path(self, path: str, *, newest_first: bool = False) -> Self:
        """In order, starting with this path, or with the first one."""
        ordered = self.newest_first() if newest_first else self.oldest_first()
        if not path:
            return ordered
        return ordered.filter(path__lte=path) if newest_first else ordered.filter(path__gte=path)

    def most_helpful_first(self, most: int | None = None, path: str = "") -> Self:
        """In order, starting with the one of that path, which has so many votes."""
        ordered = self.order_by("-helpful", "-path")
        if most is None:
            return ordered
        return ordered.filter(helpful__lte=most).exclude(helpful=most, path__gt=path)

    def first_below(self, roots: list[int], most: int) -> Self:
        """The first listed comments under each root, at most `most` each, in one query.

        One limited range of the index a root: a root with 5,000 replies costs what one with
        ten does. The ORM cannot say this for SQLite, so the numbers come from SQL.
        """
        branch = (
            "SELECT * FROM (SELECT id FROM comments_comment"
            " WHERE root_id = %s AND listed ORDER BY path LIMIT %s) AS branch"
        )
        if not roots:
            return self.none()
        parameters = [part for root in roots for part in (root, most)]
        below = RawSQL(" UNION ALL ".join([branch] * len(roots)), parameters)  # noqa: S611
        return self.filter(pk__in=below)

    def on_page(self) -> list[OnPage]:
        """In one query, with what a page of comments needs of each and no more."""
        columns = (ELSEWHERE.get(field.name, field.name) for field in fields(OnPage))
        return [OnPage(*values) for values in self.values_list(*columns)]

    def own_eyes_only(self, reader: Reader) -> Self:
        """Comments that only their author sees in the thread, labelled."""
        return self.filter(author=reader, state__in=OWN_EYES_ONLY, listed=False)

    def waiting(self) -> Self:
        """What a moderator has to look at."""
        reported = Q(state=State.PUBLISHED, open_reports__gt=0)
        appealed = Q(appeal__isnull=False, appeal__answered_at=None)
        return self.filter(Q(state__in=(State.HELD, State.HIDDEN)) | reported | appealed)

    def since(self, moment: datetime) -> Self:
        return self.filter(created__gte=moment)


class Comment(models.Model):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Reader, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="replies"
    )
    # The comment that opened this branch; NULL on that comment itself.
    root = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="branch"
    )
    path = models.CharField(max_length=WIDTH * (MAX_DEPTH + 1), blank=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    byline = models.CharField(max_length=80, blank=True)  # of an imported one, without account
    source = models.TextField()  # as written, after text.tidy()
    html = models.TextField(editable=False)  # rendered and cleaned when written
    section = models.CharField(max_length=10, choices=GuideSection, blank=True)
    role = models.CharField(max_length=10, choices=Role, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.AWAITING)
    state_version = models.PositiveIntegerField(default=0, editable=False)
    # Published comments below this one, at any depth: a tombstone stays while there are some.
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    open_reports = models.PositiveIntegerField(default=0, editable=False)
    helpful = models.PositiveIntegerField(default=0, editable=False)  # how many readers said so
    listed = models.GeneratedField(
        expression=ExpressionWrapper(
            Q(state="published") | Q(reply_count__gt=0), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    created = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.CharField(max_length=32, unique=True)
    # [{"name", "words", "points"}]: why the filter decided as it did.
    signals = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the normalised text
    simhash = models.BigIntegerField(null=True, blank=True)  # near texts differ in few bits
    network = models.CharField(max_length=50, blank=True)  # /24 or /48, for 30 days

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=~Q(path=""), name="comment_path_unique"
            ),
            # Empty only between insert and update within one transaction.
            models.CheckConstraint(
                condition=Q(path="") | Q(path__regex=r"^([0-9A-Z]{8})+$"), name="comment_path_form"
            ),
            models.CheckConstraint(
                condition=Q(path="") | Q(depth=Length("path") / WIDTH - 1),
                name="comment_depth_of_path",
            ),
            models.CheckConstraint(
                condition=Q(depth=0, root=None) | Q(depth__gt=0, root__isnull=False),
                name="comment_root_when_deep",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="comment_not_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(source="", html="", author=None, byline=""),
                name="comment_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["guide", "depth", "listed", "path"], name="comment_roots"),
            models.Index(
                fields=["guide", "depth", "listed", "helpful", "path"], name="comment_helpful_roots"
            ),
            models.Index(fields=["root", "listed", "path"], name="comment_branch"),
            models.Index(fields=["author", "created"], name="comment_by_author"),
            models.Index(fields=["state", "created"], name="comment_queue"),
            models.Index(fields=["created"], name="comment_recent"),
            models.Index(fields=["fingerprint", "created"], name="comment_same_text"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("comments:comment", args=[self.guide.slug, self.public_id])

    def enter_thread(self) -> None:
        """Insert below the parent; at the deepest level, beside it. The thread is locked."""
        if self.parent:
            self.root_id = self.parent.root_id or self.parent.pk
            self.depth = min(self.parent.depth + 1, MAX_DEPTH)
        self.save(force_insert=True)
        above = self.parent.path[: MAX_DEPTH * WIDTH] if self.parent else ""
        self.path = above + step(self.pk)
        self.save(update_fields=["path"])

    @property
    def name(self) -> str:
        return shown_name(self.author.display_name if self.author else None, self.byline)

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class CommentRevision(models.Model):
    """What a comment said before an edit."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    source = models.TextField()
    replaced = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced"]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.replaced:%Y-%m-%d %H:%M}"
