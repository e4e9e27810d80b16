"""What readers think is wrong in a plain version."""

import hashlib
from datetime import datetime
from typing import Self

from django.db import connection, models
from django.db.models import Q

from careers.models.guides import Guide


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def hold_back_others(self, network: str) -> None:
        """Until the transaction ends, nobody else of this network may count and store.

        SQLite needs no lock: a writing transaction is alone there from its start.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [network])

    def from_network(self, network: str, since: datetime) -> Self:
        return self.filter(network=network, created__gte=since)


class Correction(models.Model):
    """A suggestion by anybody; an editor accepts it (and writes an override) or declines it.

    No personal data is asked for. The same words about the same part are stored once.
    """

    class Part(models.TextChoices):
        WHAT = "what", "What they do"
        WHERE = "where", "Where they work"
        FIT = "fit", "Is it for you?"
        BECOME = "become", "How to become one"
        PAY = "pay", "Pay"
        OUTLOOK = "outlook", "Job outlook"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        NEW = "new", "New"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="corrections")
    part = models.CharField(max_length=10, choices=Part)
    text = models.TextField()
    digest = models.CharField(max_length=64, editable=False)  # of part and text, to know it again
    created = models.DateTimeField(auto_now_add=True)
    network = models.CharField(max_length=50, blank=True, editable=False)  # /24 or /48, for 30 days
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    note = models.TextField(blank=True)  # of the editor, for other editors

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "digest"], name="correction_stored_once"),
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["network", "created"],
                condition=~Q(network=""),
                name="correction_of_a_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.part}: {self.text[:60]}"


def digest(part: str, text: str) -> str:
    """The same for texts that differ in white space and capitals only."""
    said = " ".join(text.casefold().split())
    return hashlib.sha256(f"{part}\n{said}".encode()).hexdigest()
