"""Mail on its way: written with the request's own rows, sent after they are committed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, at: datetime | None = None) -> Self:
        return self.filter(due__lte=at or timezone.now())


class Mail(models.Model):
    """One message to one address. `due` is the next attempt; NULL when it was sent or given up."""

    to = models.EmailField(max_length=320, db_index=True)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)  # emptied when sent: it may hold a sign-in code
    headers = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(null=True, blank=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(due=None, body=""), name="mail_sent_is_emptied"
            )
        ]
        indexes = [models.Index(fields=["due"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.created:%Y-%m-%d %H:%M})"
