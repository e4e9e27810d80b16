"""A reader's own picture. Like a first comment it is held until a moderator has seen it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

from comments.models.readers import Reader

LARGEST_KEPT = 32 * 1024  # bytes


class PictureQuerySet(models.QuerySet["Picture"]):
    def held(self) -> Self:
        return self.filter(state=Picture.State.HELD)

    def without_bytes(self) -> Self:
        """For lists, with their readers."""
        return self.defer("content").select_related("reader")


class Picture(models.Model):
    """Made by pictures.made_small(). Another upload is another row, so that nobody who looked
    at the one before lets it be seen unlooked at."""

    class State(models.TextChoices):
        HELD = "held", "Held for review"
        SHOWN = "shown", "Shown"

    reader = models.OneToOneField(Reader, on_delete=models.CASCADE, related_name="picture")
    state = models.CharField(max_length=5, choices=State, default=State.HELD)
    uploaded = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=16)  # of the bytes; part of the address
    size = models.PositiveIntegerField()  # of the bytes
    content = models.BinaryField()  # WebP

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["held", "shown"]), name="picture_state_known"
            ),
            models.CheckConstraint(
                condition=Q(size=Length("content"), size__gt=0, size__lte=LARGEST_KEPT),
                name="picture_size_bounded",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{16}$"), name="picture_digest_form"
            ),
        ]
        indexes = [models.Index(fields=["state", "uploaded"], name="picture_waiting")]

    def __str__(self) -> str:
        return f"Picture of {self.reader_id}"

    @property
    def is_shown(self) -> bool:
        return self.state == Picture.State.SHOWN
