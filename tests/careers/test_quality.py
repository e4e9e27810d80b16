import json
import os

import pytest

from careers import quality
from careers.quality import Cell


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """`measured({...})` writes the file and gives its parts by name."""
    path = tmp_path / "quality.json"
    monkeypatch.setattr(quality, "FILE", path)
    monkeypatch.setattr(quality, "_held", None)

    def write(content):
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return by_name()

    return write


def by_name():
    return {part.heading.slug: part for part in quality.parts()}


def test_it_says_what_was_measured_and_when(measured):
    spam = measured({"spam": {"date": "2026-11-23", "auc": 0.991, "rows": 1159}})["spam"]

    assert spam.measured.isoformat() == "2026-11-23"
    assert [(one.label, one.value) for one in spam.measures] == [
        ("AUC: how often a spam text scores above a good one", "99.1%"),
        ("Texts tested", "1,159"),
    ]


@pytest.mark.parametrize("content", [{}, "", "{", "[1]", '"x"', '{"spam": 7}', '{"spam": {}}'])
def test_it_is_honest_about_what_is_not_there(measured, content):
    assert all(part.is_missing for part in measured(content).values())


def test_it_is_honest_without_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(quality, "FILE", tmp_path / "none.json")

    assert set(by_name()) == {"search", "match", "spam", "campaign", "edition"}
    assert all(part.is_missing for part in quality.parts())


def test_it_shows_what_it_has_no_words_for_under_its_own_name(measured):
    parts = measured(
        {
            "search": {"share_found": 1.0, "by": "hand", "p99_ms": 4.25},
            "new_one": {"n": 3},
        }
    )

    assert [(one.label, one.value) for one in parts["search"].measures] == [
        ("Time that 99 of 100 queries stay under", "4.25 ms"),
        ("Share found", "100%"),
        ("By", "hand"),
    ]
    assert parts["search"].measured is None
    assert parts["new_one"].heading.title == "New one"


def test_it_draws_tables_without_names_of_files(measured):
    rows = [{"file": "somebody", "f1": 0.5, "rows": 2}, {"f1": 0.25}]

    (table,) = measured({"spam": {"left_out": rows, "odd": [1, 2], "none": []}})["spam"].tables

    assert table.caption == "Each collection tested with what the others taught"
    assert table.rows[0][0] == Cell(quality.WORDS["f1"], "50%")
    assert [cell.value for cell in table.rows[1]] == ["25%", "–"]


def test_it_reads_the_file_again_only_when_it_has_changed(measured, monkeypatch):
    measured({"spam": {"f1": 0.5}})
    monkeypatch.setattr(quality, "_read", lambda path: {"spam": {"f1": 0.75}})

    assert by_name()["spam"].measures[0].value == "50%"
    os.utime(quality.FILE, ns=(1, 1))
    assert by_name()["spam"].measures[0].value == "75%"


def test_it_can_read_what_is_embedded():
    spam = by_name()["spam"]

    assert spam.measured is not None
    assert spam.measures
