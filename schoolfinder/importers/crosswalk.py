"""Which occupations a field prepares for: the CIP 2020–SOC 2018 crosswalk of NCES and BLS.

`CIP2020_SOC2018_Crosswalk.xlsx` as they ship it, or its sheet CIP-SOC as a table.
"""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from careers.importers.files import BadFile, Row, read_bytes, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers import fields
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release
from schoolfinder.models import Field, FieldOccupation

SOURCE = "cip-soc"
LABEL = "2020-2018"
COLUMNS = ("CIP2020Code", "SOC2018Code")
SHEET = "CIP-SOC"
NO_MATCH = ("99.9999", "99-9999")
TEACHING = "25-1"  # postsecondary teachers: nearly every field leads to teaching it


def import_crosswalk(path: Path, report: Report = silent) -> Changes:
    release = Release.of(SOURCE, LABEL, [path], fields.SOURCE)
    return release.import_once(lambda: [_compare(path)], report)


def read_crosswalk(path: Path) -> Iterator[FieldOccupation]:
    seen: set[tuple[str, str]] = set()
    for line, row in _rows(path):
        cells = Cells(path, line, row)
        cip, soc = row["CIP2020Code"], row["SOC2018Code"]
        if cip in NO_MATCH or soc in NO_MATCH:
            continue
        if not re.fullmatch(r"[0-9]{2}\.[0-9]{4}", cip):
            raise cells.bad("CIP2020Code", "a code such as 51.3801")
        if not re.fullmatch(r"[0-9]{2}-[0-9]{4}", soc):
            raise cells.bad("SOC2018Code", "a code such as 29-1141")
        if (cip, soc) in seen:
            raise cells.again(*COLUMNS)
        seen.add((cip, soc))
        yield FieldOccupation(field_id=cip, soc=soc, is_teaching=soc.startswith(TEACHING))


def _rows(path: Path) -> Iterable[tuple[int, Row]]:
    """NCES ships a workbook; its sheet CIP-SOC saved as a table will do."""
    if path.suffix.lower() == ".xlsx":
        return _sheet_rows(path)
    return read_table(path, COLUMNS)


def _sheet_rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        sheet = load_workbook(io.BytesIO(read_bytes(path)), read_only=True)[SHEET]
        rows = [["" if cell is None else str(cell).strip() for cell in row] for row in sheet.values]
    except (KeyError, ValueError, OSError, BadZipFile, InvalidFileException) as error:
        raise BadFile(path, SHEET, f"cannot be read ({error})") from error
    header = rows[0] if rows else []
    for column in COLUMNS:
        if column not in header:
            raise BadFile(path, SHEET, f"lacks the column {column}")
    for line, cells in enumerate(rows[1:], start=2):
        yield line, dict(zip(header, cells, strict=False))


def _compare(path: Path) -> Difference:
    links = list(read_crosswalk(path))
    unknown = {link.field_id for link in links} - set(Field.objects.values_list("cip", flat=True))
    if unknown:
        raise BadFile(path, None, f"field {min(unknown)} is not known: import the CIP first")
    return compare(
        FieldOccupation.objects.all(), links, key=["field_id", "soc"], fields=["is_teaching"]
    )
