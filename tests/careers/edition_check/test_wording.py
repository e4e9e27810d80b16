from pathlib import Path

import pytest

from careers.edition_check.wording import alone
from careers.plain_text import read_plain
from tests.careers.plain_files import PARTS, plain_file, write_plain


def complaints(folder: Path, parts: dict[str, str] | None = None, **header: str) -> list[str]:
    text = read_plain(write_plain(folder, plain_file(parts, **header)))
    return [f"{defect.rule}: {defect.message}" for defect in alone(text)]


def with_sentence(sentence: str) -> dict[str, str]:
    return {"What pay depends on": f"{PARTS['What pay depends on']} {sentence}"}


def test_it_finds_nothing_in_a_sound_text(tmp_path: Path):
    assert complaints(tmp_path) == []


@pytest.mark.parametrize(
    ("part", "text", "complaint"),
    [
        ("Summary", "word " * 26, "summary has 26 words; 8–25 are wanted"),
        ("Summary", "You cook.", "summary has 2 words"),
        ("Where and when", "You stand in a kitchen.", "where has 5 words; 40–80 are wanted"),
        ("What pay depends on", "It is so. " * 21, "pay has 63 words; 30–60 are wanted"),
        ("Think twice if", "- One\n- Two", "twice has 2; 3–4 are wanted"),
        ("Think twice if", "- One\n- Two\n- One", "twice says the same twice"),
    ],
)
def test_it_measures_each_part(tmp_path: Path, part, text, complaint):
    assert any(complaint in found for found in complaints(tmp_path, {part: text}))


def test_it_counts_no_task_as_a_word_of_what(tmp_path: Path):
    what = PARTS["What the work is"].partition("- ")[0] + "- A long task line\n" * 3
    found = complaints(tmp_path, {"What the work is": what.replace("line\n", "line of work\n")})
    assert "length: tasks has 3; 4–6 are wanted" in found
    assert not any("what has" in one for one in found)


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ({"terms": "license, median"}, "terms has 2; 3–5 are wanted"),
        ({"words": "a, b, c, d, e, f, g"}, "words has 7; 3–6 are wanted"),
        ({"grade": "2.8"}, "the header says 2.8, the text is 2.7"),
    ],
)
def test_it_checks_the_header(tmp_path: Path, header, complaint):
    assert any(complaint in found for found in complaints(tmp_path, **header))


def test_it_refuses_a_text_that_is_hard_to_read(tmp_path: Path):
    hard = (
        "Organizational administrators systematically evaluate interdisciplinary collaboration "
        "opportunities, incorporating international considerations, institutional priorities, "
        "technological capabilities, regulatory requirements, and environmental responsibilities, "
        "and subsequently disseminate comprehensive recommendations to departmental "
        "representatives throughout geographically distributed organizational subdivisions "
        "everywhere imaginable."
    )
    found = complaints(tmp_path, {"Where and when": hard, "Where it is heading": hard})
    assert any(one.startswith("grade: without its lists") for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "You start at $20 an hour.",
        "Jobs grow by 5%.",
        "Jobs grow by five percent.",
        "There are 1,200 of them.",
        "About 300 cooks retire.",
        "Each year brings 40 openings.",
        "It pays thousands of dollars more.",
        "One in ten is self-employed.",
        "Nine jobs out of ten are in cities.",
    ],
)
def test_it_refuses_figures_that_would_age(tmp_path: Path, sentence):
    assert any("wording: pay has a" in one for one in complaints(tmp_path, with_sentence(sentence)))


@pytest.mark.parametrize(
    "sentence", ["It takes 2 years.", "You dial 911.", "A 401(k) helps.", "Shifts last 12 hours."]
)
def test_it_lets_spans_of_time_and_names_pass(tmp_path: Path, sentence):
    assert not any("wording" in one for one in complaints(tmp_path, with_sentence(sentence)))


@pytest.mark.parametrize(
    "sentence",
    [
        "A chef loves his knives.",
        "Salesmen sell it.",
        "This is a rewarding career.",
        "A job is guaranteed.",
        "You need a licence.",
    ],
)
def test_it_refuses_stereotypes_promises_and_foreign_spelling(tmp_path: Path, sentence):
    assert any("wording: pay has" in one for one in complaints(tmp_path, with_sentence(sentence)))


@pytest.mark.parametrize(
    "sentence", ["Where others rest, there they are.", "Humans eat.", "A female nurse and a man."]
)
def test_it_takes_no_part_of_a_word_for_a_word(tmp_path: Path, sentence):
    assert not any("wording" in one for one in complaints(tmp_path, with_sentence(sentence)))


@pytest.mark.parametrize("part", ["What the work is", "How to start"])
def test_it_wants_the_reader_spoken_to(tmp_path: Path, part):
    text = PARTS[part].replace("you", "them")
    text = text.replace("Your", "Their").replace("You", "They")
    found = complaints(tmp_path, {part: text})
    assert sum("does not speak to “you”" in one for one in found) == 1
