"""What was decided about comments, and what readers reported. Decisions are only added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.readers import Reader
from comments.models.threads import Comment, OnPage, State


class Reason(models.TextChoices):
    """Why a comment was moved; the public part of a decision."""

    NONE = "", "No reason given"
    ADVERTISING = "advertising", "Advertising"
    PERSONAL = "personal", "Names or exposes a person"
    RUDE = "rude", "Rude or threatening"
    OFF_TOPIC = "off-topic", "Not about this work"
    WRONG = "wrong", "Dangerous advice"
    COPIED = "copied", "Copied from elsewhere"
    OTHER = "other", "Something else"


KEPT = "kept"  # the source of a decision that leaves a comment where it stands


class ModerationActionQuerySet(models.QuerySet["ModerationAction"]):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError("A moderation action is never changed; add another one.")

    def delete(self) -> NoReturn:
        raise TypeError("A moderation action is never deleted.")

    def by_people(self) -> Self:
        return self.exclude(actor=None)

    def standing(self) -> Self:
        """Decisions that were not taken back; taking back is none by itself."""
        return self.filter(undo_of=None, undone_by=None)

    def latest_batch_of(self, reader: Reader) -> ModerationAction | None:
        """An action of the newest batch that this moderator can still take back."""
        mine = self.standing().filter(actor=reader).exclude(batch=None)
        return mine.order_by("-pk").first()


class ModerationAction(models.Model):
    """Who, or which filter, moved a comment from what state to what, and why.

    A moderator who keeps a comment in its place decides too: from and to are the same then.
    The database refuses to change what an action says (migration 0005).
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="actions")
    actor = models.ForeignKey(
        Reader, on_delete=models.SET_NULL, null=True, blank=True, related_name="moderation_actions"
    )
    # "pipeline", "reports", "edit", "author", "housekeeping", "import": what acted when no
    # moderator did; KEPT when one did.
    source = models.CharField(max_length=20, blank=True)
    from_state = models.CharField(max_length=10, choices=State)
    to_state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    public_note = models.CharField(max_length=300, blank=True)
    private_note = models.CharField(max_length=300, blank=True)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    undo_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    created = models.DateTimeField(default=timezone.now)

    objects = ModerationActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_state=models.F("to_state")) | Q(source=KEPT),
                name="moderationaction_moves_or_keeps",
            ),
        ]
        indexes = [
            models.Index(fields=["comment", "id"], name="moderationaction_history"),
            models.Index(fields=["created"], name="moderationaction_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.from_state} → {self.to_state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A moderation action is never changed; add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A moderation action is never deleted.")

    @property
    def who(self) -> str:
        """For moderators: a name, or what acted by itself."""
        if self.actor:
            return str(self.actor)
        return "a former moderator" if self.source in ("", KEPT) else self.source

    @property
    def keeps(self) -> bool:
        return self.source == KEPT


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """The author of a comment that is not public asks for another look: once, for good."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="appeal"
    )
    text = models.CharField(max_length=500)
    created = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    # The decision that answered it; taken back, the question is open again.
    answer = models.ForeignKey(
        ModerationAction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="appeals_answered",
    )

    objects = AppealQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.text[:40]}"


class HelpfulVoteQuerySet(models.QuerySet["HelpfulVote"]):
    def by(self, reader: Reader | AnonymousUser, comments: Iterable[Comment | OnPage]) -> set[int]:
        """Which of these comments the reader called helpful."""
        if not isinstance(reader, Reader):
            return set()
        shown = [comment.pk for comment in comments]
        return set(self.filter(reader=reader, comment__in=shown).values_list("comment", flat=True))


class HelpfulVote(models.Model):
    """A reader says that a comment helped. Comment.helpful is their number."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="helpful_votes")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="helpful_votes")
    created = models.DateTimeField(default=timezone.now)

    objects = HelpfulVoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="helpfulvote_once_a_reader")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} helped {self.reader_id}"


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(outcome="")


class Report(models.Model):
    """A reader says that a comment should not stand."""

    class Outcome(models.TextChoices):
        OPEN = "", "Open"
        UPHELD = "upheld", "The comment went"
        DISMISSED = "dismissed", "The comment stays"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=12, choices=Reason)
    text = models.CharField(max_length=300, blank=True)
    weight = models.FloatField(default=1.0)  # what it counts towards hiding (reporting.py)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.ForeignKey(
        ModerationAction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports_answered",
    )
    created = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="report_once_a_reader"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="report_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.reason}"
