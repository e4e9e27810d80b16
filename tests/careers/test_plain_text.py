from decimal import Decimal
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.plain_text import read_glossary, read_plain
from tests.careers.plain_files import PARTS, plain_file, write_plain


def read(tmp_path: Path, content: str):
    return read_plain(write_plain(tmp_path, content))


def test_it_reads_every_part(tmp_path: Path):
    text = read(tmp_path, plain_file())
    assert (text.slug, text.profile, text.edition) == ("chefs", "101", "2024-34")
    assert text.grade == Decimal("2.7")
    assert text.terms == ("license", "median", "shift-work")
    assert text.words == ("cook", "kitchen boss", "line cook")
    assert text.summary == PARTS["Summary"]
    assert text.tasks[0] == "Write menus and set prices"
    assert len(text.tasks) == 4
    assert [label for label, _ in text.start] == ["Now", "Next", "Later"]
    assert text.like == (
        "Heat and noise wake you up",
        "You taste things others miss",
        "A crew that works as one makes you proud",
    )
    assert text.twice[-1] == "Sharp words at rush hour would sting"


def test_it_joins_the_lines_of_a_paragraph_and_of_a_step(tmp_path: Path):
    text = read(tmp_path, plain_file())
    first, second = text.what.split("\n\n")
    assert first.startswith("Orders fly in") and "sauce, fix the salt" in first
    assert second.endswith("Later you train a new cook.")
    assert dict(text.start)["Later"].endswith("license, so ask before you sign a lease.")


def test_it_reads_what_another_system_saved(tmp_path: Path):
    path = write_plain(tmp_path, "")
    path.write_bytes(plain_file().replace("\n", "\r\n").encode())
    assert read_plain(path) == read(tmp_path, plain_file())


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", r"chefs\.md, line 1: “slug: …” is missing here"),
        (plain_file().replace("profile: 101\n", ""), r"line 2: “profile: …” is missing"),
        (plain_file(grade="8"), r"line 4: grade has a wrong form"),
        (plain_file(edition="2024–34"), r"line 3: edition has a wrong form"),
        (plain_file(terms="license,median"), r"line 5: terms has a wrong form"),
        (plain_file(words=""), r"line 6: words has a wrong form"),
        (plain_file(slug="cooks"), r"line 1: slug cooks differs from the file's name"),
        (plain_file().replace("cook\n\n# Sum", "cook\n# Sum"), r"line 7: an empty line must end"),
        (plain_file().replace("# Summary", "Hello"), r"line 8: text before the first heading"),
        (plain_file().replace("# Where and when", "# Where"), r"“# Where and when” should stand"),
        (plain_file().partition("# Think")[0], r"“# Think twice if” is missing"),
        (plain_file() + "\n# More\nWords.\n", r"no further heading should stand here"),
        (plain_file({"What pay depends on": ""}), r"“# What pay depends on” is empty"),
        (plain_file({"Think twice if": ""}), r"“# Think twice if” is empty"),
        (plain_file({"Summary": "One.\n\nTwo."}), r"line 11: the summary is one line"),
        (plain_file({"Where and when": "- Here"}), r"line \d+: no list item belongs here"),
        (plain_file({"What the work is": "- Task\n\nText."}), r"line 12: no list item belongs"),
        (plain_file({"Think twice if": "- One\n\nTwo."}), r"only lines that begin with “- ”"),
        (plain_file({"How to start": "Now: A.\nLater: B."}), r"the steps are one line each"),
        (plain_file({"How to start": "Now: A.\nNext: B."}), r"“Later: …” is missing"),
        (plain_file({"How to start": "Begin at once."}), r"the steps are one line each"),
    ],
)
def test_it_refuses_what_leaves_the_format_and_names_the_line(tmp_path, content, complaint):
    with pytest.raises(BadFile, match=complaint):
        read(tmp_path, content)


def test_it_refuses_another_encoding(tmp_path: Path):
    path = write_plain(tmp_path, "")
    path.write_bytes(plain_file().replace("salt", "sält").encode("cp1252"))
    with pytest.raises(BadFile, match=r"chefs\.md, line 13: is not UTF-8"):
        read_plain(path)


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(BadFile, match="there is no such file"):
        read_plain(tmp_path / "chefs.md")


def test_it_reads_a_glossary_and_refuses_a_term_twice(tmp_path: Path):
    path = tmp_path / "glossary.csv"
    path.write_text("slug,term,definition\nmedian,median,The middle.\n")
    assert read_glossary(path) == {"median": ("median", "The middle.")}
    path.write_text(path.read_text() + "median,median,Half of them.\n")
    with pytest.raises(BadFile, match=r"glossary\.csv, line 3: median stands here a second time"):
        read_glossary(path)
