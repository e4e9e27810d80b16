from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.progress import silent
from careers.importers.sync import Changes, Difference, compare
from careers.models import ImportRecord, Version
from schoolfinder.importers.releases import Outdated, Release, release_in, school_year, year_in
from schoolfinder.models import Zip
from tests.schoolfinder.builders import make_zip


def zips(*codes: str) -> list[Difference]:
    rows = [Zip(zip=code, lat=1, lon=2, state="ND", kind="zcta") for code in codes]
    return [compare(Zip.objects.all(), rows, key=["zip"], fields=["lat", "lon", "state", "kind"])]


def release(label: str = "2024", sha256: str = "a" * 64) -> Release:
    return Release("zips", label, sha256)


def test_it_remembers_what_it_wrote(db: None) -> None:
    before = Version.objects.number_of(Version.DATA)
    assert release().import_once(lambda: zips("58102"), silent) == Changes(added=1)
    record = ImportRecord.objects.get()
    assert (record.source, record.label, record.rows) == ("zips", "2024", 1)
    assert Version.objects.number_of(Version.DATA) == before + 1


def test_it_does_not_even_compare_what_was_imported_last(db: None) -> None:
    release().import_once(lambda: zips("58102"), silent)

    def fail() -> list[Difference]:
        raise AssertionError

    said: list[str] = []
    changes = release().import_once(fail, said.append)
    assert (changes, said) == (Changes(same=1), ["zips 2024: nothing changed (1 rows)"])


def test_it_leaves_the_data_version_when_other_files_say_the_same(db: None) -> None:
    release().import_once(lambda: zips("58102"), silent)
    before = Version.objects.number_of(Version.DATA)
    release(sha256="b" * 64).import_once(lambda: zips("58102"), silent)
    assert Version.objects.number_of(Version.DATA) == before
    assert ImportRecord.objects.get().sha256 == "b" * 64


def test_it_does_not_turn_the_clock_back(db: None) -> None:
    release("2025").import_once(lambda: zips("58102"), silent)
    with pytest.raises(Outdated, match="zips, 2024: 2025 is here already"):
        release("2024").import_once(lambda: zips("58103"), silent)
    assert [z.zip for z in Zip.objects.all()] == ["58102"]


def test_it_writes_nothing_after_another_import_came_between(db: None) -> None:
    def interrupted() -> list[Difference]:
        differences = zips("58102")
        Version.objects.bump(Version.DATA)
        return differences

    with pytest.raises(BadFile, match="run this again"):
        release().import_once(interrupted, silent)
    assert not Zip.objects.exists()


@pytest.mark.parametrize(("kept", "is_refused"), [(79, True), (80, False)])
def test_it_asks_whether_a_file_that_lost_many_rows_is_complete(
    db: None, kept: int, is_refused: bool
) -> None:
    codes = [f"{number:05}" for number in range(100)]
    for code in codes:
        make_zip(code, lat=1, lon=2, city="")
    if is_refused:
        with pytest.raises(BadFile, match="21 of 100 rows would go: is the file complete"):
            release().import_once(lambda: zips(*codes[:kept]), silent)
        kept = 100
    else:
        release().import_once(lambda: zips(*codes[:kept]), silent)
    assert Zip.objects.count() == kept


def test_it_changes_nothing_when_it_fails_at_the_last_step(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Difference) -> None:
        raise RuntimeError

    monkeypatch.setattr(Difference, "verify", fail)
    before = Version.objects.number_of(Version.DATA)
    with pytest.raises(RuntimeError):
        release().import_once(lambda: zips("58102"), silent)
    assert not Zip.objects.exists()
    assert not ImportRecord.objects.exists()
    assert Version.objects.number_of(Version.DATA) == before


def test_it_reads_again_when_what_it_hangs_on_has_changed(db: None, tmp_path: Path) -> None:
    path = tmp_path / "ic2024.csv"
    path.write_text("UNITID\n")

    def digest(*only: str) -> str:
        return Release.of("ipeds-offerings", "2024-25", [path], "zips", only=only).sha256

    first = digest()
    assert digest() == first
    assert digest("VT") != first
    release().import_once(lambda: zips("58102"), silent)
    assert digest() != first


def test_it_says_that_a_file_is_not_there(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"hd2024\.csv: there is no such file"):
        Release.of("ipeds-directory", "2024-25", [tmp_path / "hd2024.csv"])


@pytest.mark.parametrize("name", ["hd2024.csv", "HD2024.zip", "hd2024_rv.csv.gz", "hd2024.csv.xz"])
def test_it_finds_the_year_in_the_name(name: str) -> None:
    assert year_in(Path(name), r"hd(20[0-9]{2})", "hd2024.csv") == 2024


def test_it_refuses_a_name_without_a_year() -> None:
    with pytest.raises(BadFile, match=r"schools\.csv: its name must say the year, as hd2024\.csv"):
        year_in(Path("schools.csv"), r"hd(20[0-9]{2})", "hd2024.csv")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("institution_2026-02.csv.xz", "2026-02"),
        ("Most-Recent-Cohorts-Institution_05192025.zip", "2025-05"),
        ("Most-Recent-Cohorts-Field-of-Study_03232026.csv", "2026-03"),
    ],
)
def test_it_finds_the_release_in_the_name(name: str, label: str) -> None:
    assert release_in(Path(name)) == label


@pytest.mark.parametrize("name", ["Institution.csv", "institution_2026-13.csv", "x_2026.csv"])
def test_it_refuses_a_name_without_a_release(name: str) -> None:
    with pytest.raises(BadFile, match="must say the release"):
        release_in(Path(name))


def test_it_writes_school_years_as_people_do() -> None:
    assert (school_year(2024), school_year(1999), school_year(2009)) == (
        "2024-25",
        "1999-00",
        "2009-10",
    )
