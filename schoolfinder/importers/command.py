"""What the import commands of schools have in common."""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careers.importers.files import BadFile
from schoolfinder.geo import STATES
from schoolfinder.importers.catalog import Dataset, import_files, measure_tables


class ImportCommand(BaseCommand):
    datasets: Sequence[Dataset] = ()
    knows_states = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        if self.knows_states:
            parser.add_argument(
                "--states",
                nargs="+",
                type=_state,
                default=[],
                metavar="ST",
                help="only schools of these states, to seed a small database",
            )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            changes = import_files(self.datasets, files, self.report, options.get("states", ()))
        except BadFile as error:
            raise CommandError(str(error)) from error
        if changes.any:
            measure_tables()

    def report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _state(text: str) -> str:
    code = text.upper()
    if code not in STATES:
        raise ArgumentTypeError(f"{text} is no state")
    return code
