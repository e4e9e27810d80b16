"""Fields of study from NCES' CIP 2020: `CIPCode2020.csv`.

The file's own name for a field is its title; definitions and examples are NCES' prose, which the
embedded edition does not carry: a file without those columns leaves them as they are.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release
from schoolfinder.models import Field

SOURCE = "cip"
LABEL = "2020"
COLUMNS = ("CIPCode", "Action", "CIPTitle")
PROSE = {"CIPDefinition": "definition", "Examples": "examples"}
LEVELS = {2: 2, 5: 4, 7: 6}  # length of the code → its digits
NOT_VALID = ("Deleted", "Moved from")  # codes of 2010 that end here
RESERVED = "Reserved"  # families kept free; they have no fields

_CIP = re.compile(r"[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?")
_SMALL_WORDS = {"and", "of", "the", "in", "for"}
_ABBREVIATIONS = {"JROTC", "ROTC"}


def import_fields(path: Path, report: Report = silent) -> Changes:
    release = Release.of(SOURCE, LABEL, [path])
    return release.import_once(lambda: _compare(path), report)


def read_fields(path: Path) -> Iterator[tuple[Field, bool]]:
    """Fields, families first, and whether the file has the prose as well."""
    rows: dict[str, tuple[Field, bool]] = {}
    for line, row in read_table(path, COLUMNS):
        cells = Cells(path, line, row)
        if row["Action"].startswith(NOT_VALID):
            continue
        field = _field(cells)
        if field.title == RESERVED:
            continue
        if field.cip in rows:
            raise cells.again("CIPCode")
        rows[field.cip] = field, row.keys() >= PROSE.keys()
    for cip in sorted(rows, key=lambda cip: (len(cip), cip)):
        field, _ = rows[cip]
        if field.parent_id and field.parent_id not in rows:
            raise BadFile(path, None, f"{cip} has no {field.parent_id} above it")
        yield rows[cip]


def _compare(path: Path) -> list[Difference]:
    """One difference a level: a field must follow the one above it into the table.

    Fields of a later CIP that miss here stay: programs point to them.
    """
    found = list(read_fields(path))
    prose = list(PROSE.values()) if any(has_prose for _, has_prose in found) else []
    return [
        compare(
            Field.objects.filter(level=level),
            (field for field, _ in found if field.level == level),
            key=["cip"],
            fields=["level", "parent_id", "title", *prose],
            gone="keep",
        )
        for level in LEVELS.values()
    ]


def _field(cells: Cells) -> Field:
    cip = cells.row["CIPCode"]
    if not _CIP.fullmatch(cip):
        raise cells.bad("CIPCode", "a code such as 51, 51.38 or 51.3801")
    prose = {name: cells.text(column) for column, name in PROSE.items() if column in cells.row}
    return Field(
        cip=cip,
        level=LEVELS[len(cip)],
        parent_id={2: None, 5: cip[:2], 7: cip[:5]}[len(cip)],
        title=display_title(cells.text("CIPTitle", 200)),
        **prose,
    )


def display_title(title: str) -> str:
    """Without the final stop; families, which stand in capitals, in ordinary letters."""
    title = title.removesuffix(".")
    if not title.isupper():
        return title
    words = re.sub(r"[A-Z]+", lambda found: _calm(found[0]), title)
    return words[0].upper() + words[1:]


def _calm(word: str) -> str:
    if word in _ABBREVIATIONS:
        return word
    return word.lower() if word.lower() in _SMALL_WORDS else word.capitalize()
