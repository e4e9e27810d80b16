"""Brings BLS's wages and jobs by area into the site, for the codes that guides cover."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.importers.files import BadFile
from careers.importers.oews import codes_in_use, read_wages, release_in, write_wages
from careers.importers.records import Origin
from careers.soc import ALL_WORKERS


class Command(BaseCommand):
    help = "Import Occupational Employment and Wage Statistics: the nation or the states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="BLS's workbook, or a CSV with its columns")
        parser.add_argument("--release", help="2025-05, when the file's name does not say")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        release = release_in(options["release"] or path.name)
        if release is None:
            raise CommandError(f"Which release is {path.name}? Say --release 2025-05.")
        codes = codes_in_use()
        if codes == {ALL_WORKERS}:
            raise CommandError("Import the handbook first: wages belong to its codes.")
        try:
            wages = read_wages(path, release)
            self.stdout.write(f"{len(wages):,} rows read from {path.name}")
            write_wages(wages, Origin(path), release, codes, self.stdout.write)
        except BadFile as error:
            raise CommandError(str(error)) from error
