from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.field_of_study import import_field_of_study, read_earnings
from schoolfinder.models import ProgramEarnings
from tests.schoolfinder.builders import make_field, make_school
from tests.schoolfinder.importers.samples import write_rows

ROW = {"UNITID": "900001", "CIPCODE": "5138", "CREDLEV": "3"}


@pytest.fixture
def _school(db: None) -> None:
    make_school(unitid=900001)
    make_field("51.3801")


@pytest.mark.usefixtures("_school")
def test_it_reads_the_official_files(tmp_path: Path) -> None:
    newest = ROW | {"EARN_MDN_1YR": "61000", "EARN_MDN_4YR": "70000", "EARN_MDN_5YR": "PS"}
    pooled = ROW | {"EARN_MDN_1YR": "60000", "EARN_MDN_4YR": "PS", "EARN_MDN_5YR": "75000"}
    paths = [
        write_rows(tmp_path / "FieldOfStudyData1920_2021_PP.csv", [pooled]),
        write_rows(tmp_path / "Most-Recent-Cohorts-Field-of-Study_03232026.csv", [newest]),
    ]
    assert import_field_of_study(paths) == Changes(added=1)
    earnings = ProgramEarnings.objects.get()
    assert (earnings.cip4, earnings.credential) == ("51.38", 3)
    assert (earnings.after_1y, earnings.after_4y, earnings.after_5y) == (61000, 70000, 75000)
    assert earnings.source == "2019-21, 2026-03"


@pytest.mark.usefixtures("_school")
def test_it_changes_nothing_when_run_twice(tmp_path: Path) -> None:
    paths = [write_rows(tmp_path / "field_of_study_2026-03.csv", [ROW | {"EARN_MDN_1YR": "6"}])]
    import_field_of_study(paths)
    assert import_field_of_study(paths) == Changes(same=1)


@pytest.mark.usefixtures("_school")
def test_it_deletes_earnings_that_are_no_longer_published(tmp_path: Path) -> None:
    first = [ROW | {"EARN_MDN_1YR": "6"}, ROW | {"CREDLEV": "5", "EARN_MDN_1YR": "7"}]
    import_field_of_study([write_rows(tmp_path / "field_of_study_2026-03.csv", first)])
    later = write_rows(tmp_path / "field_of_study_2026-09.csv", first[1:])
    assert import_field_of_study([later]) == Changes(changed=1, gone=1)  # its source is new
    assert [e.credential for e in ProgramEarnings.objects.all()] == [5]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("CIPCODE", "51.38"),
        ("CIPCODE", "51"),
        ("CREDLEV", "9"),
        ("CREDLEV", ""),
        ("EARN_MDN_1YR", "x"),
    ],
)
def test_it_names_the_line_of_a_bad_cell(tmp_path: Path, column: str, cell: str) -> None:
    row = ROW | {"EARN_MDN_1YR": "6"}
    path = write_rows(
        tmp_path / "field_of_study_2026-03.csv", [row, row | {"CREDLEV": "5"} | {column: cell}]
    )
    with pytest.raises(BadFile, match=rf"^field_of_study_2026-03\.csv, line 3: {column} is "):
        list(read_earnings(path))


def test_it_refuses_a_row_that_stands_twice(tmp_path: Path) -> None:
    row = ROW | {"EARN_MDN_1YR": "6"}
    path = write_rows(tmp_path / "field_of_study_2026-03.csv", [row, row])
    with pytest.raises(BadFile, match="line 3: UNITID 900001, CIPCODE 5138, CREDLEV 3 stands"):
        list(read_earnings(path))


def test_it_refuses_a_table_without_earnings(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "field_of_study_2026-03.csv", [ROW])
    with pytest.raises(BadFile, match="line 1: lacks the column EARN_MDN_1YR"):
        list(read_earnings(path))
