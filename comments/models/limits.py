"""Counts of what somebody did in a window: one statement, so they hold across processes."""

from __future__ import annotations

import time

from django.db import connection, models

COUNT = """
INSERT INTO comments_ratecount (key, started, closes, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN comments_ratecount.closes <= excluded.started
    THEN 1 ELSE comments_ratecount.count + 1 END,
  started = CASE WHEN comments_ratecount.closes <= excluded.started
    THEN excluded.started ELSE comments_ratecount.started END,
  closes = CASE WHEN comments_ratecount.closes <= excluded.started
    THEN excluded.closes ELSE comments_ratecount.closes END
RETURNING count, closes
"""


class RateCountQuerySet(models.QuerySet["RateCount"]):
    def count_one(self, key: str, seconds: int) -> tuple[int, float]:
        """Count one more; returns how many this window has, and seconds until it closes.

        A window opens with the first count, not with the clock: no two full windows touch.
        """
        now = time.time()
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [key, now, now + seconds])
            count, closes = cursor.fetchone()
        return count, closes - now

    def open(self, key: str, least: int) -> RateCountQuerySet:
        """The key's window, when it counts that many and is not over."""
        return self.filter(key=key, count__gte=least, closes__gt=time.time())

    def closed(self) -> RateCountQuerySet:
        return self.filter(closes__lte=time.time())


class RateCount(models.Model):
    key = models.CharField(max_length=120, primary_key=True)
    started = models.FloatField()  # seconds since 1970
    closes = models.FloatField(db_index=True)
    count = models.PositiveIntegerField()

    objects = RateCountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
