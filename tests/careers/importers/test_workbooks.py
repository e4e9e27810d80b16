import zipfile
from pathlib import Path

import pytest

from careers.importers import workbooks
from careers.importers.files import BadFile
from tests.careers.importers.workbook_files import write_workbook


def test_it_tells_a_workbook_by_what_it_is(tmp_path: Path):
    path = write_workbook(tmp_path / "book.zip", {"Sheet": [[1]]})
    assert workbooks.is_workbook(path)
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("data.csv", "a,b")
    assert not workbooks.is_workbook(other)
    assert not workbooks.is_workbook(tmp_path / "missing.xlsx")


def test_it_pads_rows_to_one_length(tmp_path: Path):
    path = write_workbook(tmp_path / "book.xlsx", {"One": [["a"], ["b", "c", 3]]})
    with workbooks.opened(path) as book:
        assert workbooks.rows(path, book, "One") == [("a", None, None), ("b", "c", 3)]


def test_it_names_a_sheet_that_is_not_there(tmp_path: Path):
    path = write_workbook(tmp_path / "book.xlsx", {"One": [["a"]]})
    with workbooks.opened(path) as book, pytest.raises(BadFile, match="has no sheet Two"):
        workbooks.rows(path, book, "Two")


def test_it_joins_merged_headers():
    head = [("Title", None, "Employment", None, "Openings"), (None, None, 2016, "2026\nplan", None)]
    assert workbooks.header_of(head) == [
        "title",
        "",
        "employment 2016",
        "employment 2026 plan",
        "openings",
    ]
    assert workbooks.header_of([]) == []


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_it_refuses_what_is_no_workbook(tmp_path: Path, content: bytes):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="is no workbook"), workbooks.opened(path):
        pass


def test_it_refuses_a_workbook_that_is_missing(tmp_path: Path):
    with pytest.raises(BadFile, match="no such file"), workbooks.opened(tmp_path / "no.xlsx"):
        pass


def test_it_refuses_a_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch):
    path = write_workbook(tmp_path / "book.xlsx", {"One": [["a"]]})
    monkeypatch.setattr(workbooks, "MOST_BYTES", 100)
    with pytest.raises(BadFile, match="unpacks to more than"), workbooks.opened(path):
        pass
