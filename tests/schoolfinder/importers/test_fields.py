from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.fields import display_title, import_fields, read_fields
from schoolfinder.models import Field
from tests.schoolfinder.importers.samples import cip, write_rows


def test_it_reads_families_groups_and_programs(db: None, tmp_path: Path) -> None:
    assert import_fields(cip(tmp_path)) == Changes(added=7)
    nursing = Field.objects.get(cip="51.3801")
    assert (nursing.level, nursing.title) == (6, "Registered Nursing/Registered Nurse")
    assert nursing.parent and nursing.parent.parent
    assert (nursing.parent.cip, nursing.parent.parent.cip) == ("51.38", "51")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Registered Nursing/Registered Nurse.", "Registered Nursing/Registered Nurse"),
        ("Drug Information Residency", "Drug Information Residency"),
        ("HEALTH PROFESSIONS AND RELATED PROGRAMS.", "Health Professions and Related Programs"),
        (
            "AREA, ETHNIC, CULTURAL, GENDER, AND GROUP STUDIES.",
            "Area, Ethnic, Cultural, Gender, and Group Studies",
        ),
        (
            "ENGINEERING/ENGINEERING-RELATED TECHNOLOGIES/TECHNICIANS.",
            "Engineering/Engineering-Related Technologies/Technicians",
        ),
        (
            "RESERVE OFFICER TRAINING CORPS (JROTC, ROTC).",
            "Reserve Officer Training Corps (JROTC, ROTC)",
        ),
    ],
)
def test_it_shows_titles_as_people_write_them(title: str, shown: str) -> None:
    assert display_title(title) == shown


@pytest.mark.parametrize("action", ["Deleted", "Moved from", "Moved from 51.16"])
def test_it_leaves_out_codes_that_ended(tmp_path: Path, action: str) -> None:
    path = cip(tmp_path, {"CIPCode": "51.1601", "Action": action, "CIPTitle": "Nursing."})
    assert "51.1601" not in {field.cip for field, _ in read_fields(path)}


def test_it_takes_a_code_that_came_from_elsewhere(tmp_path: Path) -> None:
    path = cip(tmp_path, {"CIPCode": "51.3899", "Action": "Moved to", "CIPTitle": "Other."})
    assert "51.3899" in {field.cip for field, _ in read_fields(path)}


def test_it_leaves_out_families_that_are_reserved(tmp_path: Path) -> None:
    path = cip(tmp_path, {"CIPCode": "20", "CIPTitle": "RESERVED."})
    assert "20" not in {field.cip for field, _ in read_fields(path)}


def test_it_keeps_definitions_when_a_file_without_them_follows(db: None, tmp_path: Path) -> None:
    import_fields(cip(tmp_path, CIPDefinition="A program.", Examples="Examples: - RN"))
    assert Field.objects.get(cip="51.3801").definition == "A program."
    assert import_fields(cip(tmp_path)) == Changes(same=7)
    assert Field.objects.get(cip="51.3801").examples == "Examples: - RN"


def test_it_changes_nothing_when_run_twice(db: None, tmp_path: Path) -> None:
    import_fields(cip(tmp_path))
    assert import_fields(cip(tmp_path)) == Changes(same=7)


@pytest.mark.parametrize("code", ["5", "51.380", "51.38011", "51-3801", ""])
def test_it_names_the_line_of_a_bad_code(tmp_path: Path, code: str) -> None:
    path = cip(tmp_path, {"CIPCode": code})
    with pytest.raises(BadFile, match=r"^CIPCode2020\.csv, line 9: CIPCode is "):
        list(read_fields(path))


def test_it_refuses_a_code_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="line 9: CIPCode 51 stands here a second time"):
        list(read_fields(cip(tmp_path, {})))


def test_it_refuses_a_code_without_the_one_above_it(tmp_path: Path) -> None:
    row = {"CIPCode": "52.0101", "Action": "New", "CIPTitle": "Business."}
    with pytest.raises(BadFile, match=r"52\.0101 has no 52\.01 above it"):
        list(read_fields(write_rows(tmp_path / "CIPCode2020.csv", [row])))
