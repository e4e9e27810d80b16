"""BLS's Employment Projections: what each edition expects of an occupation, and workers' schooling.

Official layouts: the workbook `occupation.xlsx` (tables 1.2 or 1.7, 1.10, 5.3; headers differ by
edition, so columns are found by their words) and the CSV of the projections data page. The embedded
slices hold all editions in one table. Employment and openings come in thousands.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from careers.importers import workbooks
from careers.importers.amounts import NotAnAmount, amount, is_top_coded, thousands, whole
from careers.importers.files import BadFile, Row, read_table
from careers.importers.progress import Report, silent
from careers.importers.records import Origin
from careers.importers.sync import Changes, sync
from careers.importers.workbooks import Cells
from careers.models import Attainment, Edition, Projection, SocSuccession, Version
from careers.soc import ALL_WORKERS, is_code

SOURCE = "projections"  # names in ImportRecord
SUCCESSION = "soc-succession"
SUCCESSION_COLUMNS = ("SOCCode2010", "SOCCode2018")
_SPAN = re.compile(r"(20\d\d)\s*[–-]\s*(?:20)?(\d\d)")
_FOOTNOTE = re.compile(r"\s*[(\[]\d+[)\]]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One occupation of one edition; jobs, not thousands."""

    soc: str
    title: str
    jobs: int | None
    jobs_projected: int | None
    growth: Decimal | None
    openings: int | None
    exits: int | None
    transfers: int | None
    change_yearly: int | None
    median_pay: int | None
    median_top_coded: bool
    wage_year: int | None


@dataclass(frozen=True, slots=True)
class Schooling:
    """Percent of workers aged 25 and over, by what they have finished."""

    soc: str
    less_than_high_school: Decimal
    high_school: Decimal
    some_college: Decimal
    associate: Decimal
    bachelor: Decimal
    master: Decimal
    doctoral: Decimal


@dataclass(frozen=True, slots=True)
class Projections:
    base_year: int
    projection_year: int
    growth_all: Decimal | None
    median_pay_all: int | None
    lines: tuple[Line, ...]
    schooling: tuple[Schooling, ...] = field(default=())

    @property
    def label(self) -> str:
        return f"{self.base_year}-{self.projection_year % 100:02}"


LINE = tuple(one.name for one in fields(Line))
SCHOOLING = tuple(one.name for one in fields(Schooling))


def read_projections(path: Path) -> Projections:
    """Of either official layout. Raises BadFile."""
    return read_workbook(path) if workbooks.is_workbook(path) else read_download(path)


# The workbook --------------------------------------------------------------------------------


def read_workbook(path: Path) -> Projections:
    with workbooks.opened(path) as book:
        main = next(
            (
                rows
                for sheet in ("Table 1.2", "Table 1.7")
                if sheet in book.sheetnames
                and _finds(rows := workbooks.rows(path, book, sheet), "median annual wage")
            ),
            None,
        )
        if main is None:
            raise BadFile(path, None, "has no table with jobs, openings and median pay")
        causes = _causes(path, workbooks.rows(path, book, "Table 1.10"))
        schooling: tuple[Schooling, ...] = ()
        if "Table 5.3" in book.sheetnames:
            schooling = tuple(_schooling(path, workbooks.rows(path, book, "Table 5.3")))
    base, target = _span(path, str(main[0][0]))
    lines = tuple(_workbook_lines(path, main, causes))
    return _projections(base, target, lines, schooling)


def _finds(rows: list[Cells], words: str) -> bool:
    return any(words in column for column in _header(rows))


def _header(rows: list[Cells]) -> list[str]:
    """Of the rows between the title and the first code."""
    first = next((at for at, row in enumerate(rows) if _code_in(row)), len(rows))
    return workbooks.header_of(rows[1:first])


def _code_in(row: Cells) -> str | None:
    text = str(row[1]).strip() if len(row) > 1 else ""
    return text if is_code(text) else None


def _column(path: Path, header: list[str], pattern: str) -> int:
    for at, text in enumerate(header):
        if re.search(pattern, text):
            return at
    raise BadFile(path, None, f"has no column that reads like “{pattern}”")


def _causes(path: Path, rows: list[Cells]) -> dict[str, tuple[int | None, int | None]]:
    """SOC code → (exits, transfers) a year, of table 1.10."""
    header = _header(rows)
    exits = _column(path, header, r"separations, .*labor force exits$|^labor force exits, ")
    transfers = _column(
        path, header, r"separations, .*occupational transfers$|^occupational transfers, "
    )
    return {
        code: (thousands(row[exits]), thousands(row[transfers]))
        for row in rows
        if (code := _code_in(row))
    }


def _workbook_lines(
    path: Path, rows: list[Cells], causes: dict[str, tuple[int | None, int | None]]
) -> Iterator[Line]:
    header = _header(rows)
    base, target = _span(path, str(rows[0][0]))
    kind = _column(path, header, "type")
    jobs = _column(path, header, rf"^employment,? {base}$")
    projected = _column(path, header, rf"^employment,? {target}$")
    change = _column(path, header, r"^employment change,.*\bnum")
    growth = _column(path, header, r"^employment change,.*\bpercent")
    openings = _column(path, header, "openings")
    median = _column(path, header, "median annual wage")
    wage_year = re.search(r"20\d\d", header[median])
    for at, row in enumerate(rows, start=1):
        code = _code_in(row)
        if code is None or (row[kind] != "Line item" and code != ALL_WORKERS):
            continue
        exits, transfers = causes.get(code, (None, None))
        try:
            yield _line(
                code,
                str(row[0]),
                row[jobs],
                row[projected],
                row[growth],
                row[change],
                row[openings],
                row[median],
                wage_year=int(wage_year[0]) if wage_year else None,
                exits=exits,
                transfers=transfers,
            )
        except NotAnAmount as error:
            raise BadFile(path, at, str(error)) from error


def _schooling(path: Path, rows: list[Cells]) -> Iterator[Schooling]:
    for at, row in enumerate(rows, start=1):
        code = _code_in(row)
        if code is None:
            continue
        try:
            parts = [amount(cell) for cell in row[2:9]]
        except NotAnAmount as error:
            raise BadFile(path, at, str(error)) from error
        if None not in parts:
            yield Schooling(code, *(part for part in parts if part is not None))


# The download of the data page ---------------------------------------------------------------


def read_download(path: Path) -> Projections:
    rows = list(read_table(path, ("Occupation Title", "Occupation Code")))
    header = list(rows[0][1]) if rows else []
    years = [int(m[1]) for name in header if (m := re.fullmatch(r"Employment (20\d\d)", name))]
    if len(years) != 2:
        raise BadFile(path, 1, "has no columns “Employment” of two years")
    base, target = years
    span = f"{base}-{target}"
    openings = f"Occupational Openings, {span} Annual Average"
    wage = next((name for name in header if name.startswith("Median Annual Wage")), "")
    missing = [name for name in (openings, wage) if name not in header]
    if missing:
        raise BadFile(path, 1, f"lacks the column {missing[0] or 'Median Annual Wage'}")
    lines = []
    for line, row in rows:
        try:
            lines.append(_download_line(row, base, target, openings, wage))
        except NotAnAmount as error:
            raise BadFile(path, line, str(error)) from error
    return _projections(base, target, tuple(lines), ())


def _download_line(row: Row, base: int, target: int, openings: str, wage: str) -> Line:
    code = row["Occupation Code"]
    if not is_code(code):
        raise NotAnAmount(f"{code!r} is not an occupation code")
    return _line(
        code,
        row["Occupation Title"].split("  *")[0],  # other job titles follow
        row[f"Employment {base}"],
        row[f"Employment {target}"],
        row.get(f"Employment Percent Change, {base}-{target}", ""),
        row.get(f"Employment Change, {base}-{target}", ""),
        row[openings],
        row[wage],
        wage_year=int(wage[-4:]),
        exits=None,
        transfers=None,
    )


def _line(
    code: str,
    title: str,
    jobs: Any,
    projected: Any,
    growth: Any,
    change: Any,
    openings: Any,
    median: Any,
    *,
    wage_year: int | None,
    exits: int | None,
    transfers: int | None,
) -> Line:
    over_decade = thousands(change)
    return Line(
        soc=code,
        title=_FOOTNOTE.sub("", " ".join(title.split())),
        jobs=thousands(jobs),
        jobs_projected=thousands(projected),
        growth=_tenth(amount(growth)),
        openings=thousands(openings),
        exits=exits,
        transfers=transfers,
        change_yearly=None if over_decade is None else round(over_decade / 10),
        median_pay=whole(median),
        median_top_coded=is_top_coded(median),
        wage_year=wage_year,
    )


def _tenth(number: Decimal | None) -> Decimal | None:
    return number if number is None else number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _span(path: Path, text: str) -> tuple[int, int]:
    found = _SPAN.search(text)
    if not found:
        raise BadFile(path, 1, f"{text[:80]!r} names no span of years")
    return int(found[1]), 2000 + int(found[2])


def _projections(
    base: int, target: int, lines: tuple[Line, ...], schooling: tuple[Schooling, ...]
) -> Projections:
    """All occupations: their own line, else (the data page has none) the sum of all lines."""
    total = next((line for line in lines if line.soc == ALL_WORKERS), None)
    median = None
    if total is None:
        growth = _summed_growth(lines)
    else:
        growth = total.growth
        median = total.median_pay if total.wage_year == base else None
    return Projections(base, target, growth, median, lines, schooling)


def _summed_growth(lines: Iterable[Line]) -> Decimal | None:
    pairs = [(line.jobs, line.jobs_projected) for line in lines]
    now = sum(jobs for jobs, later in pairs if jobs and later)
    then = sum(later for jobs, later in pairs if jobs and later)
    return _tenth(Decimal(100) * (then - now) / now) if now else None


# The embedded slices -------------------------------------------------------------------------

EDITIONS_FILE = "editions.csv"
LINES_FILE = "projections.csv.xz"
SCHOOLING_FILE = "attainment.csv.xz"
SUCCESSION_FILE = "soc_2010_to_2018.csv"
FILES = (EDITIONS_FILE, LINES_FILE, SCHOOLING_FILE, SUCCESSION_FILE)
EDITION_COLUMNS = ("base_year", "projection_year", "growth_all", "median_pay_all")


def read_slices(folder: Path) -> list[Projections]:
    """All embedded editions, oldest first."""
    lines = _by_edition(folder / LINES_FILE, Line, _slice_line)
    schooling = _by_edition(folder / SCHOOLING_FILE, Schooling, _slice_schooling)
    return [
        Projections(
            base := int(row["base_year"]),
            target := int(row["projection_year"]),
            amount(row["growth_all"]),
            whole(row["median_pay_all"]),
            tuple(lines.get(label := f"{base}-{target % 100:02}", ())),
            tuple(schooling.get(label, ())),
        )
        for _, row in read_table(folder / EDITIONS_FILE, EDITION_COLUMNS)
    ]


def _by_edition[T](path: Path, kind: type[T], convert: Callable[[Row], T]) -> dict[str, list[T]]:
    columns = ("edition", *(one.name for one in fields(kind)))  # type: ignore[arg-type]
    found: dict[str, list[T]] = {}
    for line, row in read_table(path, columns):
        try:
            found.setdefault(row["edition"], []).append(convert(row))
        except NotAnAmount as error:
            raise BadFile(path, line, str(error)) from error
    return found


def _slice_line(row: Row) -> Line:
    whole_numbers = {name: whole(row[name]) for name in LINE if name not in ("soc", "title")}
    rest = {"growth": amount(row["growth"]), "median_top_coded": bool(row["median_top_coded"])}
    return Line(soc=row["soc"], title=row["title"], **(whole_numbers | rest))  # type: ignore[arg-type]


def _slice_schooling(row: Row) -> Schooling:
    return Schooling(row["soc"], *(amount(row[name]) or Decimal(0) for name in SCHOOLING[1:]))


def read_succession(path: Path) -> list[tuple[str, str]]:
    """(SOC 2010 code, SOC 2018 code): BLS's crosswalk; splits and merges give several rows."""
    found: dict[tuple[str, str], None] = {}
    for line, row in read_table(path, SUCCESSION_COLUMNS):
        pair = row["SOCCode2010"], row["SOCCode2018"]
        if not all(map(is_code, pair)):
            raise BadFile(path, line, f"{pair} are not two SOC codes")
        found[pair] = None
    return list(found)


# Writing -------------------------------------------------------------------------------------


def write_projections(projections: Projections, origin: Origin, report: Report = silent) -> Changes:
    """Schooling that the file does not have leaves what is there."""
    with transaction.atomic():
        edition, changes = _edition(projections)
        changes += _sync_of(edition, Projection, projections.lines, LINE)
        if projections.schooling:
            changes += _sync_of(edition, Attainment, projections.schooling, SCHOOLING)
        if changes.any:
            Version.objects.bump(Version.DATA)
        origin.record(SOURCE, projections.label, len(projections.lines))
    report(f"Projections {edition.label}: {changes}")
    return changes


def _edition(projections: Projections) -> tuple[Edition, Changes]:
    """The growth of all occupations is this file's to say: the handbook rounds it."""
    edition, is_new = Edition.objects.get_or_create(
        base_year=projections.base_year, projection_year=projections.projection_year
    )
    wanted = {
        "growth_all": projections.growth_all,
        "median_pay_all": projections.median_pay_all or edition.median_pay_all,
    }
    differs = {name for name, value in wanted.items() if getattr(edition, name) != value}
    for name in differs:
        setattr(edition, name, wanted[name])
    if differs:
        edition.save(update_fields=differs)
    changed = int(bool(differs) and not is_new)
    return edition, Changes(added=int(is_new), changed=changed, same=1 - changed - int(is_new))


def _sync_of(
    edition: Edition, model: type[Any], rows: Iterable[Any], names: tuple[str, ...]
) -> Changes:
    return sync(
        model.objects.filter(edition=edition),
        (model(edition=edition, **{name: getattr(row, name) for name in names}) for row in rows),
        key=["edition_id", "soc"],
        fields=[name for name in names if name != "soc"],
    )


def write_succession(
    pairs: list[tuple[str, str]], origin: Origin, report: Report = silent
) -> Changes:
    with transaction.atomic():
        changes = sync(
            SocSuccession.objects.all(),
            (SocSuccession(soc_2010=old, soc_2018=new) for old, new in pairs),
            key=["soc_2010", "soc_2018"],
            fields=[],
        )
        if changes.any:
            Version.objects.bump(Version.DATA)
        origin.record(SUCCESSION, "", len(pairs))
    report(f"SOC 2010 to 2018: {changes}")
    return changes
