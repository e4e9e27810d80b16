"""Graduation rates within 150 % of normal time, of full-time first-time starters.

NCES' DRVGR (`drvgr2023.csv`), or an extract with a column a year.
"""

from pathlib import Path

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
from schoolfinder.importers.releases import year_in

SOURCE = "ipeds-graduation"
FIELDS = ("graduation_rate", "graduation_year")


def import_graduation(path: Path, report: Report = silent) -> Changes:
    year = _year(path)
    return import_figures(SOURCE, year, [path], FIELDS, lambda: read_graduation(path), report)


def read_graduation(path: Path) -> Figures:
    year = _year(path)
    return read_by_school(path, _layout(year, "GRRTTOT"), _layout(year, f"GR{year}"))


def _year(path: Path) -> str:
    pattern = r"(?:drvgr|enrollment_graduation_)(20[0-9]{2})"
    return str(year_in(path, pattern, "drvgr2023.csv"))


def _layout(year: str, column: str) -> Layout:
    def values(cells: Cells) -> Values:
        return dated("graduation_rate", cells.percent(column), "graduation_year", year)

    return Layout([column], values)
