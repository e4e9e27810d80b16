"""Cities and towns of at least 500 people, from GeoNames, in a table of our own layout."""

from collections.abc import Iterator
from pathlib import Path

from careers.importers.files import read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.geo import name_key
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release
from schoolfinder.models import Place

SOURCE = "places"
COLUMNS = ("geonameid", "city", "state", "lat", "lon", "population")


def import_places(path: Path, report: Report = silent) -> Changes:
    release = Release.of(SOURCE, "", [path])
    return release.import_once(lambda: [_compare(path)], report)


def read_places(path: Path) -> Iterator[Place]:
    seen: set[str] = set()
    for line, row in read_table(path, COLUMNS):
        cells = Cells(path, line, row)
        if row["geonameid"] in seen:
            raise cells.again("geonameid")
        seen.add(row["geonameid"])
        yield _place(cells)


def _place(cells: Cells) -> Place:
    number = cells.count("geonameid")
    if not number:
        raise cells.bad("geonameid", "a number")
    name = cells.text("city", 80)
    return Place(
        geonameid=number,
        name=name,
        key=name_key(name),
        state=cells.text("state", 2),
        lat=cells.degrees("lat", 90),
        lon=cells.degrees("lon", 180),
        population=cells.count("population") or 0,
    )


def _compare(path: Path) -> Difference:
    columns = ["name", "key", "state", "lat", "lon", "population"]
    return compare(Place.objects.all(), read_places(path), key=["geonameid"], fields=columns)
