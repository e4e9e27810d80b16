"""A person with a confirmed e-mail address, and the links that sign staff in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, PermissionsMixin
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet

MODERATORS = "Moderators"
NEW_UNTIL = 2  # published comments: whoever has fewer is new here


def new_public_id() -> str:
    """Ten characters without look-alikes: for addresses and avatars, never the e-mail."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(10))


class Pace(models.TextChoices):
    """How soon a reader wants to be told by mail."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day, in one mail"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def never_confirmed(self, before: datetime) -> Self:
        """Readers who asked for a code once, used none, and left nothing behind."""
        return self.filter(
            joined__lt=before, is_staff=False, last_login=None, comments=None
        ).exclude(emailaddress__verified=True)

    def staff(self) -> Self:
        return self.filter(is_active=True, is_staff=True)

    def may_be_mailed(self) -> Self:
        """Who has proven the mailbox; nobody else is ever written to about comments."""
        proven = Q(emailaddress__verified=True, emailaddress__email=F("email"))
        return self.filter(proven, is_active=True)


class ReaderManager(BaseUserManager["Reader"]):
    def get_queryset(self) -> ReaderQuerySet:
        return ReaderQuerySet(self.model, using=self._db)

    def never_confirmed(self, before: datetime) -> ReaderQuerySet:
        return self.get_queryset().never_confirmed(before)

    def staff(self) -> ReaderQuerySet:
        return self.get_queryset().staff()

    def may_be_mailed(self) -> ReaderQuerySet:
        return self.get_queryset().may_be_mailed()

    def get_by_natural_key(self, username: str | None) -> Reader:
        return self.get(email=str(username).lower())

    def for_sign_in(self, email: str) -> Reader:
        """The reader of this address, made with an unverified address when unknown."""
        email = email.strip().lower()
        with transaction.atomic():
            reader, created = self.get_or_create(
                email=email, defaults={"password": make_password(None)}
            )
            if created:
                EmailAddress.objects.create(user=reader, email=email, primary=True)
        return reader

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        reader = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            reader.set_password(password)
        else:
            reader.set_unusable_password()  # readers sign in with an e-mailed code
        reader.save(using=self._db)
        EmailAddress.objects.create(user=reader, email=reader.email, primary=True)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        return self.create_user(
            email, password, **fields | {"is_staff": True, "is_superuser": True}
        )


class Reader(AbstractBaseUser, PermissionsMixin):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=40, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    # Kept by moderation.move(): whoever has fewer than NEW_UNTIL waits for a moderator.
    published_count = models.PositiveIntegerField(default=0, editable=False)

    # The digest of the picture that everybody sees; empty: the flower. Kept by pictures.py.
    shown_picture = models.CharField(max_length=16, blank=True, editable=False)

    # When somebody writes @name. Empty: no mail; nobody has asked for any.
    mention_mail = models.CharField(max_length=8, choices=Pace, blank=True)
    # Part of the key in the address of the feed of replies; the next number is a new address.
    feed_number = models.PositiveIntegerField(default=0, editable=False)

    objects = ReaderManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="reader_has_email"),
            models.CheckConstraint(
                condition=Q(mention_mail="") | Q(mention_mail__in=Pace.values),
                name="reader_mention_mail_known",
            ),
        ]
        indexes = [models.Index(Lower("display_name"), name="reader_by_name")]

    def __str__(self) -> str:
        return self.display_name or "Reader"

    def get_short_name(self) -> str:
        """What the admin greets with, instead of the address."""
        return str(self)

    @property
    def is_new(self) -> bool:
        return self.published_count < NEW_UNTIL

    @property
    def may_moderate(self) -> bool:
        return self.is_active and self.is_staff and self.has_perm("comments.change_comment")

    def make_moderator(self) -> None:
        self.is_staff = True
        self.save(update_fields=["is_staff"])
        self.groups.add(Group.objects.get(name=MODERATORS))

    def confirm_email(self) -> None:
        """Take the address as proven: a link that only its owner can have was used."""
        EmailAddress.objects.update_or_create(
            user=self, email=self.email, defaults={"verified": True, "primary": True}
        )


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def usable(self, at: datetime | None = None) -> Self:
        return self.filter(used_at=None, expires__gt=at or timezone.now())

    def find(self, token: str) -> SignInLink | None:
        """The usable link behind a token of `issue`; None for a forged or spent one."""
        try:
            secret = _signer.unsign(token)
        except signing.BadSignature:
            return None
        links: QuerySet[SignInLink] = self.usable().filter(secret_hash=_hashed(secret))
        return links.select_related("reader").first()


class SignInLink(models.Model):
    """One sign-in without a mailbox, for the first moderator and for a locked-out one.

    The address holds a signed secret; here stands only its hash, so a copy of the
    database opens no account.
    """

    LIFETIME = timedelta(hours=24)

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="sign_in_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires__gt=F("created")), name="signinlink_expires_later"
            )
        ]

    def __str__(self) -> str:
        return f"for {self.reader_id}, until {self.expires:%Y-%m-%d %H:%M}"

    @classmethod
    def issue(cls, reader: Reader) -> str:
        """Store a new link and return its token; nobody can read the token again."""
        secret = secrets.token_urlsafe(24)
        now = timezone.now()
        cls.objects.create(
            reader=reader, secret_hash=_hashed(secret), created=now, expires=now + cls.LIFETIME
        )
        return _signer.sign(secret)

    def use(self) -> bool:
        """Spend the link; False when somebody was faster or it has expired."""
        spent = SignInLink.objects.usable().filter(pk=self.pk).update(used_at=timezone.now())
        return spent == 1


_signer = signing.Signer(salt="comments.sign-in-link")


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
