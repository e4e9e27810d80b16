"""Occupational Employment and Wage Statistics: jobs and pay by code, for the nation and states.

BLS's columns, as a CSV or in its workbook. Marks: `*` wage not released, `**` employment not
released (both None), `#` at or above the top code (the top code, and the column is named in
`top_coded`). Metropolitan areas are left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from careers.importers import workbooks
from careers.importers.amounts import (
    NotAnAmount,
    amount,
    top_code_hour,
    top_code_year,
    whole,
)
from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.records import Origin
from careers.importers.sync import Changes, sync
from careers.models import GuideCode, Version, WageEstimate
from careers.soc import ALL_WORKERS, is_code

NATION = "99"
COLUMNS = (
    *("AREA", "AREA_TITLE", "PRIM_STATE", "OCC_CODE", "TOT_EMP", "H_MEDIAN"),
    *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"),
)
_YEARLY = {
    "p10": "A_PCT10",
    "p25": "A_PCT25",
    "median": "A_MEDIAN",
    "p75": "A_PCT75",
    "p90": "A_PCT90",
}
_FIELDS = (
    *("area_title", "state", "jobs", "p10", "p25", "median", "p75", "p90"),
    *("median_hourly", "top_coded"),
)


@dataclass(frozen=True, slots=True)
class Wage:
    """One code in one area; dollars a year but for `median_hourly`."""

    area: str
    area_title: str
    state: str
    soc: str
    jobs: int | None
    p10: int | None
    p25: int | None
    median: int | None
    p75: int | None
    p90: int | None
    median_hourly: Decimal | None
    top_coded: tuple[str, ...]  # names of fields above


def release_in(name: str) -> str | None:
    """ "2025-05" from BLS's file names: national_M2025_dl.xlsx, or one with the month spelled."""
    if spelled := re.search(r"(20\d\d)-(0[1-9]|1[0-2])", name):
        return spelled[0]
    may = re.search(r"M(20\d\d)", name)
    return f"{may[1]}-05" if may else None


def read_wages(path: Path, release: str) -> list[Wage]:
    """All national and state rows. Raises BadFile with the line."""
    year = int(release[:4])
    wages = []
    for line, row in read_rows(path):
        try:
            wages.append(_wage(row, year))
        except NotAnAmount as error:
            raise BadFile(path, line, str(error)) from error
    return wages


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """(line, row) of the nation and the states, in BLS's columns; a code once an area."""
    rows = _workbook_rows(path) if workbooks.is_workbook(path) else read_table(path, COLUMNS)
    found: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    for line, row in rows:
        if not re.fullmatch(r"\d\d", row["AREA"]):
            continue  # a metropolitan area has five digits or more
        if not is_code(row["OCC_CODE"]):
            raise BadFile(path, line, f"{row['OCC_CODE']!r} is not an occupation code")
        key = row["AREA"], row["OCC_CODE"]
        if key not in found or row.get("O_GROUP") == "detailed":
            found[key] = line, row  # a broad group that holds one occupation repeats it
    if not found:
        raise BadFile(path, None, "holds no row for the nation or a state")
    return list(found.values())


def _workbook_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The first sheet: a header row, then values that Excel holds as numbers or text."""
    with workbooks.opened(path) as book:
        rows = workbooks.rows(path, book, book.sheetnames[0])
    header = [str(cell) for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS if name not in header]:
        raise BadFile(path, 1, f"lacks the column {', '.join(missing)}")
    for line, row in enumerate(rows[1:], start=2):
        cells = ("" if cell is None else str(cell).strip() for cell in row)
        yield line, dict(zip(header, cells, strict=False))


def _wage(row: Mapping[str, str], year: int) -> Wage:
    nation = row["AREA"] == NATION
    top_coded = [name for name, column in _YEARLY.items() if row[column] == "#"]
    if row["H_MEDIAN"] == "#":
        top_coded.append("median_hourly")
    yearly = {
        name: top_code_year(year) if row[column] == "#" else whole(row[column])
        for name, column in _YEARLY.items()
    }
    return Wage(
        area=row["AREA"],
        area_title=row["AREA_TITLE"],
        state="" if nation else row["PRIM_STATE"],
        soc=row["OCC_CODE"],
        jobs=whole(row["TOT_EMP"]),
        median_hourly=(top_code_hour(year) if row["H_MEDIAN"] == "#" else amount(row["H_MEDIAN"])),
        top_coded=tuple(top_coded),
        **yearly,
    )


def codes_in_use() -> set[str]:
    """The codes of all guides, and all workers together."""
    return {ALL_WORKERS, *GuideCode.objects.values_list("soc", flat=True)}


def write_wages(
    wages: Iterable[Wage],
    origin: Origin,
    release: str,
    codes: Collection[str],
    report: Report = silent,
) -> Changes:
    """Only `codes` are kept. What the file is about (nation, states or both) is replaced."""
    rows = [wage for wage in wages if wage.soc in codes]
    changes = Changes()
    with transaction.atomic():
        for nation in (True, False):
            part = [wage for wage in rows if (wage.area == NATION) == nation]
            if part:
                changes += _sync(part, release, nation=nation)
        if changes.any:
            Version.objects.bump(Version.DATA)
        source = source_of(rows)
        origin.record(source, release, len(rows))
    report(f"Wages {release} ({source}): {changes}")
    return changes


def source_of(wages: Iterable[Wage]) -> str:
    """The name in ImportRecord."""
    return "oews-national" if all(wage.area == NATION for wage in wages) else "oews-state"


def _sync(part: list[Wage], release: str, *, nation: bool) -> Changes:
    scope = WageEstimate.objects.filter(release=release)
    return sync(
        scope.filter(area=NATION) if nation else scope.exclude(area=NATION),
        (_estimate(wage, release) for wage in part),
        key=["release", "area", "soc"],
        fields=_FIELDS,
    )


def _estimate(wage: Wage, release: str) -> WageEstimate:
    values: dict[str, Any] = {name: getattr(wage, name) for name in _FIELDS}
    values["top_coded"] = list(wage.top_coded)
    return WageEstimate(release=release, area=wage.area, soc=wage.soc, **values)
