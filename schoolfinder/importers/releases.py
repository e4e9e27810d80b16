"""Which release a file is of, whether it was imported already, and the transaction around a write.

NCES and the Education Department say the year nowhere inside their files: only the names have it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from careers.importers.files import BadFile, sha256
from careers.importers.progress import Report
from careers.importers.records import record
from careers.importers.sync import Changes, Difference
from careers.models import ImportRecord, Version

# In a year 1 school in 50 goes and 1 program in 20; of a handful any number may.
MOST_LOST = 0.2
FEW = 100


class Outdated(BadFile):
    """A later release of the same source was imported: this one would turn the clock back."""


@dataclass(frozen=True)
class Release:
    """The files of one dataset in one release; labels of one source sort by time."""

    source: str  # "ipeds-directory"
    label: str  # "2024-25"
    sha256: str  # of the files and of what they were joined with

    @classmethod
    def of(
        cls, source: str, label: str, paths: Iterable[Path], *joined: str, only: Sequence[str] = ()
    ) -> "Release":
        """`joined` names sources whose rows this one hangs on: when they change, read it again.

        `only`: the states that the import is limited to.
        """
        records = ImportRecord.objects.filter(source__in=joined).order_by("source", "label")
        parts = [
            *(_digest(path) for path in paths),
            *records.values_list("sha256", flat=True),
            *sorted(only),
        ]
        return cls(source, label, hashlib.sha256("\n".join(parts).encode()).hexdigest())

    def import_once(self, compare: Callable[[], Sequence[Difference]], report: Report) -> Changes:
        """Write what differs and remember the release: all of it or, on any error, nothing."""
        records = ImportRecord.objects.filter(source=self.source)
        if newer := records.filter(label__gt=self.label).order_by("-label").first():
            raise Outdated(self.source, self.label, f"{newer.label} is here already")
        if last := records.filter(label=self.label, sha256=self.sha256).first():
            changes = Changes(same=last.rows)
        else:
            version = Version.objects.number_of(Version.DATA)
            changes = self._write(compare(), version)
        report(f"{' '.join(filter(None, (self.source, self.label)))}: {changes}")
        return changes

    @transaction.atomic
    def _write(self, differences: Sequence[Difference], version: int) -> Changes:
        """`version` is the data's when comparing began: another import since would be undone."""
        if Version.objects.number_of(Version.DATA) != version:
            raise BadFile(self.source, self.label, "data was imported meanwhile; run this again")
        self._refuse_a_great_loss(differences)
        changes = Changes()
        for difference in differences:
            changes += difference.write()
            difference.verify()
        rows = changes.added + changes.changed + changes.same
        record(self.source, self.label, self.sha256, rows)
        if changes.any:
            Version.objects.bump(Version.DATA)
        return changes

    def _refuse_a_great_loss(self, differences: Sequence[Difference]) -> None:
        """A file cut off between two lines is a good file of fewer rows."""
        changes = sum((difference.changes for difference in differences), Changes())
        before = changes.gone + changes.changed + changes.same
        if before >= FEW and changes.gone > before * MOST_LOST:
            reason = f"{changes.gone:,} of {before:,} rows would go: is the file complete?"
            raise BadFile(self.source, self.label, reason)


def year_in(path: Path, pattern: str, example: str) -> int:
    """The year in an NCES file name, whatever wraps it: `c(20[0-9]{2})_a`."""
    found = re.match(pattern, path.name.lower())
    if not found:
        raise BadFile(path, None, f"its name must say the year, as {example} does")
    return int(found[1])


def school_year(first: int) -> str:
    """2024 → "2024-25"."""
    return f"{first}-{(first + 1) % 100:02}"


def release_in(path: Path) -> str:
    """The month of a Scorecard release: `…_2026-02.csv`, or `…_05192025.zip` as the site has it."""
    name = path.name
    if found := re.search(r"(20[0-9]{2})-(0[1-9]|1[0-2])(?![0-9])", name):
        return f"{found[1]}-{found[2]}"
    if found := re.search(r"(?<![0-9])(0[1-9]|1[0-2])[0-3][0-9](20[0-9]{2})(?![0-9])", name):
        return f"{found[2]}-{found[1]}"
    raise BadFile(path, None, "its name must say the release, as Institution_2026-02.csv does")


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        reason = "cannot be read" if path.exists() else "there is no such file"
        raise BadFile(path, None, reason) from error
