"""When a signed-in reader last looked at a guide's thread, so that what is new can be marked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from careers.models import Guide
from comments.models.readers import Reader

ONE_VISIT = timedelta(minutes=30)  # looks closer together than this are one visit
PRECISE_TO = timedelta(minutes=1)  # so seldom is a look written down


class ThreadVisitQuerySet(models.QuerySet["ThreadVisit"]):
    def arrive(self, reader: Reader, guide: Guide, at: datetime | None = None) -> datetime | None:
        """Note a look; returns the last one of the visit before, None on the first visit."""
        now = at or timezone.now()
        visit, first = self.get_or_create(reader=reader, guide=guide, defaults={"seen": now})
        if first:
            return None
        if now - visit.seen > ONE_VISIT:
            visit.before = visit.seen
        if now - visit.seen > PRECISE_TO:
            self.filter(pk=visit.pk).update(seen=now, before=visit.before)
        return visit.before


class ThreadVisit(models.Model):
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="thread_visits")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="thread_visits")
    seen = models.DateTimeField()  # the last look
    before = models.DateTimeField(null=True, blank=True)  # the last look of the visit before

    objects = ThreadVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "guide"], name="threadvisit_once"),
            models.CheckConstraint(
                condition=Q(before=None) | Q(before__lte=F("seen")), name="threadvisit_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} at {self.guide_id}, {self.seen:%Y-%m-%d %H:%M}"
