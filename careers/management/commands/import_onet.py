"""Brings O*NET's alternate titles into the site: other names under which a guide is found."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.importers.files import BadFile
from careers.importers.job_titles import guides_by_code, read_onet_titles, write_onet_titles
from careers.importers.records import Origin


class Command(BaseCommand):
    help = "Import O*NET's Alternate Titles, for the codes that guides cover."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Alternate Titles, tab separated")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not guides_by_code():
            raise CommandError("Import the handbook first: titles belong to its codes.")
        release = re.search(r"\d\d\.\d", path.name)
        try:
            titles = read_onet_titles(path)
            self.stdout.write(f"{len(titles):,} titles read from {path.name}")
            write_onet_titles(
                titles, Origin(path), release[0] if release else "", self.stdout.write
            )
        except BadFile as error:
            raise CommandError(str(error)) from error
