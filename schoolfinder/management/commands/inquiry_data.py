"""Print or erase everything kept about the person with one e-mail address who asked schools."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from schoolfinder import inquiries


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--export", action="store_true", help="print it as JSON")
        act.add_argument("--erase", action="store_true", help="erase every request of theirs")

    def handle(self, *, email: str, export: bool, erase: bool, **options: object) -> None:
        if export:
            found = inquiries.export(email)
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        if erase:
            self.stdout.write(f"Erased: {inquiries.erase(email)}")
