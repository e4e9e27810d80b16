"""Write all comments, or those of one guide, as JSON that import_comments reads back exactly."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from careers.models import Guide
from comments.importers import archive


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="without it, to standard output")
        parser.add_argument("--guide", default="", metavar="SLUG")

    @transaction.atomic
    def handle(self, *, file: Path | None, guide: str, **options: Any) -> None:
        if guide and not Guide.objects.filter(slug=guide).exists():
            raise CommandError(f"There is no guide {guide!r}.")
        if file is None:
            for line in archive.lines(guide):
                self.stdout.write(line, ending="")
            return
        unfinished = file.with_name(f"{file.name}.part")  # never taken for a whole one
        try:
            with unfinished.open("w", encoding="utf-8") as stream:
                stream.writelines(archive.lines(guide))
            unfinished.replace(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written ({error.strerror}).") from None
