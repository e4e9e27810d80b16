"""The datasets that fill a few columns of every school."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.admissions import import_admissions
from schoolfinder.importers.enrollment import import_distance, import_enrollment
from schoolfinder.importers.figures import joined
from schoolfinder.importers.graduation import import_graduation
from schoolfinder.importers.offerings import import_offerings
from schoolfinder.importers.releases import Outdated
from schoolfinder.importers.tuition import import_tuition, read_tuition
from schoolfinder.models import School
from tests.schoolfinder.builders import make_school
from tests.schoolfinder.importers.samples import by_unitid, write_rows

Import = Callable[[Path], Changes]


@pytest.fixture
def school(db: None) -> School:
    return make_school(unitid=900001)


def figures(school: School, *names: str) -> tuple[Any, ...]:
    school.refresh_from_db()
    return tuple(getattr(school, name) for name in names)


# Each dataset, in each of its layouts --------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "1", "2"), (True, True, False)),
        (("2", "0", "2"), (False, False, False)),
        (("1", "1", "1"), (True, True, True)),
        (("-2", "-2", "-2"), (None, None, None)),
    ],
)
def test_it_reads_who_is_admitted_and_what_is_online(
    school: School, tmp_path: Path, cells: tuple[str, ...], expected: tuple[bool | None, ...]
) -> None:
    path = tmp_path / "ic2024.csv"
    import_offerings(by_unitid(path, "OPENADMP", "DISTPGS", "DISTNCED", u900001=cells))
    assert figures(school, "open_admission", "offers_online", "all_online") == expected


@pytest.mark.parametrize(
    ("cells", "rate"),
    [(("23406", "13564"), 0.5795), (("0", "0"), None), (("", ""), None), (("9", "0"), 0.0)],
)
def test_it_works_out_the_admission_rate(
    school: School, tmp_path: Path, cells: tuple[str, str], rate: float | None
) -> None:
    import_admissions(by_unitid(tmp_path / "adm2024.csv", "APPLCN", "ADMSSN", u900001=cells))
    year = "" if rate is None else "fall 2024"
    assert figures(school, "admission_rate", "admission_year") == (rate, year)


def test_it_refuses_more_admissions_than_applications(school: School, tmp_path: Path) -> None:
    path = by_unitid(tmp_path / "adm2024.csv", "APPLCN", "ADMSSN", u900001=("9", "10"))
    with pytest.raises(BadFile, match="line 2: ADMSSN is '10'; at most 9"):
        import_admissions(path)


@pytest.mark.parametrize(
    ("name", "columns", "cells", "expected"),
    [
        ("ic2023_ay.csv", ("CHG2AY3", "CHG3AY3"), ("10024", "18634"), (10024, 18634, "2023-24")),
        ("cost1_2024.csv", ("chg2ay3", "chg3ay3"), ("10024", "18634"), (10024, 18634, "2024-25")),
        ("ic2023_ay.csv", ("CHG2AY3", "CHG3AY3"), ("10024", ""), (10024, None, "2023-24")),
        ("ic2023_ay.csv", ("CHG2AY3", "CHG3AY3"), ("", "."), (None, None, "")),
        (
            "tuition_2023-24.csv",
            (
                "TUITION_FEES_IN_STATE",
                "TUITION_FEES_OUT_OF_STATE",
                "ALT_IN_STATE",
                "ALT_OUT_OF_STATE",
            ),
            ("100", "", "300", "400"),
            (100, 400, "2023-24"),
        ),
    ],
)
def test_it_reads_tuition(
    school: School,
    tmp_path: Path,
    name: str,
    columns: tuple[str, ...],
    cells: tuple[str, ...],
    expected: tuple[Any, ...],
) -> None:
    import_tuition(by_unitid(tmp_path / name, *columns, u900001=cells))
    assert figures(school, "tuition_in", "tuition_out", "tuition_year") == expected


@pytest.mark.parametrize(
    ("name", "column"),
    [("drvef2023.csv", "ENRTOT"), ("enrollment_graduation_2023.csv", "ENR_TOTAL")],
)
def test_it_reads_how_many_students_there_are(
    school: School, tmp_path: Path, name: str, column: str
) -> None:
    import_enrollment(by_unitid(tmp_path / name, column, u900001=("6614",)))
    assert figures(school, "students", "students_year") == (6614, "fall 2023")


@pytest.mark.parametrize(
    ("name", "column"),
    [("drvgr2023.csv", "GRRTTOT"), ("enrollment_graduation_2023.csv", "GR2023")],
)
def test_it_reads_the_graduation_rate_as_a_share(
    school: School, tmp_path: Path, name: str, column: str
) -> None:
    import_graduation(by_unitid(tmp_path / name, column, u900001=("29",)))
    assert figures(school, "graduation_rate", "graduation_year") == (0.29, "2023")


def test_it_reads_the_share_of_online_students_of_all_levels(
    school: School, tmp_path: Path
) -> None:
    rows = [
        {"UNITID": "900001", "EFFYDLEV": level, "EFYDETOT": total, "EFYDEEXC": online}
        for level, total, online in ((1, 200, 50), (2, 150, 50), (12, 50, 0))
    ]
    import_distance(write_rows(tmp_path / "effy2024_dist.csv", rows))
    assert figures(school, "online_share", "online_year") == (0.25, "2023-24")


@pytest.mark.parametrize(
    ("cells", "share"), [(("4000", "1000"), 0.25), (("89", ""), 0.0), (("", ""), None)]
)
def test_it_reads_the_share_of_online_students_of_an_extract(
    school: School, tmp_path: Path, cells: tuple[str, str], share: float | None
) -> None:
    path = tmp_path / "distance_enrollment_2020-2024.csv"
    import_distance(by_unitid(path, "TOTAL_ENROLL_2024", "DE_ENROLL_2024", u900001=cells))
    assert figures(school, "online_share")[0] == share


def test_it_refuses_more_online_students_than_students(school: School, tmp_path: Path) -> None:
    path = tmp_path / "distance_enrollment_2020-2024.csv"
    by_unitid(path, "TOTAL_ENROLL_2024", "DE_ENROLL_2024", u900001=("9", "10"))
    with pytest.raises(BadFile, match="line 2: DE_ENROLL_2024 is '10'; at most 9"):
        import_distance(path)


# What they have in common --------------------------------------------------------------------


def drvgr(folder: Path, year: int = 2023, **rates: str) -> Path:
    rows = {unitid: (rate,) for unitid, rate in rates.items()}
    return by_unitid(folder / f"drvgr{year}.csv", "GRRTTOT", **rows)


def test_it_changes_nothing_when_run_twice(school: School, tmp_path: Path) -> None:
    path = drvgr(tmp_path, u900001="29")
    assert import_graduation(path) == Changes(changed=1)
    assert import_graduation(path) == Changes(same=1)


def test_it_writes_only_what_differs(school: School, tmp_path: Path) -> None:
    make_school(unitid=900002)
    import_graduation(drvgr(tmp_path, u900001="29", u900002="50"))
    later = drvgr(tmp_path, u900001="30", u900002="50")
    assert import_graduation(later) == Changes(changed=1, same=1)


def test_it_takes_away_a_figure_that_is_no_longer_published(school: School, tmp_path: Path) -> None:
    make_school(unitid=900002)
    import_graduation(drvgr(tmp_path, u900001="29", u900002="50"))
    import_graduation(drvgr(tmp_path, 2024, u900002="51"))
    assert figures(school, "graduation_rate", "graduation_year") == (None, "")


def test_it_leaves_other_figures_alone(school: School, tmp_path: Path) -> None:
    School.objects.update(tuition_in=9000, name="Elm College")
    import_graduation(drvgr(tmp_path, u900001="29"))
    assert figures(school, "tuition_in", "name") == (9000, "Elm College")


def test_it_passes_over_schools_that_are_not_in_the_directory(
    school: School, tmp_path: Path
) -> None:
    import_graduation(drvgr(tmp_path, u900001="29", u111111="50"))
    assert School.objects.count() == 1


def test_it_needs_schools_first(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there are no schools yet"):
        import_graduation(drvgr(tmp_path, u900001="29"))


def test_it_refuses_an_older_year(school: School, tmp_path: Path) -> None:
    import_graduation(drvgr(tmp_path, 2024, u900001="29"))
    with pytest.raises(Outdated):
        import_graduation(drvgr(tmp_path, 2023, u900001="28"))


def test_it_refuses_a_school_that_stands_twice(tmp_path: Path) -> None:
    rows = [{"UNITID": "900001", "CHG2AY3": "1", "CHG3AY3": "1"}] * 2
    with pytest.raises(BadFile, match="line 3: UNITID 900001 stands here a second time"):
        read_tuition(write_rows(tmp_path / "ic2023_ay.csv", rows))


def test_it_names_the_columns_that_a_file_lacks(tmp_path: Path) -> None:
    path = by_unitid(tmp_path / "ic2023_ay.csv", "CHG2AY3", u900001=("1",))
    with pytest.raises(BadFile, match=r"ic2023_ay\.csv, line 1: lacks the column CHG3AY3"):
        read_tuition(path)


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("ic2024.csv", import_offerings),
        ("adm2024.csv", import_admissions),
        ("ic2023_ay.csv", import_tuition),
        ("drvef2023.csv", import_enrollment),
        ("effy2024_dist.csv", import_distance),
        ("drvgr2023.csv", import_graduation),
    ],
)
def test_it_refuses_an_empty_table(school: School, tmp_path: Path, name: str, run: Import) -> None:
    (tmp_path / name).write_text("UNITID,EFFYDLEV,EFYDETOT,EFYDEEXC\n")
    with pytest.raises(BadFile, match="has no rows"):
        run(tmp_path / name)


@pytest.mark.parametrize(("published", "is_refused"), [(79, True), (80, False)])
def test_it_asks_whether_a_file_that_lost_many_figures_is_complete(
    db: None, tmp_path: Path, published: int, is_refused: bool
) -> None:
    for number in range(100):
        make_school(unitid=800_000 + number, graduation_rate=0.5, graduation_year="2023")
    rates = {f"u{800_000 + number}": "50" for number in range(published)}
    path = drvgr(tmp_path, 2024, **rates)
    if is_refused:
        with pytest.raises(BadFile, match="has figures for 79 schools; 100 have one now"):
            import_graduation(path)
        published = 100
    else:
        import_graduation(path)
    assert School.objects.exclude(graduation_rate=None).count() == published


def test_it_joins_tables_by_the_first_that_has_a_value() -> None:
    newest, older = {1: {"a": 1}}, {1: {"a": 2, "b": 2}, 2: {"a": 3}}
    assert joined(newest, older) == {1: {"a": 1, "b": 2}, 2: {"a": 3}}
