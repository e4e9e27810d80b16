"""Workbooks in BLS's layouts, in our own words."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = Iterable[Sequence[Any]]


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def new_layout(path: Path) -> Path:
    """As of 2024–34: one header row, titles indented, a summary line that is not an occupation."""
    span = "2024–34"
    return write_workbook(
        path,
        {
            "Table 1.2": [
                [f"Table 1.2 Occupational projections, {span} (Employment in thousands)"],
                [
                    *("2024 Matrix title", "2024 Matrix code", "Occupation type"),
                    *("Employment, 2024", "Employment, 2034"),
                    *("Employment distribution, percent, 2024", "… percent, 2034"),
                    *(f"Employment change, numeric, {span}", f"Employment change, percent, {span}"),
                    f"Occupational openings, {span} annual average",
                    "Median annual wage, dollars, 2024[1]",
                ],
                ["Total, all", "00-0000", "Summary", 169956.1, 175167.9, 1, 1, 5211.8, 3.1, 18863.3,
                 49500],
                ["  Planning", "11-9000", "Summary", 500, 501, 1, 1, 1, 0.2, 40, 70000],
                ["    Ward planners", "11-9111", "Line item", 309.4, 322.7, 0.2, 0.2, 13.3, 4.3,
                 22.2, ">=$239,200"],
                ["    Lamp lighters[2]", "47-2111", "Line item", 1.5, 1.2, 0, 0, -0.3, -21.9, 0.1,
                 "—"],
                ["Footnotes:"],
            ],
            "Table 1.10": [
                [f"Table 1.10 Separations, projected {span}"],
                [
                    *("2024 Matrix title", "2024 Matrix code", "Occupation type"),
                    f"Labor force exit rate, {span} annual average",
                    f"Occupational transfer rate, {span} annual average",
                    f"Labor force exits, {span} annual average",
                    f"Occupational transfers, {span} annual average",
                ],
                ["Total, all", "00-0000", "Summary", 4.7, 5.9, 8155, 10187.1],
                ["    Ward planners", "11-9111", "Line item", 3, 3.6, 9.5, 11.4],
            ],
        },
    )  # fmt: skip


def old_layout(path: Path) -> Path:
    """As of 2019–29 and before: merged headers over two rows; wages of the year after."""
    return write_workbook(
        path,
        {
            "Table 1.2": [["Table 1.2 Employment, 2016 and projected 2026"]],
            "Table 1.7": [
                ["Table 1.7 Occupational projections, 2016-26, and worker characteristics"],
                ["2016 Matrix title and code", None, "Occupation\ntype", "Employment", None,
                 "Employment Change, 2016-26", None, "Percent self employed, 2016",
                 "Occupational openings, 2016-26 annual average", "Median annual wage, 2017(1)"],
                [None, None, None, 2016, 2026, "Number", "Percent", None, None, None],
                ["Total, all", "00-0000", "Summary", 100, 107.4, 7.4, 7.4, 6.1, 18.7, 37690],
                ["Ward planners(1)", "11-9111", "Line item", 10, 11, 1, 10, 6, 2, 61000],
            ],
            "Table 1.10": [
                ["Table 1.10 Separations and openings, projected 2016-26"],
                ["2016 Matrix title and code", None, "Occupation\ntype",
                 "Occupational separations rate, 2016-26 annual average", None,
                 "Occupational separations, 2016-26 annual average", None],
                [None, None, None, "Labor force exits", "Occupational transfers",
                 "Labor force exits", "Occupational transfers"],
                ["Ward planners", "11-9111", "Line item", 4.7, 6.2, 0.8, 1.1],
            ],
            "Table 5.3": [
                ["Table 5.3 Educational attainment, 2016"],
                ["2016 Matrix title and code", None, "Less than high school diploma",
                 "High school", "Some college", "Associate's", "Bachelor's", "Master's", "Doctor"],
                ["Ward planners(1)", "11-9111", 1.5, 8.5, 15, 10, 35, 24, 6],
                ["Lamp lighters", "47-2111", "—", "—", "—", "—", "—", "—", "—"],
                ["Footnotes:", None],
            ],
        },
    )  # fmt: skip
