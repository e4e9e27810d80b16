"""Published tuition and required fees of full-time undergraduates.

NCES' IC_AY (`ic2023_ay.csv`) and, from 2024-25 on, COST1 (`cost1_2024.csv`) name the columns
CHG2AY3 and CHG3AY3. Schools that charge by program, as most cosmetology schools do, have none.
"""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from careers.importers.files import BadFile
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.figures import Figures, Layout, Values, import_figures, read_by_school
from schoolfinder.importers.releases import school_year

SOURCE = "ipeds-tuition"
# In state, then out of state. The extract's ALT columns fill its gaps (122 schools).
COLUMNS = (
    ("CHG2AY3", "CHG3AY3"),
    ("TUITION_FEES_IN_STATE", "ALT_IN_STATE", "TUITION_FEES_OUT_OF_STATE", "ALT_OUT_OF_STATE"),
)
FIELDS = ("tuition_in", "tuition_out", "tuition_year")


def import_tuition(path: Path, report: Report = silent) -> Changes:
    year = _year(path)
    return import_figures(SOURCE, year, [path], FIELDS, lambda: read_tuition(path), report)


def read_tuition(path: Path) -> Figures:
    year = _year(path)
    layouts = [Layout(columns, partial(_values, columns, year)) for columns in COLUMNS]
    return read_by_school(path, *layouts)


def _values(columns: Sequence[str], year: str, cells: Cells) -> Values:
    """Each amount from the first of its columns that has one."""
    half = len(columns) // 2
    tuition_in = _first(cells, columns[:half])
    tuition_out = _first(cells, columns[half:])
    if tuition_in is None and tuition_out is None:
        return {}
    return {"tuition_in": tuition_in, "tuition_out": tuition_out, "tuition_year": year}


def _first(cells: Cells, columns: Sequence[str]) -> int | None:
    return next((amount for name in columns if (amount := cells.dollars(name))), None)


def _year(path: Path) -> str:
    """ic2023_ay, cost1_2024, tuition_2023-24: the year in which the school year began."""
    found = re.match(r"(?:ic|cost1_|tuition_)(20[0-9]{2})", path.name.lower())
    if not found:
        raise BadFile(path, None, "its name must say the year, as ic2023_ay.csv does")
    return school_year(int(found[1]))
