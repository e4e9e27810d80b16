"""A small embedded edition of our own words, in the layout of `fixtures/`: two guides."""

from pathlib import Path

from careers.importers import job_titles, oews, projections
from careers.importers.ooh_csv import write_csv, write_slices
from careers.importers.ooh_xml import read_handbook
from tests.careers.importers.handbook_xml import this_edition
from tests.careers.plain_files import plain_file, write_edition

FIVE = ("34100", "47000", "61250", "82000", "102300")


def write_embedded(folder: Path) -> Path:
    """Ward planners (901, 11-9111) and lamp lighters (902, 47-2111)."""
    header = {"slug": "ward-planners", "profile": "901"}
    write_edition(folder, plain_file(**header))
    _handbook(folder)
    _taxonomy(folder)
    _projections(folder / "projections")
    _wages(folder / "oews")
    (folder / "onet").mkdir()
    write_csv(
        folder / "onet/onet-29.3-alternate-titles.tsv.xz",
        job_titles.ONET_COLUMNS,
        [("11-9111.00", "Bed Planner"), ("47-2111.00", "Wick Trimmer")],
        delimiter="\t",
    )
    return folder


def _handbook(folder: Path) -> None:
    official = this_edition(folder / "handbook.xml")
    write_slices(read_handbook(official), folder / "ooh")
    write_csv(
        folder / "ooh/job_titles.csv.xz",
        job_titles.INDEX_COLUMNS,
        [("901", "Chief of Beds"), ("902", "3rd Lighter")],
    )


def _taxonomy(folder: Path) -> None:
    tables = {
        "clusters.csv": ["cluster,title,summary", "health,Health careers,All of it"],
        "topics.csv": ["cluster,topic,title", "health,wards,Wards", "health,lamps,Lamps"],
        "group_topics.csv": [
            "group,title,topic",
            "healthcare,Healthcare,wards",
            "management,Management,lamps",
            "production,Production,lamps",
        ],
        "guide_topics.csv": [
            "guide,profile,topic,more_topics",
            "ward-planners,901,wards,lamps",
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join([*lines, ""]))


def _projections(folder: Path) -> None:
    folder.mkdir()
    write_csv(
        folder / projections.EDITIONS_FILE,
        projections.EDITION_COLUMNS,
        [(2019, 2029, "3.7", 39810), (2024, 2034, "3.1", 49500)],
    )
    line = ("11-9111", "Ward planners", 120400, 126400, "5.0", 9300, 4100, 4600, 600, 61250, "")
    write_csv(
        folder / projections.LINES_FILE,
        ("edition", *projections.LINE),
        [("2019-29", *line, 2019), ("2024-34", *line, 2024)],
    )
    write_csv(
        folder / projections.SCHOOLING_FILE,
        ("edition", *projections.SCHOOLING),
        [("2019-29", "11-9111", "1.5", "8.5", 15, 10, 35, 24, 6)],
    )
    write_csv(
        folder / projections.SUCCESSION_FILE,
        projections.SUCCESSION_COLUMNS,
        [("11-9111", "11-9111")],
    )


def _wages(folder: Path) -> None:
    folder.mkdir()
    for name, areas in {
        "oews-2024-05-national.csv": [("99", "U.S.", "US")],
        "oews-2025-05-national.csv": [("99", "U.S.", "US")],
        "oews-2025-05-state.csv.xz": [("36", "New York", "NY"), ("01", "Alabama", "AL")],
    }.items():
        rows = [
            (*area, soc, 1200, "29.45", *FIVE)
            for area in areas
            for soc in ("00-0000", "11-9111", "47-2111")
        ]
        write_csv(folder / name, oews.COLUMNS, rows)
