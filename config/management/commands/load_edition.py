"""Load the embedded edition: facts, plain versions, schools and places."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import careers.importers.edition
import schoolfinder.importers.edition
from careers.importers.files import BadFile
from careers.models import ImportRecord
from config.fingerprints import fingerprint

SOURCE = "embedded-edition"


class Command(BaseCommand):
    help = "Load the embedded edition from fixtures/. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

        parser.add_argument(
            "--if-changed",
            action="store_true",
            help="only when the files differ from the last load",
        )

    def handle(self, *args: Any, folder: Path, if_changed: bool, **options: Any) -> None:
        state = fingerprint([folder])
        if if_changed and ImportRecord.objects.filter(source=SOURCE, sha256=state).exists():
            return
        start = time.monotonic()
        try:
            changes = careers.importers.edition.load(folder, self.report)
            changes += schoolfinder.importers.edition.load(folder, self.report)
        except BadFile as error:
            raise CommandError(str(error)) from error
        rows = changes.added + changes.changed + changes.same
        ImportRecord.objects.update_or_create(
            source=SOURCE, label="", defaults={"sha256": state, "rows": rows}
        )
        self.report(f"The embedded edition: {changes}; {time.monotonic() - start:.1f} s")

    def report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
