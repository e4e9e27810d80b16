"""Get Info: who takes requests, what a person asked, to whom it may go, and what has gone.

Names, addresses, ZIP codes, phone numbers and questions are encrypted; an inquiry is found by a
digest of its address. Everything of an inquiry goes with its row.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from schoolfinder.encryption import EncryptedTextField, digest, digests
from schoolfinder.models.schools import Program, School

UNCONFIRMED_FOR = timedelta(hours=48)
KEPT_FOR = timedelta(days=90)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def new_id() -> str:
    return secrets.token_urlsafe(12)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def check_webhook(url: str) -> None:
    """Personal data travels encrypted, or does not leave this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return
    raise ValidationError("Give an https address; http is for this machine only.")


# Partners -----------------------------------------------------------------------------------


class PartnerQuerySet(models.QuerySet["Partner"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def among(self, unitids: Iterable[int]) -> set[int]:
        """Those of the schools that take requests now."""
        return set(self.active().filter(school__in=unitids).values_list("school_id", flat=True))


class Partner(models.Model):
    """A school that takes requests. No page is ordered by it."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        WEBHOOK = "webhook", "Signed webhook"

    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="partner")
    channel = models.CharField(max_length=7, choices=Channel, default=Channel.EMAIL)
    email = models.EmailField(blank=True)
    webhook_url = models.CharField(max_length=300, blank=True, validators=[check_webhook])
    secret = EncryptedTextField(default=new_secret, editable=False)  # signs what the webhook gets
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)  # made by make_demo
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["school__name"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(channel="email") & ~Q(email=""))
                | (Q(channel="webhook") & ~Q(webhook_url="")),
                name="partner_can_be_reached",
                violation_error_message="Fill in the address of the channel that you chose.",
            )
        ]

    def __str__(self) -> str:
        return str(self.school)


# Inquiries ----------------------------------------------------------------------------------


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def of(self, email: str) -> Self:
        return self.filter(email_digest__in=digests(email))

    def unconfirmed_since(self, before: datetime) -> Self:
        return self.filter(confirmed_at=None, created__lt=before)

    def older_than(self, before: datetime) -> Self:
        return self.filter(created__lt=before)

    def erase(self) -> int:
        """With everything of them, unread: what no key opens any more must go too."""
        return self.only("pk").delete()[1].get("schoolfinder.Inquiry", 0)


class Inquiry(models.Model):
    """What one person asks. Nothing of it is shared before `confirmed_at`."""

    class Start(models.TextChoices):
        SOON = "soon", "Within six months"
        YEAR = "year", "In six to twelve months"
        LATER = "later", "In more than a year"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    key = models.CharField(max_length=24, unique=True)  # of the form: sent twice, stored once
    first_name = EncryptedTextField()
    email = EncryptedTextField()
    email_digest = models.CharField(max_length=64, db_index=True)
    zip = EncryptedTextField()
    question = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    level = models.CharField(max_length=11)  # an awards.AwardGroup
    start = models.CharField(max_length=5, choices=Start, blank=True)
    interest = models.CharField(max_length=160)  # the career or field, in words
    is_minor = models.BooleanField()  # said to be 13 to 17
    created = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        ordering = ["-created"]
        permissions = [
            ("view_personal_data", "Can see the names and addresses in inquiries"),
            ("export_inquiry", "Can export inquiries"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_minor=False) | Q(phone=""), name="inquiry_minor_no_phone"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=models.F("created")),
                name="inquiry_confirmed_after",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def erased_on(self) -> datetime:
        """When housekeeping erases it, should nobody do so before."""
        return self.created + (KEPT_FOR if self.confirmed_at else UNCONFIRMED_FOR)

    @property
    def is_expired(self) -> bool:
        return self.erased_on <= timezone.now()

    def encrypt_again(self) -> None:
        """Under the newest key."""
        self.email_digest = digest(self.email)
        self.save()


class Consent(models.Model):
    """One ticked box: this school may have this inquiry. The wording is kept word for word."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="consents")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="consents")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="consents")
    wording_version = models.PositiveSmallIntegerField()
    wording_hash = models.CharField(max_length=64)  # SHA-256 of the sentence beside the box
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "school"], name="consent_once"),
            models.CheckConstraint(
                condition=Q(wording_hash__regex=r"^[0-9a-f]{64}$"), name="consent_hash_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} ({self.given_at:%Y-%m-%d})"


# Deliveries ---------------------------------------------------------------------------------


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime | None = None) -> Self:
        return self.filter(due__lte=at or timezone.now())


class Delivery(models.Model):
    """One message on its way. It holds no text: that is made from the inquiry when it is sent.

    `due` is the next attempt; NULL when it was sent or given up.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "To the person: the link that confirms"
        RECEIPT = "receipt", "To the person: the receipt"
        SCHOOL = "school", "To the school"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=7, choices=Kind)
    consent = models.ForeignKey(
        Consent, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)  # its kind only: no text of others

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(fields=["consent"], name="delivery_once_a_school"),
            models.UniqueConstraint(
                fields=["inquiry", "kind"], condition=Q(consent=None), name="delivery_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="school", consent__isnull=False)
                | (~Q(kind="school") & Q(consent=None)),
                name="delivery_to_school_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(due=None), name="delivery_sent_not_due"
            ),
        ]
        indexes = [models.Index(fields=["due"], name="delivery_due")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_given_up(self) -> bool:
        return self.due is None and self.sent_at is None


# Limits -------------------------------------------------------------------------------------

# One statement, so that the count holds across processes.
COUNT = """
INSERT INTO schoolfinder_inquirycount (key, started, closes, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN schoolfinder_inquirycount.closes <= excluded.started
    THEN 1 ELSE schoolfinder_inquirycount.count + 1 END,
  started = CASE WHEN schoolfinder_inquirycount.closes <= excluded.started
    THEN excluded.started ELSE schoolfinder_inquirycount.started END,
  closes = CASE WHEN schoolfinder_inquirycount.closes <= excluded.started
    THEN excluded.closes ELSE schoolfinder_inquirycount.closes END
RETURNING count, closes
"""


class InquiryCountQuerySet(models.QuerySet["InquiryCount"]):
    def count_one(self, key: str, seconds: int) -> tuple[int, float]:
        """Count one more; returns how many this window has, and seconds until it closes."""
        now = time.time()
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [key, now, now + seconds])
            counted, closes = cursor.fetchone()
        return counted, closes - now

    def closed(self) -> Self:
        return self.filter(closes__lte=time.time())


class InquiryCount(models.Model):
    """How many inquiries came from a network or for an address; of the address, its digest."""

    key = models.CharField(max_length=120, primary_key=True)
    started = models.FloatField()  # seconds since 1970
    closes = models.FloatField(db_index=True)
    count = models.PositiveIntegerField()

    objects = InquiryCountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
