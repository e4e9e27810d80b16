from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.completions import import_completions, read_awards
from schoolfinder.importers.directory import import_directory
from schoolfinder.models import Program
from tests.schoolfinder.builders import make_field, make_school
from tests.schoolfinder.importers.samples import c_a, hd

RN, SCIENCE = "51.3801", "51.3808"


@pytest.fixture
def _school(db: None) -> None:
    make_school(unitid=900001)
    make_field(RN)
    make_field(SCIENCE)


def files(folder: Path, last: int = 2024, years: int = 5, number: int = 3) -> list[Path]:
    return [
        c_a(folder, year, (900001, RN, 5, number), (900001, RN, 3, 1))
        for year in range(last + 1 - years, last + 1)
    ]


@pytest.mark.usefixtures("_school")
def test_it_takes_a_program_for_a_school_a_field_and_a_level(tmp_path: Path) -> None:
    assert import_completions(files(tmp_path)) == Changes(added=2)
    program = Program.objects.get(award=5)
    assert (program.school_id, program.field_id) == (900001, RN)
    assert (program.graduates, program.graduates_latest) == ([3, 3, 3, 3, 3], 3)
    assert (program.graduates_3y, program.latest_year) == (9, 2024)


@pytest.mark.usefixtures("_school")
def test_it_takes_the_files_in_any_order(tmp_path: Path) -> None:
    paths = files(tmp_path, years=3)
    c_a(tmp_path, 2022, (900001, RN, 5, 7))
    import_completions([paths[1], paths[2], paths[0]])
    assert Program.objects.get(award=5).graduates == [7, 3, 3]


@pytest.mark.usefixtures("_school")
def test_it_changes_nothing_when_run_twice(tmp_path: Path) -> None:
    import_completions(files(tmp_path))
    assert import_completions(files(tmp_path)) == Changes(same=2)


@pytest.mark.usefixtures("_school")
def test_it_reads_again_after_schools_were_added(tmp_path: Path) -> None:

    years = [
        c_a(tmp_path, year, (900001, RN, 5, 3), (900002, RN, 5, 3)) for year in (2022, 2023, 2024)
    ]
    assert import_completions(years) == Changes(added=1)
    import_directory(hd(tmp_path, {}, {}))
    assert import_completions(years) == Changes(added=1, same=1)


@pytest.mark.usefixtures("_school")
def test_it_moves_on_a_year(tmp_path: Path) -> None:
    import_completions(files(tmp_path))
    pk = Program.objects.get(award=5).pk
    later = [*files(tmp_path)[1:], c_a(tmp_path, 2025, (900001, RN, 5, 8))]
    assert import_completions(later) == Changes(changed=1, gone=1)
    program = Program.objects.get(award=5)
    assert (program.pk, program.graduates, program.latest_year) == (pk, [3, 3, 3, 3, 8], 2025)
    assert Program.objects.get(award=3).retired_at is not None


@pytest.mark.usefixtures("_school")
def test_it_brings_back_a_program_that_is_listed_again(tmp_path: Path) -> None:
    import_completions(files(tmp_path))
    import_completions([*files(tmp_path)[1:], c_a(tmp_path, 2025, (900001, RN, 5, 8))])
    import_completions(files(tmp_path, last=2026))
    assert Program.objects.filter(retired_at=None).count() == 2


@pytest.mark.usefixtures("_school")
def test_it_seeds_the_programs_of_a_few_states(tmp_path: Path) -> None:
    make_school(unitid=900002, state="VT")
    paths = [
        c_a(tmp_path, year, (900001, RN, 5, 3), (900002, RN, 5, 3)) for year in (2022, 2023, 2024)
    ]
    import_completions(paths, states=["VT"])
    assert [p.school_id for p in Program.objects.all()] == [900002]
    assert import_completions(paths) == Changes(added=1, same=1)


@pytest.mark.usefixtures("_school")
@pytest.mark.parametrize("years", [(2024,), (2023, 2024), (2020, 2023, 2024), range(2019, 2025)])
def test_it_needs_three_to_five_years_that_follow_each_other(
    tmp_path: Path, years: tuple[int, ...]
) -> None:
    with pytest.raises(BadFile, match="years"):
        import_completions([c_a(tmp_path, year, (900001, RN, 5, 3)) for year in years])


@pytest.mark.usefixtures("_school")
def test_it_refuses_a_field_that_is_not_known(tmp_path: Path) -> None:
    paths = files(tmp_path, years=3)
    c_a(tmp_path, 2024, (900001, RN, 5, 3), (900001, "98.0101", 5, 3))
    with pytest.raises(BadFile, match=r"field 98\.0101 is not known: import the CIP first"):
        import_completions(paths)
    assert not Program.objects.exists()


def test_it_needs_schools_first(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="import HD first"):
        import_completions(files(tmp_path))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((900001, RN, 44, 3), "AWLEVEL"),
        ((900001, RN, 3, -7), "CTOTALT"),
        ((900001, RN, 3, "3O"), "CTOTALT"),
        ((9001, RN, 5, 3), "UNITID"),
        ((900001, "51.38", 5, 3), "CIPCODE"),
    ],
)
def test_it_names_the_line_of_a_bad_cell(
    tmp_path: Path, row: tuple[object, ...], column: str
) -> None:
    path = c_a(tmp_path, 2024, (900001, RN, 5, 3), row)
    with pytest.raises(BadFile, match=rf"^c2024_a\.csv, line 3: {column} is "):
        list(read_awards(path))


def test_it_refuses_a_program_that_stands_twice(tmp_path: Path) -> None:
    path = c_a(tmp_path, 2024, (900001, RN, 5, 3), (900001, RN, 5, 4))
    with pytest.raises(BadFile, match=r"line 3: UNITID 900001, CIPCODE 51\.3801, AWLEVEL 5 stands"):
        list(read_awards(path))


def test_it_passes_over_the_level_that_was_split_in_2020(tmp_path: Path) -> None:
    path = c_a(tmp_path, 2019, (900001, RN, 1, 3), (900001, RN, "05", 4))
    assert list(read_awards(path)) == [((900001, RN, 5), 4)]
