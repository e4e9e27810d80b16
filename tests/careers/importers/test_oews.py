from decimal import Decimal
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.oews import codes_in_use, read_wages, release_in, write_wages
from careers.importers.records import Origin
from careers.models import WageEstimate
from tests.careers.builders import make_code, make_guide
from tests.careers.importers.workbook_files import write_workbook

COLUMNS = (
    *("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "OCC_CODE", "O_GROUP", "TOT_EMP"),
    *("H_MEDIAN", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"),
)
NATION = ("99", "U.S.", "1", "US")
NEW_YORK = ("36", "New York", "2", "NY")
PLANNERS = ("11-9111", "detailed", "1200", "29.45", "34100", "47000", "61250", "82000", "102300")


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    path.write_text("\n".join(",".join(row) for row in (COLUMNS, *rows)) + "\n")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "oews-2025-05-state.csv"


def test_it_reads_a_row(path: Path):
    (wage,) = read_wages(table(path, NEW_YORK + PLANNERS), "2025-05")
    assert (wage.area, wage.area_title, wage.state, wage.soc) == ("36", "New York", "NY", "11-9111")
    assert (wage.jobs, wage.p10, wage.p25, wage.median) == (1_200, 34_100, 47_000, 61_250)
    assert (wage.p75, wage.p90, wage.median_hourly) == (82_000, 102_300, Decimal("29.45"))
    assert wage.top_coded == ()


def test_it_gives_the_nation_no_state(path: Path):
    assert read_wages(table(path, NATION + PLANNERS), "2025-05")[0].state == ""


def test_it_reads_marks_for_what_is_not_released_as_none(path: Path):
    row = (*NEW_YORK, "11-9111", "detailed", "**", "*", "*", "*", "*", "*", "*")
    (wage,) = read_wages(table(path, row), "2025-05")
    assert {wage.jobs, wage.p10, wage.median, wage.p90, wage.median_hourly} == {None}


def test_it_reads_the_top_code_and_names_where_it_stands(path: Path):
    row = (*NEW_YORK, "29-1211", "detailed", "90", "#", "150000", "200000", "#", "#", "#")
    (wage,) = read_wages(table(path, row), "2025-05")
    assert (wage.p25, wage.median, wage.p90, wage.median_hourly) == (200_000, 239_200, 239_200, 115)
    assert wage.top_coded == ("median", "p75", "p90", "median_hourly")


def test_it_leaves_out_metropolitan_areas(path: Path):
    metro = ("10180", "Abilene", "4", "TX", *PLANNERS)
    assert len(read_wages(table(path, metro, NEW_YORK + PLANNERS), "2025-05")) == 1
    with pytest.raises(BadFile, match="holds no row for the nation or a state"):
        read_wages(table(path, metro), "2025-05")


@pytest.mark.parametrize("first", ["broad", "detailed"])
def test_it_takes_the_detailed_row_where_a_broad_one_repeats_it(path: Path, first: str):
    second = {"broad": "detailed", "detailed": "broad"}[first]
    rows = [
        (*NATION, "13-1020", level, {"broad": "1", "detailed": "2"}[level], *PLANNERS[3:])
        for level in (first, second)
    ]
    (wage,) = read_wages(table(path, *rows), "2025-05")
    assert wage.jobs == 2


def test_it_reads_the_workbook_like_the_table(tmp_path: Path, path: Path):
    cells = [*NATION, "11-9111", "detailed", 1200, 29.45, 34100, 47000, 61250, 82000, "#"]
    book = write_workbook(tmp_path / "national_M2024_dl.xlsx", {"national": [COLUMNS, cells]})
    row = (*NATION, *PLANNERS[:-1], "#")
    assert read_wages(book, "2024-05") == read_wages(table(path, row), "2024-05")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((*NEW_YORK, "planners", *PLANNERS[1:]), "line 2: 'planners' is not an occupation code"),
        ((*NEW_YORK, *PLANNERS[:-1], "lots"), "line 2: 'lots' is not an amount"),
    ],
)
def test_it_refuses_a_row_it_cannot_read(path: Path, row: tuple[str, ...], reason: str):
    with pytest.raises(BadFile) as error:
        read_wages(table(path, row), "2025-05")
    assert str(error.value) == f"oews-2025-05-state.csv, {reason}"


def test_it_refuses_a_table_or_workbook_without_its_columns(tmp_path: Path, path: Path):
    path.write_text("AREA,OCC_CODE\n")
    with pytest.raises(BadFile, match="line 1: lacks the column AREA_TITLE, PRIM_STATE"):
        read_wages(path, "2025-05")
    book = write_workbook(tmp_path / "x.xlsx", {"x": [["AREA", "OCC_CODE"]]})
    with pytest.raises(BadFile, match="line 1: lacks the column AREA_TITLE, PRIM_STATE"):
        read_wages(book, "2025-05")


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("national_M2024_dl.xlsx", "2024-05"),
        ("oews-2025-05-state.csv.xz", "2025-05"),
        ("state.csv", None),
        ("oews-2025-13.csv", None),
    ],
)
def test_it_reads_the_release_from_the_name(name, release):
    assert release_in(name) == release


@pytest.mark.django_db
def test_it_writes_only_codes_in_use(path: Path):
    make_code(make_guide(), "11-9111")
    other = (*NEW_YORK, "47-2111", *PLANNERS[1:])
    total = (*NEW_YORK, "00-0000", "total", *PLANNERS[2:])
    table(path, NEW_YORK + PLANNERS, other, total)
    changes = write_wages(read_wages(path, "2025-05"), Origin(path), "2025-05", codes_in_use())
    assert changes.added == 2
    assert set(WageEstimate.objects.values_list("soc", flat=True)) == {"11-9111", "00-0000"}


@pytest.mark.django_db
def test_it_changes_nothing_the_second_time(path: Path):
    row = (*NEW_YORK, "29-1211", "detailed", "90", "#", "150000", "200000", "#", "#", "#")
    table(path, NEW_YORK + PLANNERS, row)
    for expected in (True, False):
        wages = read_wages(path, "2025-05")
        changes = write_wages(wages, Origin(path), "2025-05", {"11-9111", "29-1211"})
        assert changes.any is expected
    stored = WageEstimate.objects.get(soc="29-1211")
    assert stored.top_coded == ["median", "p75", "p90", "median_hourly"]


@pytest.mark.django_db
def test_it_replaces_the_states_of_a_release_and_leaves_the_rest(path: Path):
    codes = {"11-9111"}
    table(path, NATION + PLANNERS)
    write_wages(read_wages(path, "2025-05"), Origin(path), "2025-05", codes)
    table(path, NEW_YORK + PLANNERS, ("01", "Alabama", "2", "AL", *PLANNERS))
    write_wages(read_wages(path, "2025-05"), Origin(path), "2025-05", codes)
    write_wages(read_wages(path, "2024-05"), Origin(path), "2024-05", codes)
    table(path, ("01", "Alabama", "2", "AL", *PLANNERS))
    changes = write_wages(read_wages(path, "2025-05"), Origin(path), "2025-05", codes)
    assert (changes.gone, changes.same) == (1, 1)
    assert WageEstimate.objects.national().get().release == "2025-05"
    assert WageEstimate.objects.filter(release="2024-05").count() == 2
