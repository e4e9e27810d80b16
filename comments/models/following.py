"""What readers want to hear of by mail, and what they were told.

Follow ── a wish         Mention ── a name in a comment
             ╲            ╱
Announcement ─▶ Notice ─▶ Mail
a comment was published; one reader is told of it, once; alone or with others
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Min, Q
from django.utils import timezone

from careers.models import Guide
from comments.models.mail import Mail
from comments.models.readers import Pace, Reader
from comments.models.threads import Comment


class FollowQuerySet(models.QuerySet["Follow"]):
    def of_thread(self, guide_id: int) -> Self:
        return self.filter(guide=guide_id, comment=None)

    def of_replies(self, comment_id: int | None) -> Self:
        return self.filter(comment=comment_id) if comment_id else self.none()


class Follow(models.Model):
    """A reader hears of new comments in a guide's thread, or of replies to a comment of theirs."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="follows")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="follows")
    # Whose replies; NULL follows the whole thread.
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    pace = models.CharField(max_length=8, choices=Pace, default=Pace.AT_ONCE)
    created = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "reader"], condition=Q(comment=None), name="follow_thread_once"
            ),
            models.UniqueConstraint(
                fields=["comment", "reader"],
                condition=Q(comment__isnull=False),
                name="follow_replies_once",
            ),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="follow_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} follows {self.comment_id or self.guide_id}"


class Mention(models.Model):
    """A comment names a reader with @; its text links to the profile."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="mention_once_a_comment")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} names {self.reader_id}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class Announcement(models.Model):
    """A comment was published and its followers are to be told, in order of their numbers.

    Written with the move that published it, so that neither a crash nor a crowd of followers
    loses one. `reached` is the last reader told.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="announcement"
    )
    created = models.DateTimeField(default=timezone.now)
    reached = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created"], condition=Q(done_at=None), name="announcement_open")
        ]

    def __str__(self) -> str:
        return f"of {self.comment_id}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        """For the reader's next daily mail."""
        return self.filter(mailed_at=None)

    def for_mail(self) -> Self:
        return self.select_related("comment__guide", "comment__author", "reader")

    def readers_due(self, before: datetime) -> list[int]:
        """Readers whose oldest waiting notice is older: their daily mail goes now."""
        due = self.waiting().values("reader").annotate(oldest=Min("created"))
        return list(due.filter(oldest__lt=before).values_list("reader", flat=True)[:500])


class Notice(models.Model):
    """One reader is told of one comment, for the strongest of the reasons they have."""

    class Why(models.TextChoices):
        MENTION = "mention", "mentioned you"
        REPLY = "reply", "answered you"
        THREAD = "thread", "wrote"

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    why = models.CharField(max_length=8, choices=Why)
    created = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(
        Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="notice_once_a_reader")
        ]
        indexes = [
            models.Index(
                fields=["reader", "created"], condition=Q(mailed_at=None), name="notice_waiting"
            ),
            models.Index(fields=["mailed_at"], name="notice_mailed"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} of {self.comment_id}"
