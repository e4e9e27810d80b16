from collections.abc import Mapping
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.progress import silent
from careers.importers.sync import Changes
from careers.models import Version
from schoolfinder.importers.catalog import IPEDS, import_files
from schoolfinder.importers.edition import load
from schoolfinder.models import Place, Program, ProgramEarnings, School
from tests.schoolfinder.importers.samples import by_unitid, c_a, cip, hd, write_rows

RN = "51.3801"


def edition(folder: Path, *schools: Mapping[str, str]) -> Path:
    """A folder such as fixtures/, of the schools and little else."""
    for name in ("cip", "ipeds", "scorecard", "geo"):
        (folder / name).mkdir(exist_ok=True)
    cip(folder / "cip")
    links = [{"CIP2020Code": RN, "SOC2018Code": "29-1141"}]
    write_rows(folder / "cip" / "cip2020_soc2018.csv", links)
    hd(folder / "ipeds", *(schools or [{}]))
    for year in (2022, 2023, 2024):
        c_a(folder / "ipeds", year, (900001, RN, 5, 3))
    by_unitid(folder / "ipeds" / "drvgr2023.csv", "GRRTTOT", u900001=("29",))
    by_unitid(folder / "scorecard" / "institution_2026-02.csv", "NPT4_PUB", u900001=("9000",))
    earned = {"UNITID": "900001", "CIPCODE": "5138", "CREDLEV": "3", "EARN_MDN_1YR": "61000"}
    write_rows(folder / "scorecard" / "field_of_study_2026-03.csv", [earned])
    point = {"city": "Fargo", "state": "ND", "lat": 46.9, "lon": -96.8}
    write_rows(folder / "geo" / "zips.csv", [point | {"zip": "58102", "kind": "zcta"}])
    write_rows(folder / "geo" / "places.csv", [point | {"geonameid": 1, "population": 2}])
    return folder


def test_it_loads_every_dataset(db: None, tmp_path: Path) -> None:
    assert load(edition(tmp_path), silent).added == 7 + 1 + 1 + 1 + 1 + 1 + 1
    school = School.objects.get()
    assert (school.graduation_rate, school.net_price) == (0.29, 9000)
    assert Program.objects.get().graduates == [3, 3, 3]
    assert ProgramEarnings.objects.get().after_1y == 61000
    assert Place.objects.get().name == "Fargo"


def test_it_says_what_it_does(db: None, tmp_path: Path) -> None:
    said: list[str] = []
    load(edition(tmp_path), said.append)
    assert "ipeds-directory 2024-25: 1 added, 0 changed, 0 gone, 0 as before" in said
    assert "  graduates of 2024: read from c2024_a.csv" in said
    assert "zips: 1 added, 0 changed, 0 gone, 0 as before" in said


def test_it_changes_nothing_when_it_is_loaded_again(db: None, tmp_path: Path) -> None:
    load(edition(tmp_path), silent)
    version = Version.objects.number_of(Version.DATA)
    assert not load(tmp_path, silent).any
    assert Version.objects.number_of(Version.DATA) == version


def test_it_writes_what_a_later_edition_has_changed(db: None, tmp_path: Path) -> None:
    load(edition(tmp_path), silent)
    changes = load(edition(tmp_path, {"INSTNM": "Elm College"}), silent)
    assert (changes.added, changes.changed, changes.gone) == (0, 1, 0)


def test_it_keeps_what_was_imported_from_later_files(db: None, tmp_path: Path) -> None:
    load(edition(tmp_path), silent)
    import_files(IPEDS, [hd(tmp_path, {"INSTNM": "Renamed"}, year=2025)], silent)
    said: list[str] = []
    changes = load(tmp_path, said.append)
    assert "ipeds-directory, 2024-25: 2025-26 is here already: kept" in said
    assert (changes.added, changes.changed, changes.gone) == (0, 0, 0)
    assert School.objects.get().name == "Renamed"


def test_it_refuses_a_folder_without_files(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cip: has no files"):
        load(tmp_path, silent)


def test_it_says_which_file_is_bad(db: None, tmp_path: Path) -> None:
    edition(tmp_path)
    by_unitid(tmp_path / "ipeds" / "drvgr2023.csv", "GRRTTOT", u900001=("2,9",))
    with pytest.raises(BadFile, match=r"drvgr2023\.csv, line 2: GRRTTOT is '2,9'"):
        load(tmp_path, silent)


def test_it_adds_up_what_the_datasets_changed(db: None, tmp_path: Path) -> None:
    first = load(edition(tmp_path), silent)
    assert load(tmp_path, silent) == Changes(same=first.added + first.changed)
