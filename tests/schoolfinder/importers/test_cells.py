from pathlib import Path
from typing import Any

import pytest

from careers.importers.files import BadFile
from schoolfinder.importers.cells import Cells


def cells(text: str) -> Cells:
    return Cells(Path("hd2024.csv"), 7, {"X": text})


@pytest.mark.parametrize("mark", ["", "-1", "-2", "-3", "."])
def test_it_takes_the_marks_of_nces_for_no_number(mark: str) -> None:
    assert cells(mark).code("X") is None
    assert cells(mark).count("X") is None
    assert cells(mark).dollars("X") is None
    assert cells(mark).percent("X") is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("code", "0", 0),
        ("code", "43", 43),
        ("count", "0", 0),
        ("count", "938.0", 938),
        ("dollars", "40628.0", 40628),
        ("dollars", "0", None),
        ("net_price", "-3", -3),
        ("net_price", "0", 0),
        ("net_price", "NULL", None),
        ("share", "0.6989", 0.6989),
        ("share", "1", 1.0),
        ("share", "PrivacySuppressed", None),
        ("percent", "29", 0.29),
        ("percent", "100", 1.0),
        ("unitid", "100654", 100654),
        ("text", "  two   words\t", "two words"),
    ],
)
def test_it_reads_a_cell(kind: str, text: str, value: Any) -> None:
    assert getattr(cells(text), kind)("X") == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("code", "R"),
        ("code", "1.5"),
        ("code", "9" * 30),
        ("count", "-7"),
        ("count", "1e3"),
        ("dollars", "-7"),
        ("net_price", "cheap"),
        ("share", "1.2"),
        ("share", "-0.1"),
        ("share", "nan"),
        ("percent", "101"),
        ("unitid", "1006"),
        ("unitid", "1006540"),
        ("unitid", "٠٠٠٠٠٠"),
        ("text", "a\x07b"),
    ],
)
def test_it_names_the_file_the_line_and_the_column_of_a_bad_cell(kind: str, text: str) -> None:
    with pytest.raises(BadFile, match=r"^hd2024\.csv, line 7: X is "):
        getattr(cells(text), kind)("X")


def test_it_refuses_text_that_is_too_long() -> None:
    assert cells("a" * 60).text("X", 60)
    with pytest.raises(BadFile, match="at most 60"):
        cells("a" * 61).text("X", 60)
