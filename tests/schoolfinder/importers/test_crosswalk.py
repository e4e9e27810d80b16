from pathlib import Path

import pytest
from openpyxl import Workbook

from careers.importers.files import BadFile
from careers.importers.sync import Changes
from schoolfinder.importers.crosswalk import import_crosswalk, read_crosswalk
from schoolfinder.models import FieldOccupation
from tests.schoolfinder.builders import make_field
from tests.schoolfinder.importers.samples import write_rows


def crosswalk(folder: Path, *pairs: tuple[str, str]) -> Path:
    rows = [{"CIP2020Code": cip, "CIP2020Title": "x", "SOC2018Code": soc} for cip, soc in pairs]
    return write_rows(folder / "cip2020_soc2018.csv", rows)


def workbook(folder: Path, *rows: tuple[str, ...], sheet: str = "CIP-SOC") -> Path:
    book = Workbook()
    book.create_sheet(sheet)
    for row in rows:
        book[sheet].append(row)
    path = folder / "CIP2020_SOC2018_Crosswalk.xlsx"
    book.save(path)
    return path


def test_it_links_fields_and_occupations(db: None, tmp_path: Path) -> None:
    make_field("51.3801")
    path = crosswalk(tmp_path, ("51.3801", "29-1141"), ("51.3801", "25-1072"))
    assert import_crosswalk(path) == Changes(added=2)
    links = FieldOccupation.objects.order_by("soc").values_list("soc", "is_teaching")
    assert list(links) == [("25-1072", True), ("29-1141", False)]


@pytest.mark.parametrize(("soc", "is_teaching"), [("25-1072", True), ("25-2021", False)])
def test_it_marks_postsecondary_teachers_only(tmp_path: Path, soc: str, is_teaching: bool) -> None:
    (link,) = read_crosswalk(crosswalk(tmp_path, ("51.3801", soc)))
    assert link.is_teaching == is_teaching


@pytest.mark.parametrize("pair", [("51.3801", "99-9999"), ("99.9999", "29-1141")])
def test_it_leaves_out_what_has_no_match(tmp_path: Path, pair: tuple[str, str]) -> None:
    assert list(read_crosswalk(crosswalk(tmp_path, pair))) == []


def test_it_reads_the_workbook_as_it_is_shipped(tmp_path: Path) -> None:
    header = ("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title")
    path = workbook(tmp_path, header, ("51.3801", "Nursing.", "29-1141", "Nurses"))
    assert [(link.field_id, link.soc) for link in read_crosswalk(path)] == [("51.3801", "29-1141")]


def test_it_refuses_a_workbook_without_the_sheet(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"Crosswalk\.xlsx, CIP-SOC: cannot be read"):
        list(read_crosswalk(workbook(tmp_path, sheet="SOC-CIP")))


def test_it_refuses_a_workbook_without_the_columns(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"Crosswalk\.xlsx, CIP-SOC: lacks the column CIP2020Code"):
        list(read_crosswalk(workbook(tmp_path, ("CIP2010Code", "SOC2018Code"), ("a", "b"))))


def test_it_refuses_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "CIP2020_SOC2018_Crosswalk.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(BadFile, match="cannot be read"):
        list(read_crosswalk(path))


def test_it_changes_nothing_when_run_twice(db: None, tmp_path: Path) -> None:
    make_field("51.3801")
    path = crosswalk(tmp_path, ("51.3801", "29-1141"))
    import_crosswalk(path)
    assert import_crosswalk(path) == Changes(same=1)


def test_it_refuses_a_field_that_is_not_known(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"field 51\.3801 is not known: import the CIP first"):
        import_crosswalk(crosswalk(tmp_path, ("51.3801", "29-1141")))


@pytest.mark.parametrize(
    ("pair", "column"),
    [(("51.38", "29-1141"), "CIP2020Code"), (("51.3801", "291141"), "SOC2018Code")],
)
def test_it_names_the_line_of_a_bad_code(
    tmp_path: Path, pair: tuple[str, str], column: str
) -> None:
    path = crosswalk(tmp_path, ("51.3801", "29-1141"), pair)
    with pytest.raises(BadFile, match=rf"^cip2020_soc2018\.csv, line 3: {column} is "):
        list(read_crosswalk(path))


def test_it_refuses_a_pair_that_stands_twice(tmp_path: Path) -> None:
    pair = ("51.3801", "29-1141")
    with pytest.raises(BadFile, match=r"line 3: .* stands here a second time"):
        list(read_crosswalk(crosswalk(tmp_path, pair, pair)))
