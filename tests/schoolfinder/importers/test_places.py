from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.places import import_places, read_places
from schoolfinder.models import Place
from tests.schoolfinder.importers.samples import write_rows

ROW = {
    "geonameid": "5059163",
    "city": "Fargo",
    "state": "ND",
    "lat": "46.87719",
    "lon": "-96.7898",
    "population": "118523",
    "timezone": "America/Chicago",
}


def test_it_reads_a_city(db: None, tmp_path: Path) -> None:
    assert import_places(write_rows(tmp_path / "places.csv", [ROW])) == Changes(added=1)
    place = Place.objects.get()
    assert (place.geonameid, place.name, place.key, place.state) == (
        5059163,
        "Fargo",
        "fargo",
        "ND",
    )
    assert (place.lat, place.lon, place.population) == (46.8772, -96.7898, 118523)


def test_it_changes_nothing_when_run_twice(db: None, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "places.csv", [ROW])
    import_places(path)
    assert import_places(path) == Changes(same=1)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("geonameid", "x"),
        ("geonameid", ""),
        ("lat", ""),
        ("population", "many"),
        ("city", "x" * 81),
    ],
)
def test_it_names_the_line_of_a_bad_cell(tmp_path: Path, column: str, cell: str) -> None:
    path = write_rows(tmp_path / "places.csv", [ROW, ROW | {"geonameid": "7"} | {column: cell}])
    with pytest.raises(BadFile, match=rf"^places\.csv, line 3: {column} is "):
        list(read_places(path))


def test_it_refuses_a_city_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="line 3: geonameid 5059163 stands here a second time"):
        list(read_places(write_rows(tmp_path / "places.csv", [ROW, ROW])))
