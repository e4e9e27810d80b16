"""Who is admitted, and what is offered online, from NCES' IC: `ic2024.csv`.

There is no flag for a single program: "online" is a statement about a school.
"""

from pathlib import Path

from careers.importers.progress import Report, silent
from careers.importers.sync import Changes
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.figures import Figures, Layout, Values, import_figures, read_by_school
from schoolfinder.importers.releases import school_year, year_in

SOURCE = "ipeds-offerings"
COLUMNS = ("OPENADMP", "DISTPGS", "DISTNCED")
FIELDS = ("offers_online", "all_online", "open_admission")


def import_offerings(path: Path, report: Report = silent) -> Changes:
    label = school_year(year_in(path, r"ic(20[0-9]{2})(?!_)", "ic2024.csv"))
    return import_figures(SOURCE, label, [path], FIELDS, lambda: read_offerings(path), report)


def read_offerings(path: Path) -> Figures:
    return read_by_school(path, Layout(COLUMNS, _values))


def _values(cells: Cells) -> Values:
    """−2 where the question was not put: to purely graduate schools, and about no courses."""
    row = cells.row
    return {
        "open_admission": {"1": True, "2": False}.get(row["OPENADMP"]),
        "offers_online": {"1": True, "0": False}.get(row["DISTPGS"]),
        "all_online": {"1": True, "2": False}.get(row["DISTNCED"]),
    }
