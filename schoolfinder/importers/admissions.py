"""Admission rates from NCES' ADM: `adm2024.csv`. Schools with open admission are not in it."""

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

SOURCE = "ipeds-admissions"
COLUMNS = ("APPLCN", "ADMSSN")
FIELDS = ("admission_rate", "admission_year")


def import_admissions(path: Path, report: Report = silent) -> Changes:
    year = _year(path)
    return import_figures(SOURCE, year, [path], FIELDS, lambda: read_admissions(path), report)


def read_admissions(path: Path) -> Figures:
    year = _year(path)

    def values(cells: Cells) -> Values:
        return dated("admission_rate", _rate(cells), "admission_year", year)

    return read_by_school(path, Layout(COLUMNS, values))


def _year(path: Path) -> str:
    return f"fall {year_in(path, r'adm(20[0-9]{2})', 'adm2024.csv')}"


def _rate(cells: Cells) -> float | None:
    applied, admitted = cells.count("APPLCN"), cells.count("ADMSSN")
    if not applied or admitted is None:
        return None
    if admitted > applied:
        raise cells.bad("ADMSSN", f"at most {applied}, the number of those who applied,")
    return round(admitted / applied, 4)
