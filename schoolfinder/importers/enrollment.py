"""How many students a school has, and how many of them study only online.

NCES' DRVEF (`drvef2023.csv`, fall headcount) and EFFY_DIST (`effy2024_dist.csv`, twelve months up
to June of the year in the name), or extracts of both.
"""

from pathlib import Path

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.figures import (
    Figures,
    Layout,
    Values,
    dated,
    import_figures,
    read_by_school,
)
from schoolfinder.importers.releases import school_year, year_in

SOURCE = "ipeds-enrollment"
DISTANCE_SOURCE = "ipeds-distance"
FIELDS = ("students", "students_year")
DISTANCE_FIELDS = ("online_share", "online_year")
DISTANCE_COLUMNS = ("EFFYDLEV", "EFYDETOT", "EFYDEEXC")
ALL_STUDENTS = "1"  # EFFYDLEV: the other levels are parts of it


def import_enrollment(path: Path, report: Report = silent) -> Changes:
    year = _fall(path)
    return import_figures(SOURCE, year, [path], FIELDS, lambda: read_enrollment(path), report)


def import_distance(path: Path, report: Report = silent) -> Changes:
    year = school_year(_ended(path) - 1)
    return import_figures(
        DISTANCE_SOURCE, year, [path], DISTANCE_FIELDS, lambda: read_distance(path), report
    )


def read_enrollment(path: Path) -> Figures:
    year = _fall(path)
    return read_by_school(path, _headcount(year, "ENRTOT"), _headcount(year, "ENR_TOTAL"))


def read_distance(path: Path) -> Figures:
    ended = _ended(path)
    if path.name.lower().startswith("effy"):
        return _read_official(path, school_year(ended - 1))
    return read_by_school(path, _extract(ended))


def _fall(path: Path) -> str:
    pattern = r"(?:drvef|enrollment_graduation_)(20[0-9]{2})"
    return f"fall {year_in(path, pattern, 'drvef2023.csv')}"


def _ended(path: Path) -> int:
    """The year in whose June the twelve months ended."""
    pattern = r"(?:effy|distance_enrollment_20[0-9]{2}-)(20[0-9]{2})"
    return year_in(path, pattern, "effy2024_dist.csv")


def _read_official(path: Path, label: str) -> Figures:
    """One row a school and level of student."""
    figures: Figures = {}
    for line, row in read_table(path, ["UNITID", *DISTANCE_COLUMNS]):
        cells = Cells(path, line, row)
        unitid = cells.unitid()
        if row["EFFYDLEV"] == ALL_STUDENTS:
            if unitid in figures:
                raise cells.again("UNITID", "EFFYDLEV")
            figures[unitid] = _share(cells, "EFYDETOT", "EFYDEEXC", label)
    if not figures:
        raise BadFile(path, None, f"has no rows with EFFYDLEV {ALL_STUDENTS}")
    return figures


def _headcount(year: str, column: str) -> Layout:
    def values(cells: Cells) -> Values:
        return dated("students", cells.count(column), "students_year", year)

    return Layout([column], values)


def _extract(ended: int) -> Layout:
    label = school_year(ended - 1)
    total, online = f"TOTAL_ENROLL_{ended}", f"DE_ENROLL_{ended}"
    return Layout([total, online], lambda cells: _share(cells, total, online, label))


def _share(cells: Cells, total: str, online: str, label: str) -> Values:
    """Empty where no course is given online: nobody studies only online there."""
    students, remote = cells.count(total), cells.count(online) or 0
    if not students:
        return {}
    if remote > students:
        raise cells.bad(online, f"at most {students}, the number of all students,")
    return dated("online_share", round(remote / students, 4), "online_year", label)
