"""What a year costs, who comes back and what entrants earn, from the College Scorecard.

`Most-Recent-Cohorts-Institution_05192025.csv` as the Education Department ships it, or extracts
whose names say the release: `institution_2026-02.csv`. The files do not say which years a figure is
of, so a figure carries its release; where releases differ the newest counts.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.figures import Figures, Values, dated, import_figures, joined
from schoolfinder.importers.releases import release_in

SOURCE = "scorecard-schools"
# NPT4 stands in one column for public and one for private schools; an extract has one for both.
NET_PRICE = ("NPT4_PUB", "NPT4_PRIV", "NET_PRICE")
RETENTION = ("RET_FT4", "RET_FTL4")  # four-year schools, others
EARNINGS = "MD_EARN_WNE_P10"
COLUMNS = (*NET_PRICE, *RETENTION, EARNINGS)  # a file has at least one of them
FIELDS = (
    "earnings_10y",
    "earnings_year",
    "net_price",
    "net_price_year",
    "retention_rate",
    "retention_year",
)


def import_scorecard(paths: Sequence[Path], report: Report = silent) -> Changes:
    newest_first = sorted(paths, key=release_in, reverse=True)

    def read() -> Figures:
        return joined(*(read_institutions(path) for path in newest_first))

    label = release_in(newest_first[0])
    return import_figures(SOURCE, label, newest_first, FIELDS, read, report)


def read_institutions(path: Path) -> Figures:
    """A school may stand in several lines of an extract by field: they say the same."""
    year = f"release {release_in(path)}"
    figures: Figures = {}
    for line, row in read_table(path, ["UNITID"]):
        if not row.keys() & set(COLUMNS):
            raise BadFile(path, 1, f"lacks the columns {', '.join(COLUMNS)}")
        cells = Cells(path, line, row)
        if re.fullmatch(r"[0-9]{6}", row["UNITID"]):  # foreign ones have eight digits or NA
            figures[cells.unitid()] = _values(cells, year)
    if not figures:
        raise BadFile(path, None, "has no rows of schools")
    return figures


def _values(cells: Cells, year: str) -> Values:
    return {
        **dated("net_price", _net_price(cells), "net_price_year", year),
        **dated("retention_rate", _retention(cells), "retention_year", year),
        **dated("earnings_10y", _earnings(cells), "earnings_year", year),
    }


def _net_price(cells: Cells) -> int | None:
    prices = (cells.net_price(name) for name in NET_PRICE if name in cells.row)
    return next((price for price in prices if price is not None), None)


def _retention(cells: Cells) -> float | None:
    shares = (cells.share(name) for name in RETENTION if name in cells.row)
    return next((share for share in shares if share is not None), None)


def _earnings(cells: Cells) -> int | None:
    return cells.dollars(EARNINGS) if EARNINGS in cells.row else None
