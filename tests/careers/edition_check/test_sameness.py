from pathlib import Path

import pytest

from careers.edition_check.sameness import sameness
from careers.plain_text import PlainText, read_plain
from tests.careers.plain_files import plain_file, write_plain

OTHER = {
    "Summary": "{} one.",
    "What the work is": "{} two.\n\n- {} three\n- {} four\n- {} five\n- {} six",
    "Where and when": "{} seven.",
    "How to start": "Now: {} eight.\nNext: {} nine.\nLater: {} ten.",
    "What pay depends on": "{} eleven.",
    "Where it is heading": "{} twelve.",
    "You may like it if": "- {} thirteen",
    "Think twice if": "- {} fourteen",
}


def texts(folder: Path, count: int, part: str, sentence: str) -> dict[str, PlainText]:
    """So many texts with nothing in common but what `sentence` gives that part of each."""
    made = {}
    for number in range(count):
        slug = f"guide-{chr(97 + number)}"
        parts = {name: text.replace("{}", slug) for name, text in OTHER.items()}
        parts[part] = parts[part].replace(f"{slug} nine.", sentence.format(slug))
        parts[part] = parts[part].replace(f"{slug} seven.", sentence.format(slug))
        made[slug] = read_plain(write_plain(folder, plain_file(parts, slug=slug), slug))
    return made


@pytest.mark.parametrize(
    ("part", "most"), [("Where and when", 3), ("How to start", 10)], ids=["where", "start"]
)
def test_it_lets_so_many_guides_open_alike_and_no_more(tmp_path: Path, part, most):
    sentence = "Most people work in an office with {}."
    assert not list(sameness(texts(tmp_path, most, part, sentence)))
    found = list(sameness(texts(tmp_path, most + 1, part, sentence)))
    assert len(found) == most + 1
    expected = f"“most people work in an …” opens sentences of {most + 1} guides"
    assert {(one.rule, one.message) for one in found} == {("opening", expected)}


def test_it_lets_a_shorter_opening_pass(tmp_path: Path):
    assert not list(sameness(texts(tmp_path, 5, "Where and when", "Most people work {}.")))


def test_it_refuses_a_sentence_twice_whatever_its_case_and_stops(tmp_path: Path):
    made = texts(tmp_path, 2, "Where and when", "{} sleeps. You work late")
    found = list(sameness(made))
    assert {one.slug for one in found} == {"guide-a", "guide-b"}
    assert {one.message for one in found} == {"guide-b and guide-a both have “you work late”"}


def test_it_refuses_a_sentence_twice_in_one_guide(tmp_path: Path):
    found = list(sameness(texts(tmp_path, 1, "Where and when", "You work late. you WORK late!")))
    assert [one.rule for one in found] == ["twice"]
