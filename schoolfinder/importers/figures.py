"""Writing a few columns of all schools, as most datasets do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careers.importers.files import BadFile, Row, read_table
from careers.importers.progress import Report
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers import directory
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import FEW, MOST_LOST, Release
from schoolfinder.models import School

Values = dict[str, Any]  # columns of School
Figures = dict[int, Values]  # by unitid


@dataclass(frozen=True)
class Layout:
    """The columns that a kind of file has, and how a row of it reads."""

    columns: Sequence[str]
    values: Callable[[Cells], Values]


def import_figures(
    source: str,
    label: str,
    paths: Sequence[Path],
    columns: Sequence[str],
    read: Callable[[], Figures],
    report: Report,
) -> Changes:
    """A school that the files do not have gets no figure: an old one would look like this year's.

    The first of `columns` is the one that says how many schools have figures.
    """
    if not School.objects.exists():
        raise BadFile(paths[0], None, "there are no schools yet: import the directory (HD) first")
    release = Release.of(source, label, paths, directory.SOURCE)
    return release.import_once(lambda: [_compare(paths[0], columns, read())], report)


def read_by_school(path: Path, *layouts: Layout) -> Figures:
    """One row a school, in the first of the layouts that the file has."""
    figures: Figures = {}
    layout = None
    for line, row in read_table(path, ["UNITID"]):
        layout = layout or _layout_of(path, row, layouts)
        cells = Cells(path, line, row)
        unitid = cells.unitid()
        if unitid in figures:
            raise cells.again("UNITID")
        figures[unitid] = layout.values(cells)
    if not figures:
        raise BadFile(path, None, "has no rows")
    return figures


def dated(column: str, value: float | None, year_column: str, year: str) -> Values:
    """A figure and its year; neither when it was not published."""
    return {} if value is None else {column: value, year_column: year}


def joined(*tables: Figures) -> Figures:
    """Of each column the value of the first table that has one."""
    result: Figures = {}
    for table in tables:
        for unitid, values in table.items():
            result[unitid] = values | result.get(unitid, {})
    return result


def _layout_of(path: Path, row: Row, layouts: Iterable[Layout]) -> Layout:
    lacking: list[str] = []
    for layout in layouts:
        missing = [column for column in layout.columns if column not in row]
        if not missing:
            return layout
        lacking = lacking or missing
    raise BadFile(path, 1, f"lacks the column {', '.join(lacking)}")


def _compare(path: Path, columns: Sequence[str], figures: Figures) -> Difference:
    blank = School()  # as published by nobody
    defaults = {name: getattr(blank, name) for name in columns}
    schools = list(School.objects.all())
    known = _with_figures(schools, columns[0])
    for school in schools:
        _set(school, defaults | figures.get(school.unitid, {}))
    left = _with_figures(schools, columns[0])
    if known >= FEW and left < known * (1 - MOST_LOST):
        reason = f"has figures for {left:,} schools; {known:,} have one now: is it complete?"
        raise BadFile(path, None, reason)
    return compare(School.objects.all(), schools, key=["unitid"], fields=columns, gone="keep")


def _with_figures(schools: Iterable[School], column: str) -> int:
    return sum(getattr(school, column) is not None for school in schools)


def _set(school: School, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(school, column, value)
