"""Whom and what moderators want to see before anybody else does, and who may not write."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.decisions import Reason
from comments.models.readers import Reader
from comments.text import normal_form

MOST_POINTS = 5.0  # below what makes a comment spam: a list never decides alone


class BlockQuerySet(models.QuerySet["Block"]):
    def live(self, at: datetime | None = None) -> Self:
        return self.filter(Q(expires=None) | Q(expires__gt=at or timezone.now()))

    def over(self) -> Self:
        return self.filter(expires__lte=timezone.now())

    def about(self, email: str, hosts: list[str], network: str) -> Self:
        """Blocks of this address, of its domain or a linked one, of the network; and all words."""
        domains = [email.rpartition("@")[2], *hosts]
        return self.filter(
            Q(kind=Block.Kind.WORD)
            | Q(kind=Block.Kind.EMAIL, value=email)
            | Q(kind=Block.Kind.DOMAIN, value__in=domains)
            | Q(kind=Block.Kind.NETWORK, value=network)
        )


class Block(models.Model):
    """An entry of the block list. It holds a comment or adds points; it never rejects one."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail address"
        DOMAIN = "domain", "Domain, of an address or a link"
        NETWORK = "network", "Network (/24 or /48)"
        WORD = "word", "Word or phrase"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)
    points = models.FloatField(default=2.0, help_text="At 2 a comment is held. At most 5.")
    expires = models.DateTimeField(null=True, blank=True, help_text="Empty: until deleted.")
    note = models.CharField(max_length=300, blank=True)
    # Of the moves it came with: taking them back takes it back.
    batch = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="block_once"),
            models.CheckConstraint(condition=~Q(value=""), name="block_has_value"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=MOST_POINTS), name="block_points_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.shown}"

    @property
    def shown(self) -> str:
        """For moderators: an address only by its first letter and its domain."""
        if self.kind != self.Kind.EMAIL:
            return self.value
        name, _, domain = self.value.partition("@")
        return f"{name[:1]}…@{domain}"

    def clean(self) -> None:
        """Bring the value into the form in which comments are compared with it."""
        self.value = self._as_compared()
        if not self.value:
            raise ValidationError({"value": "Nothing that could be compared is left of this."})

    def matches(self, normal_text: str) -> bool:
        """A word only as a whole word of the text; anything else was matched by the query."""
        return self.kind != self.Kind.WORD or f" {self.value} " in f" {normal_text} "

    def _as_compared(self) -> str:
        value = self.value.strip().lower()
        if self.kind == self.Kind.WORD:
            return normal_form(value)
        if self.kind == self.Kind.DOMAIN:
            return value.rpartition("@")[2].removeprefix("www.")
        if self.kind == self.Kind.NETWORK:
            return _network(value)
        if self.kind == self.Kind.EMAIL and "@" not in value:
            raise ValidationError({"value": "An e-mail address has an @."})
        return value


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def live(self, at: datetime | None = None) -> Self:
        still = Q(until=None) | Q(until__gt=at or timezone.now())
        return self.filter(still, lifted_at=None)

    def of(self, reader: Reader) -> Suspension | None:
        """The one that ends last, when the reader may not write now."""
        last_first = models.F("until").desc(nulls_first=True)
        return self.live().filter(reader=reader).order_by(last_first).first()

    def lift(self) -> int:
        return self.filter(lifted_at=None).update(lifted_at=timezone.now())


class Suspension(models.Model):
    """A reader may read but not write, until then; without an end, for good."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(
        Reader, on_delete=models.SET_NULL, null=True, related_name="suspensions_given"
    )
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    batch = models.UUIDField(null=True, blank=True, db_index=True)  # of the moves it came with
    created = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("created")),
                name="suspension_ends_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.in_words}"

    @property
    def in_words(self) -> str:
        return f"until {self.until:%B} {self.until.day}, {self.until:%Y}" if self.until else "now"


class ReaderNote(models.Model):
    """What moderators tell each other about a reader. It is never changed, and never public."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        Reader, on_delete=models.SET_NULL, null=True, related_name="notes_written"
    )
    text = models.CharField(max_length=500)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="readernote_says_it")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.text[:40]}"


def _network(value: str) -> str:
    """As limits.network_of() cuts a visitor's address: /24, or /48 of the newer kind."""
    try:
        address = ipaddress.ip_interface(value).ip
    except ValueError:
        raise ValidationError({"value": "Write a network as 203.0.113.0/24."}) from None
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
