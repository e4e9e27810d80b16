"""Brings the handbook's figures and official text into the site, from BLS's own file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.importers.download import DownloadFailed, download
from careers.importers.files import BadFile
from careers.importers.handbook_writer import write_handbook
from careers.importers.ooh_xml import read_handbook
from careers.importers.records import Origin
from careers.models import FormerSlug, Guide

ADDRESS = "https://www.bls.gov/ooh/xml-compilation.xml"


class Command(BaseCommand):
    help = "Import the Occupational Outlook Handbook from BLS's xml-compilation.xml."

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", nargs="?", type=Path, help="the XML: plain, .gz, .xz or .zip")
        source.add_argument("--download", action="store_true", help="fetch it from BLS")
        parser.add_argument("--address", default=ADDRESS, help="where to fetch it from")
        parser.add_argument(
            "--force", action="store_true", help="import a file with less than half of the profiles"
        )

    def handle(self, **options: Any) -> None:
        try:
            path = options["file"] or self._download(options["address"])
            self.stdout.write(f"Reading {path.name}")
            handbook = read_handbook(path, _known_slugs(), self.stdout.write)
            changes = write_handbook(
                handbook, Origin(path), force=options["force"], report=self.stdout.write
            )
        except (BadFile, DownloadFailed) as error:
            raise CommandError(str(error)) from error
        if changes.any:
            self.stdout.write("Now run load_edition: job titles and wages follow the codes.")

    def _download(self, address: str) -> Path:
        return download(address, settings.DATA_DIR / "downloads", self.stdout.write)


def _known_slugs() -> set[str]:
    """Slugs that have a page, or redirect to one."""
    return set(Guide.objects.values_list("slug", flat=True)) | set(
        FormerSlug.objects.values_list("slug", flat=True)
    )
