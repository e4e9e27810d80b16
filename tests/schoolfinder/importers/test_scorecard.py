from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.scorecard import import_scorecard, read_institutions
from schoolfinder.models import School
from tests.schoolfinder.builders import make_school
from tests.schoolfinder.importers.samples import by_unitid, write_rows


@pytest.fixture
def school(db: None) -> School:
    return make_school(unitid=900001)


def test_it_reads_the_official_file(school: School, tmp_path: Path) -> None:
    """Thousands of columns; suppressed values as the age of the release has them."""
    row = {
        "UNITID": "900001",
        "OPEID": "00123400",
        "NPT4_PUB": "NULL",
        "NPT4_PRIV": "21165",
        "RET_FT4": "PrivacySuppressed",
        "RET_FTL4": "0.61",
        "MD_EARN_WNE_P10": "40628",
        "C150_4": "0.5",
    }
    path = tmp_path / "Most-Recent-Cohorts-Institution_05192025.csv"
    assert import_scorecard([write_rows(path, [row])]) == Changes(changed=1)
    school.refresh_from_db()
    assert (school.net_price, school.retention_rate, school.earnings_10y) == (21165, 0.61, 40628)
    assert school.earnings_year == "release 2025-05"


def test_it_reads_an_extract_by_field_with_several_lines_a_school(
    school: School, tmp_path: Path
) -> None:
    row = {"UNITID": "900001", "CIPCODE": "5138", "NET_PRICE": "6351", "MD_EARN_WNE_P10": "71588"}
    path = tmp_path / "field_of_study_sample_26_fields_2026-03.csv"
    figures = read_institutions(write_rows(path, [row, row | {"CIPCODE": "5203"}]))
    assert figures[900001]["net_price"] == 6351


def test_it_takes_the_newest_release_that_has_a_value(school: School, tmp_path: Path) -> None:
    columns = ("NPT4_PRIV", "MD_EARN_WNE_P10")
    older = by_unitid(tmp_path / "institution_2025-05.csv", *columns, u900001=("100", "200"))
    newer = by_unitid(tmp_path / "institution_2026-06.csv", *columns, u900001=("300", ""))
    import_scorecard([older, newer])
    school.refresh_from_db()
    assert (school.net_price, school.net_price_year) == (300, "release 2026-06")
    assert (school.earnings_10y, school.earnings_year) == (200, "release 2025-05")


def test_it_changes_nothing_when_run_twice(school: School, tmp_path: Path) -> None:
    paths = [by_unitid(tmp_path / "institution_2025-05.csv", "RET_FT4", u900001=("0.5",))]
    import_scorecard(paths)
    assert import_scorecard(paths) == Changes(same=1)


def test_it_passes_over_schools_abroad(tmp_path: Path) -> None:
    rows = [{"UNITID": unitid, "RET_FT4": "0.5"} for unitid in ("NA", "11090500", "900001")]
    path = write_rows(tmp_path / "institution_2025-05.csv", rows)
    assert list(read_institutions(path)) == [900001]


@pytest.mark.parametrize(
    ("column", "cell"), [("RET_FT4", "61"), ("NPT4_PUB", "x"), ("MD_EARN_WNE_P10", "-5")]
)
def test_it_names_the_line_of_a_bad_cell(tmp_path: Path, column: str, cell: str) -> None:
    path = by_unitid(tmp_path / "institution_2025-05.csv", column, u900001=(cell,))
    with pytest.raises(BadFile, match=rf"institution_2025-05\.csv, line 2: {column} is "):
        read_institutions(path)


def test_it_refuses_a_table_without_any_of_its_columns(tmp_path: Path) -> None:
    path = by_unitid(tmp_path / "institution_2025-05.csv", "INSTNM", u900001=("x",))
    with pytest.raises(BadFile, match="line 1: lacks the columns NPT4_PUB"):
        read_institutions(path)


def test_it_refuses_a_table_without_schools(tmp_path: Path) -> None:
    path = by_unitid(tmp_path / "institution_2025-05.csv", "RET_FT4", uNA=("0.5",))
    with pytest.raises(BadFile, match="has no rows of schools"):
        read_institutions(path)
