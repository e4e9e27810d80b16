from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.zips import import_zips, read_zips
from schoolfinder.models import Zip
from tests.schoolfinder.importers.samples import write_rows

ROW = {
    "zip": "00501",
    "lat": "40.815449",
    "lon": "-73.0451",
    "city": "Holtsville",
    "state": "NY",
    "county": "Suffolk",
    "kind": "po_box_or_unique",
    "source": "geonames",
}


def test_it_reads_a_zip_with_its_leading_zeros(db: None, tmp_path: Path) -> None:
    assert import_zips(write_rows(tmp_path / "zips.csv", [ROW])) == Changes(added=1)
    zip_code = Zip.objects.get(zip="00501")
    assert (zip_code.city, zip_code.state, zip_code.kind) == ("Holtsville", "NY", Zip.Kind.PO_BOX)
    assert (zip_code.lat, zip_code.lon) == (40.8154, -73.0451)


def test_it_writes_only_what_differs(db: None, tmp_path: Path) -> None:
    other = ROW | {"zip": "58102"}
    import_zips(write_rows(tmp_path / "zips.csv", [ROW, other]))
    moved = write_rows(tmp_path / "zips.csv", [ROW | {"lat": "41"}, ROW | {"zip": "58103"}])
    assert import_zips(moved) == Changes(added=1, changed=1, gone=1)
    assert import_zips(moved) == Changes(same=2)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("zip", "501"),
        ("lat", "north"),
        ("lat", "91"),
        ("lon", "181"),
        ("kind", "area"),
        ("state", "New York"),
    ],
)
def test_it_names_the_line_of_a_bad_cell(tmp_path: Path, column: str, cell: str) -> None:
    path = write_rows(tmp_path / "zips.csv", [ROW, ROW | {"zip": "58102"} | {column: cell}])
    with pytest.raises(BadFile, match=rf"^zips\.csv, line 3: {column} is "):
        list(read_zips(path))


def test_it_refuses_a_zip_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="line 3: zip 00501 stands here a second time"):
        list(read_zips(write_rows(tmp_path / "zips.csv", [ROW, ROW])))
