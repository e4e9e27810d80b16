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
# In state, out of state; where there are several columns the later ones fill gaps of the first.
LAYOUTS = (
    (("CHG2AY3",), ("CHG3AY3",)),
    (("chg2ay3",), ("chg3ay3",)),  # so the dictionary of COST1 writes them
    (
        ("TUITION_FEES_IN_STATE", "ALT_IN_STATE"),
        ("TUITION_FEES_OUT_OF_STATE", "ALT_OUT_OF_STATE"),
    ),
)
FIELDS = ("tuition_in", "tuition_out", "tuition_year")


def import_tuition(path: Path, report: Report = silent) -> Changes:
    year = _year(path)
    return import_figures(SOURCE, year, [path], FIELDS, lambda: read_tuition(path), report)


def read_tuition(path: Path) -> Figures:
    year = _year(path)
    layouts = [Layout([*i, *o], partial(_values, i, o, year)) for i, o in LAYOUTS]
    return read_by_school(path, *layouts)


def _values(
    in_state: Sequence[str], out_of_state: Sequence[str], year: str, cells: Cells
) -> Values:
    tuition_in, tuition_out = _first(cells, in_state), _first(cells, out_of_state)
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
