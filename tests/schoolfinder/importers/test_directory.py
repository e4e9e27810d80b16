from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.directory import import_directory, read_directory
from schoolfinder.importers.releases import Outdated
from schoolfinder.models import School
from tests.schoolfinder.builders import make_program, make_school
from tests.schoolfinder.importers.samples import hd


def read_one(folder: Path, **cells: str) -> School:
    return next(read_directory(hd(folder, cells)))


def test_it_reads_a_school(tmp_path: Path) -> None:
    school = read_one(
        tmp_path, IALIAS="PC | Prairie State  Elm College; The Prairie|", APPLURL="apply.example"
    )
    assert {
        "unitid": 900001,
        "opeid": "00123400",
        "name": "Prairie College",
        "aliases": "PC\nPrairie State\nElm College\nThe Prairie",
        "address": "1 Elm Street",
        "city": "Fargo",
        "state": "ND",
        "zip": "58102",
        "lat": 46.877,
        "lon": -96.789,
        "control": School.Control.PUBLIC,
        "level": 1,
        "size": 2,
        "locale": 12,
        "status": School.Status.ACTIVE,
        "closed_on": None,
        "title_iv": True,
        "service_academy": False,
        "hbcu": False,
        "tribal": False,
        "website": "https://www.prairie.example/",
        "apply_url": "https://apply.example",
        "aid_url": "",
        "net_price_url": "",
    }.items() <= school.__dict__.items()


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("PSET4FLG", "2", "title_iv", False),
        ("PSET4FLG", "3", "title_iv", True),
        ("OBEREG", "0", "service_academy", True),
        ("HBCU", "1", "hbcu", True),
        ("TRIBAL", "1", "tribal", True),
        ("OPEID", "-2", "opeid", ""),
        ("OPEID", "123400", "opeid", "00123400"),
        ("IALIAS", " ", "aliases", ""),
        ("CLOSEDAT", "09/01/2019", "closed_on", None),  # reopened since
        ("CITY", "white plains", "city", "White Plains"),
    ],
)
def test_it_reads_what_is_not_usual(
    tmp_path: Path, column: str, cell: str, field: str, value: Any
) -> None:
    assert getattr(read_one(tmp_path, **{column: cell}), field) == value


def test_it_has_no_date_where_the_day_is_in_words(tmp_path: Path) -> None:
    assert read_one(tmp_path, CYACTIVE="3", ACT="D", CLOSEDAT="Spring 2024").closed_on is None


def test_it_reads_no_name_of_a_person(tmp_path: Path) -> None:
    values = " ".join(str(value) for value in vars(read_one(tmp_path)).values())
    assert "Pat Example" not in values
    assert "President" not in values


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("UNITID", "1234"),
        ("UNITID", "90000A"),
        ("STABBR", "North Dakota"),
        ("ZIP", "5810"),
        ("CYACTIVE", "2"),
        ("CONTROL", "public"),
        ("INSTNM", "x" * 161),
        ("OPEID", "1A"),
    ],
)
def test_it_names_the_line_of_a_bad_cell(tmp_path: Path, column: str, cell: str) -> None:
    with pytest.raises(BadFile, match=rf"^hd2024\.csv, line 3: {column} is "):
        list(read_directory(hd(tmp_path, {}, {column: cell})))


def test_it_refuses_a_school_that_stands_twice(tmp_path: Path) -> None:
    path = hd(tmp_path, {"UNITID": "900007"}, {"UNITID": "900007"})
    with pytest.raises(BadFile, match="line 3: UNITID 900007 stands here a second time"):
        list(read_directory(path))


def test_it_changes_nothing_when_run_twice(db: None, tmp_path: Path) -> None:
    path = hd(tmp_path, {}, {"CYACTIVE": "3", "ACT": "D"})
    assert import_directory(path) == Changes(added=2)
    assert import_directory(path) == Changes(same=2)


def test_it_compares_before_it_writes(db: None, tmp_path: Path) -> None:
    """A later release with one difference writes one school; the closed one keeps its date."""
    import_directory(hd(tmp_path, {}, {}, {"CYACTIVE": "3", "ACT": "D"}))
    retired = School.objects.get(pk=900003).retired_at
    closed = {"CYACTIVE": "3", "ACT": "D"}
    changes = import_directory(hd(tmp_path, {}, {"INSTNM": "Elm College"}, closed, year=2025))
    assert changes == Changes(changed=1, same=2)
    assert School.objects.get(pk=900002).name == "Elm College"
    assert School.objects.get(pk=900003).retired_at == retired


def test_it_keeps_programs_and_figures_of_a_school(db: None, tmp_path: Path) -> None:
    school = make_school(unitid=900001, tuition_in=9000)
    program = make_program(school)
    import_directory(hd(tmp_path, {}))
    assert_unchanged(program)
    assert School.objects.get().tuition_in == 9000


def test_it_retires_a_school_that_the_file_no_longer_lists(db: None, tmp_path: Path) -> None:
    gone = make_school()
    import_directory(hd(tmp_path, {"UNITID": "100001"}))
    gone.refresh_from_db()
    assert gone.retired_at is not None
    assert gone.status == School.Status.ACTIVE  # closed is what the directory calls closed


def test_it_seeds_a_few_states_and_leaves_the_others(db: None, tmp_path: Path) -> None:
    iowan = make_school(state="IA")
    path = hd(tmp_path, {"STABBR": "VT"}, {"STABBR": "WY"}, {"STABBR": "ND"})
    import_directory(path, states=["VT", "WY"])
    assert set(School.objects.open().values_list("state", flat=True)) == {"VT", "WY", "IA"}
    assert_unchanged(iowan)
    assert import_directory(path, states=["VT", "WY"]) == Changes(same=2)


def test_it_refuses_an_older_directory(db: None, tmp_path: Path) -> None:
    import_directory(hd(tmp_path, {}, year=2025))
    with pytest.raises(Outdated):
        import_directory(hd(tmp_path, {"INSTNM": "Old Name"}, year=2024))
    assert School.objects.get().name == "Prairie College"


def assert_unchanged(row: Model) -> None:
    assert type(row)._default_manager.filter(pk=row.pk).values().get() == {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields
    }
