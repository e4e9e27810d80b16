"""Encrypt personal data again under the newest key of PERSONAL_DATA_KEY.

Put a new key (--print-key makes one) in front of the others, restart the site, run this, and then
take the old keys away.
"""

from argparse import ArgumentParser

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from schoolfinder.encryption import Unreadable
from schoolfinder.models import Inquiry, Partner


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # a key that is none must not keep us from printing one

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print-key", action="store_true", help="only print a new key")

    def handle(self, *, print_key: bool, **options: object) -> None:
        if print_key:
            self.stdout.write(Fernet.generate_key().decode())
            return
        try:
            inquiries, partners = encrypt_again()
        except Unreadable as error:
            raise CommandError(f"{error} Nothing was changed.") from None
        self.stdout.write(f"Encrypted again: {inquiries} inquiries, {partners} partners.")


@transaction.atomic
def encrypt_again() -> tuple[int, int]:
    """How many inquiries and partners; all of them, or none. Locked, as they are written whole."""
    inquiries = list(Inquiry.objects.select_for_update())
    for inquiry in inquiries:
        inquiry.encrypt_again()
    partners = list(Partner.objects.select_for_update())
    for partner in partners:
        partner.save(update_fields=["secret"])
    return len(inquiries), len(partners)
