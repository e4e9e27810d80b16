"""What the filter learned from moderators: lessons, and the weights that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import F, Q

from comments.models.threads import Comment, State


class LearnedFilter(models.Model):
    """How many lessons of each kind there are. Its one row is the lock of all weights."""

    spam = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="learnedfilter_only_one")]

    def __str__(self) -> str:
        return f"{self.spam} spam, {self.good} good"

    @classmethod
    def lock(cls) -> LearnedFilter:
        """Whoever learns waits here, after the locks of threads, until the other commits."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def labels(cls) -> int:
        one = cls.objects.filter(pk=1).first()
        return one.spam + one.good if one else 0

    @classmethod
    def count(cls, is_spam: bool, by: int) -> None:
        kind = "spam" if is_spam else "good"
        cls.objects.filter(pk=1).update(**{kind: F(kind) + by})


class TokenWeightQuerySet(models.QuerySet["TokenWeight"]):
    def of(self, buckets: Iterable[int]) -> dict[int, float]:
        return dict(self.filter(pk__in=list(buckets)).values_list("bucket", "weight"))

    def store(self, weights: Mapping[int, float]) -> None:
        """Call with the filter locked: the new weight replaces the old one."""
        self.bulk_create(
            [TokenWeight(bucket=bucket, weight=weight) for bucket, weight in weights.items()],
            update_conflicts=True,
            unique_fields=["bucket"],
            update_fields=["weight"],
            batch_size=1000,
        )


class TokenWeight(models.Model):
    """How much a token speaks for spam. Tokens are kept as one of 2^18 numbers, never as words:
    the table stays below 262,144 rows and says nothing about anybody's text."""

    bucket = models.IntegerField(primary_key=True)
    weight = models.FloatField()

    objects = TokenWeightQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.bucket}: {self.weight:+.3f}"


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
    passes = models.PositiveSmallIntegerField(default=1)

    objects = SpamLessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0), name="spamlesson_share_not_negative")
        ]
        indexes = [models.Index(fields=["passes"], name="spamlesson_passes")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {'spam' if self.is_spam else 'good'}"
