"""ZIP codes and their points: a table of our own layout, joined from the Census and GeoNames.

fixtures/README.md says how; no service is asked at run time.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from careers.importers.files import read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release
from schoolfinder.models import Zip

SOURCE = "zips"
COLUMNS = ("zip", "lat", "lon", "city", "state", "kind")


def import_zips(path: Path, report: Report = silent) -> Changes:
    release = Release.of(SOURCE, "", [path])
    return release.import_once(lambda: [_compare(path)], report)


def read_zips(path: Path) -> Iterator[Zip]:
    seen: set[str] = set()
    for line, row in read_table(path, COLUMNS):
        cells = Cells(path, line, row)
        if not re.fullmatch(r"[0-9]{5}", row["zip"]):
            raise cells.bad("zip", "five digits")
        if row["zip"] in seen:
            raise cells.again("zip")
        if row["kind"] not in Zip.Kind.values:
            raise cells.bad("kind", ", ".join(Zip.Kind.values))
        seen.add(row["zip"])
        yield Zip(
            zip=row["zip"],
            lat=cells.degrees("lat", 90),
            lon=cells.degrees("lon", 180),
            city=cells.text("city", 60),
            state=cells.text("state", 2),
            kind=row["kind"],
        )


def _compare(path: Path) -> Difference:
    columns = ["lat", "lon", "city", "state", "kind"]
    return compare(Zip.objects.all(), read_zips(path), key=["zip"], fields=columns)
