"""Print or erase everything kept about one reader."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from comments import personal
from comments.models import Reader


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--export", action="store_true", help="print it as JSON")
        act.add_argument("--erase", action="store_true", help="erase the account and its words")

    def handle(self, *, email: str, export: bool, erase: bool, **options: object) -> None:
        reader = Reader.objects.filter(email=email.lower()).first()
        if reader is None:
            raise CommandError(f"No reader has the address {email}.")
        if export:
            self.stdout.write(json.dumps(personal.export(reader), indent=2, ensure_ascii=False))
        if erase:
            personal.erase(reader)
            self.stdout.write("Erased.")
