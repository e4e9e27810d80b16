"""Programs and their graduates from NCES' completions, C_A: `c2020_a.csv` … `c2024_a.csv`.

A program is what the newest file lists: school × 6-digit field × award level. Rules, and why:

- CIPCODE 99 is the school's total: left out, or every count would double.
- Second majors (MAJORNUM 2) are left out: a graduate with two majors counts once, in the first.
- A program without a graduate in the last three years is left out unless it is new, that is, in
  none of the earlier files: a quarter of the lines are catalogues that schools carry along.
- What the newest file no longer lists is retired, never deleted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import batched
from pathlib import Path

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers import directory, fields
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release, year_in
from schoolfinder.models import AwardLevel, Field, Program, School

SOURCE = "ipeds-completions"
COLUMNS = ("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", "CTOTALT")
FIELDS = ("graduates", "graduates_latest", "graduates_3y", "latest_year", "is_new")
TOTAL = "99"
RECENT = 3  # years that count as "lately"
MOST_YEARS = 5
# Schools compared at once: the rows of all of them together would take 400 MB.
SCHOOLS_AT_ONCE = 1000

SPLIT_IN_2020 = "1"  # AWLEVEL of older years: certificates that are 20 or 21 since
_AWARDS = frozenset(AwardLevel.values)

Key = tuple[int, str, int]  # unitid, cip, award level
Graduates = list[int | None]  # by year, oldest first; None where not listed


def import_completions(
    paths: Sequence[Path], report: Report = silent, states: Sequence[str] = ()
) -> Changes:
    """Three to five files of years that follow each other; `states` as in import_directory."""
    by_year = _in_order(paths)
    release = Release.of(
        SOURCE, str(max(by_year)), by_year.values(), directory.SOURCE, fields.SOURCE, only=states
    )
    return release.import_once(lambda: _compare(by_year, states, report), report)


def read_graduates(by_year: dict[int, Path], report: Report = silent) -> dict[Key, Graduates]:
    """Of every program that the newest file lists and that has graduates lately or is new."""
    listed: dict[Key, Graduates] = {}
    newest = max(by_year)
    for position, (year, path) in reversed(list(enumerate(by_year.items()))):
        for key, number in read_awards(path):
            if year == newest:
                listed.setdefault(key, [None] * len(by_year))
            if key in listed:
                listed[key][position] = number
        report(f"  graduates of {year}: read from {path.name}")
    return {key: years for key, years in listed.items() if _is_offered(years)}


def _in_order(paths: Sequence[Path]) -> dict[int, Path]:
    by_year = {year_in(path, r"c(20[0-9]{2})_a", "c2024_a.csv"): path for path in paths}
    years = sorted(by_year)
    if len(by_year) < len(paths) or years != list(range(years[0], years[0] + len(years))):
        raise BadFile(paths[0], None, "the completions must be of years that follow each other")
    if not RECENT <= len(years) <= MOST_YEARS:
        raise BadFile(paths[0], None, f"{RECENT} to {MOST_YEARS} years of completions are needed")
    return {year: by_year[year] for year in years}


def read_awards(path: Path) -> Iterator[tuple[Key, int]]:
    """First-major awards of one year, without the totals."""
    seen: set[Key] = set()
    for line, row in read_table(path, COLUMNS):
        if row["CIPCODE"] == TOTAL or row["MAJORNUM"] != "1" or row["AWLEVEL"] == SPLIT_IN_2020:
            continue
        cells = Cells(path, line, row)
        key = cells.unitid(), _cip(cells), _award(cells)
        if key in seen:
            raise cells.again("UNITID", "CIPCODE", "AWLEVEL")
        seen.add(key)
        yield key, cells.count("CTOTALT") or 0


def _cip(cells: Cells) -> str:
    try:
        return _checked_cip(cells.row["CIPCODE"])
    except ValueError:
        raise cells.bad("CIPCODE", "a code such as 51.3801") from None


@cache  # one text for the 200,000 mentions of 1,600 codes
def _checked_cip(cell: str) -> str:
    if not re.fullmatch(r"[0-9]{2}\.[0-9]{4}", cell):
        raise ValueError
    return cell


def _award(cells: Cells) -> int:
    award = cells.code("AWLEVEL")
    if award not in _AWARDS:
        raise cells.bad("AWLEVEL", "a level of award")
    return award


def _is_offered(years: Graduates) -> bool:
    return years[-1] is not None and (any(years[-RECENT:]) or _is_new(years))


def _is_new(years: Graduates) -> bool:
    """First listed in the latest year, and nobody has finished yet."""
    return years[-1] == 0 and all(number is None for number in years[:-1])


def _compare(by_year: dict[int, Path], states: Sequence[str], report: Report) -> list[Difference]:
    newest = max(by_year)
    schools = School.objects.filter(state__in=states) if states else School.objects.all()
    unitids = sorted(schools.values_list("unitid", flat=True))
    if not unitids:
        raise BadFile(by_year[newest], None, "there are no such schools yet: import HD first")
    graduates = read_graduates(by_year, report)
    _refuse_unknown_fields(by_year[newest], graduates)
    scope = Program.objects.filter(school__in=schools) if states else Program.objects.all()
    return [
        compare(
            scope.filter(school_id__gte=chunk[0], school_id__lte=chunk[-1]),
            _programs(graduates, set(chunk), newest),
            key=["school_id", "field_id", "award"],
            fields=FIELDS,
            gone="retire",
        )
        for chunk in batched(unitids, SCHOOLS_AT_ONCE, strict=False)
    ]


def _refuse_unknown_fields(path: Path, graduates: Iterable[Key]) -> None:
    unknown = {cip for _, cip, _ in graduates} - set(Field.objects.values_list("cip", flat=True))
    if unknown:
        raise BadFile(path, None, f"field {min(unknown)} is not known: import the CIP first")


def _programs(
    graduates: Mapping[Key, Graduates], unitids: set[int], newest: int
) -> Iterator[Program]:
    for (unitid, cip, award), years in graduates.items():
        if unitid in unitids:
            yield Program(
                school_id=unitid,
                field_id=cip,
                award=award,
                graduates=years,
                graduates_latest=years[-1],
                graduates_3y=sum(number or 0 for number in years[-RECENT:]),
                latest_year=newest,
                is_new=_is_new(years),
            )
