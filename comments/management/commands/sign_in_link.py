"""Print an address that signs one person in, once, within 24 hours."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from comments.models import Reader, SignInLink


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose account; made when there is none")
        parser.add_argument(
            "--make-moderator", action="store_true", help="also make the reader a moderator"
        )
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="do nothing when the site has a member of staff who has signed in before",
        )
        parser.add_argument("--name", default="", help="display name, when the reader has none")
        parser.add_argument("--site", default=settings.SITE_URL, help="where the site answers")

    def handle(self, *, email: str, **options: Any) -> None:
        if options["if_none"] and Reader.objects.staff().exclude(last_login=None).exists():
            return
        reader = self.reader(email, options["name"])
        if options["make_moderator"]:
            reader.make_moderator()
        address = reverse("comments:sign_in_link", args=[SignInLink.issue(reader)])
        self.stdout.write(options["site"].rstrip("/") + address)

    def reader(self, email: str, name: str) -> Reader:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is no e-mail address.") from None
        reader = Reader.objects.for_sign_in(email)
        if not reader.is_active:
            raise CommandError(f"The account of {email} is closed.")
        if name and not reader.display_name:
            reader.display_name = name
            reader.save(update_fields=["display_name"])
        return reader
