"""Brings an edition of BLS's Employment Projections into the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.importers.files import BadFile
from careers.importers.projections import (
    read_projections,
    read_succession,
    write_projections,
    write_succession,
)
from careers.importers.records import Origin


class Command(BaseCommand):
    help = "Import Employment Projections, of any edition, beside those that are there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="occupation.xlsx, or the data page's CSV")
        parser.add_argument(
            "--crosswalk",
            action="store_true",
            help="the file is the crosswalk of SOC 2010 to SOC 2018 instead",
        )

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if options["crosswalk"]:
                write_succession(read_succession(path), Origin(path), self.stdout.write)
            else:
                write_projections(read_projections(path), Origin(path), self.stdout.write)
        except BadFile as error:
            raise CommandError(str(error)) from error
