"""Bring comments in from WordPress (WXR), Disqus or our own export."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.importers.files import BadFile
from comments.importers import archive, disqus, wxr
from comments.importers.writing import Written, write
from comments.models import State

READERS = {"wxr": wxr.read, "disqus": disqus.read, "json": archive.read}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="as exported: plain, .gz, .xz or .zip")
        parser.add_argument("--format", required=True, choices=READERS)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            talk = READERS[options["format"]](file)
        except BadFile as error:
            raise CommandError(str(error)) from None
        written = write(talk)
        for kind, count in sorted(talk.skipped.items()):
            self.stdout.write(f"Left out: {count} {kind}")
        self._say(written)

    def _say(self, written: Written) -> None:
        for page, count in written.unmapped.most_common():
            self.stdout.write(
                f"No guide for “{page.title or page.slug}” ({page.url or 'no address'}): {count}"
            )
        if written.here_already:
            self.stdout.write(f"Here already: {written.here_already}")
        states = ", ".join(
            f"{count} {State(state).label.lower()}"
            for state, count in sorted(written.by_state.items())
        )
        guides = len(written.guides)
        self.stdout.write(
            f"Imported: {written.count} into {guides} guide{'' if guides == 1 else 's'}"
            + (f" ({states})" if states else "")
        )
