"""What the filter learned from moderators: lessons, and the weights that they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.threads import Comment, State


class LearnedFilter(models.Model):
    """How many lessons of each kind there are. Its one row is the lock of all weights."""

    spam = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    # Of what a token means when it was learned (spam/features.py): other weights say nothing.
    version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="learnedfilter_only_one")]

    def __str__(self) -> str:
        return f"{self.spam} spam, {self.good} good"

    @classmethod
    def lock(cls, version: int) -> LearnedFilter:
        """Whoever learns waits here, after the locks of threads, until the other commits.

        What was learned for another version is dropped; its lessons are to be learned again.
        """
        cls.objects.get_or_create(pk=1, defaults={"version": version})
        one = cls.objects.select_for_update().get(pk=1)
        if one.version != version:
            TokenWeight.objects.all().delete()
            SpamLesson.objects.update(share=0.0, passes=0)
            one.spam, one.good, one.version = 0, 0, version
            one.save()
        return one

    @classmethod
    def of(cls, version: int) -> LearnedFilter:
        """The one that learned for this version; an empty one while there is none."""
        return cls.objects.filter(pk=1, version=version).first() or cls(version=version)

    @property
    def labels(self) -> int:
        return self.spam + self.good


class TokenWeightQuerySet(models.QuerySet["TokenWeight"]):
    def of(self, buckets: Iterable[int]) -> Iterable[tuple[int, int, int, float]]:
        """(bucket, spam, good, pull) of those that a lesson had: hundreds, so no models."""
        found = self.filter(pk__in=list(buckets))
        return found.values_list("bucket", "spam", "good", "pull")

    def store(self, weights: Iterable[TokenWeight]) -> None:
        """Call with the filter locked: the new weight replaces the old one."""
        self.bulk_create(
            weights,
            update_conflicts=True,
            unique_fields=["bucket"],
            update_fields=["pull", "spam", "good"],
            batch_size=1000,
        )


class TokenWeight(models.Model):
    """How a token pulls towards spam, and in how many lessons it stood. Tokens are kept as one of
    2^18 numbers, never as words: the table stays below 262,144 rows and tells nobody's text."""

    bucket = models.IntegerField(primary_key=True)
    pull = models.FloatField(default=0.0)
    spam = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)

    objects = TokenWeightQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.bucket}: {self.pull:+.3f}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def due(self) -> Self:
        return self.filter(due__lte=timezone.now())


class Correction(models.Model):
    """What people decided otherwise than Akismet thinks, to be told by housekeeping."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="correction"
    )
    is_spam = models.BooleanField()
    told = models.BooleanField(null=True)  # what Akismet heard last; NULL before that
    due = models.DateTimeField(null=True, blank=True)  # NULL: nothing is left to tell
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due"], name="correction_due")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {'spam' if self.is_spam else 'good'}"


class SpamLessonQuerySet(models.QuerySet["SpamLesson"]):
    def to_rehearse(self, passes: int) -> SpamLessonQuerySet:
        """Gone through less often than that, and with the text still there."""
        return self.filter(passes__lt=passes).exclude(comment__state=State.ERASED)


class SpamLesson(models.Model):
    """A person's decision about a comment, as the filter learned it."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="spam_lesson"
    )
    is_spam = models.BooleanField()
    share = models.FloatField()  # of this lesson in the weights; taken away again by an undo
    passes = models.PositiveSmallIntegerField(default=0)  # 0: no part of the weights yet

    objects = SpamLessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0), name="spamlesson_share_not_negative")
        ]
        indexes = [models.Index(fields=["passes"], name="spamlesson_passes")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {'spam' if self.is_spam else 'good'}"
