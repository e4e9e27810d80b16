"""Earnings of a program's graduates, from the College Scorecard's field-of-study data.

`Most-Recent-Cohorts-Field-of-Study_05192025.csv` and `FieldOfStudyData1920_2021_PP.csv` as the
Education Department ships them, or extracts with the same columns. A row is a school × 4-digit
CIP × credential; the code has no dot, and may lose its leading zero in a spreadsheet.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers import directory, fields
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release, release_in
from schoolfinder.models import Field, ProgramEarnings, School

SOURCE = "scorecard-programs"
COLUMNS = ("UNITID", "CIPCODE", "CREDLEV")
EARNINGS = {"EARN_MDN_1YR": "after_1y", "EARN_MDN_4YR": "after_4y", "EARN_MDN_5YR": "after_5y"}
FIELDS = (*EARNINGS.values(), "is_shared", "source")
CREDENTIALS = range(1, 9)

Key = tuple[int, str, int]  # unitid, cip4, credential


def import_field_of_study(paths: Sequence[Path], report: Report = silent) -> Changes:
    newest_first = sorted(paths, key=_release, reverse=True)
    release = Release.of(
        SOURCE, _release(newest_first[0]), newest_first, directory.SOURCE, fields.SOURCE
    )
    return release.import_once(lambda: [_compare(newest_first, report)], report)


def read_earnings(path: Path) -> Iterator[tuple[Key, dict[str, int]]]:
    """Rows with at least one amount; of schools in the United States."""
    seen: set[Key] = set()
    for line, row in read_table(path, COLUMNS):
        columns = EARNINGS.keys() & row.keys()
        if not columns:
            raise BadFile(path, 1, f"lacks the column {', '.join(EARNINGS)}")
        if not re.fullmatch(r"[0-9]{6}", row["UNITID"]):
            continue  # NA, or eight digits: schools abroad
        cells = Cells(path, line, row)
        key = cells.unitid(), _cip4(cells), _credential(cells)
        if key in seen:
            raise cells.again(*COLUMNS)
        seen.add(key)
        amounts = {EARNINGS[name]: cells.dollars(name) for name in sorted(columns)}
        if any(amounts.values()):
            yield key, {name: amount for name, amount in amounts.items() if amount}


def _compare(paths: Sequence[Path], report: Report) -> Difference:
    """Of several releases the newest amount of each kind."""
    amounts: dict[Key, dict[str, int]] = {}
    sources: dict[Key, list[str]] = defaultdict(list)
    for path in paths:
        for key, found in read_earnings(path):
            amounts[key] = found | amounts.get(key, {})
            sources[key].insert(0, _release(path))
    known = _of_known_schools_and_fields(amounts)
    report(f"  {len(amounts) - len(known):,} of schools or fields that are no more: left out")
    shared = _shared(known)
    rows = (
        ProgramEarnings(
            school_id=unitid,
            cip4=cip4,
            credential=credential,
            is_shared=(unitid, cip4, credential) in shared,
            source=", ".join(sources[unitid, cip4, credential]),
            **found,
        )
        for (unitid, cip4, credential), found in known.items()
    )
    return compare(
        ProgramEarnings.objects.all(),
        rows,
        key=["school_id", "cip4", "credential"],
        fields=FIELDS,
    )


def _of_known_schools_and_fields(
    amounts: dict[Key, dict[str, int]],
) -> dict[Key, dict[str, int]]:
    """Schools close between the cohort and today; some groups are of CIP 2010 (51.16 Nursing)."""
    schools = set(School.objects.values_list("unitid", flat=True))
    groups = set(Field.objects.filter(level=4).values_list("cip", flat=True))
    return {key: found for key, found in amounts.items() if key[0] in schools and key[1] in groups}


def _shared(amounts: dict[Key, dict[str, int]]) -> set[Key]:
    """Earnings are reckoned per six-digit OPEID and repeated on every branch campus."""
    opeids = dict(School.objects.exclude(opeid="").values_list("unitid", "opeid"))
    alike: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key, found in amounts.items():
        if opeid := opeids.get(key[0]):
            alike[opeid[:6], *key[1:], *sorted(found.items())].append(key)
    return {key for keys in alike.values() if len(keys) > 1 for key in keys}


def _cip4(cells: Cells) -> str:
    cell = cells.row["CIPCODE"]
    if not re.fullmatch(r"[0-9]{3,4}", cell):
        raise cells.bad("CIPCODE", "four digits")
    digits = cell.zfill(4)
    return f"{digits[:2]}.{digits[2:]}"


def _credential(cells: Cells) -> int:
    credential = cells.code("CREDLEV")
    if credential is None or credential not in CREDENTIALS:
        raise cells.bad("CREDLEV", "1 to 8")
    return credential


def _release(path: Path) -> str:
    """FieldOfStudyData1920_2021 pools the award years 2019-20 and 2020-21: "2019-21"."""
    found = re.search(r"(?<![0-9])([0-9]{2})[0-9]{2}_20([0-9]{2})(?![0-9])", path.name)
    return f"20{found[1]}-{found[2]}" if found else release_in(path)
