"""A person with a confirmed e-mail address."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone


def new_public_id() -> str:
    """Ten characters without look-alikes: for addresses and avatars, never the e-mail."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(10))


class ReaderManager(BaseUserManager["Reader"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        reader = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            reader.set_password(password)
        else:
            reader.set_unusable_password()  # readers sign in with an e-mailed code
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        return self.create_user(email, password, **fields | {"is_staff": True, "is_superuser": True})


class Reader(AbstractBaseUser, PermissionsMixin):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=40, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects = ReaderManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.display_name or "Reader"
