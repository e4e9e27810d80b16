from pathlib import Path

import pytest

from careers.edition_check.overlap import Overlap
from careers.plain_text import read_plain
from tests.careers.plain_files import PARTS, plain_file, write_plain


def shared(folder: Path, sentence: str, *blocks: str) -> list[str]:
    """What a text that has the sentence shares with a source that has the blocks."""
    where = f"{PARTS['Where and when']} {sentence}"
    text = read_plain(write_plain(folder, plain_file({"Where and when": where})))
    overlap = Overlap([text])
    overlap.compare(blocks, "the handbook")
    return [defect.message for defect in overlap.defects()]


def test_it_finds_a_run_of_seven_words(tmp_path: Path):
    assert shared(
        tmp_path,
        "Chefs one two three four five six end.",
        "Before, CHEFS one two three four, five “six” after.",
    ) == ["where shares with the handbook: “chefs one two three four five six”"]


def test_it_lets_six_words_pass(tmp_path: Path):
    assert shared(tmp_path, "Now one two three four five six.", "one two three four five six") == []


def test_it_shows_a_longer_run_as_one(tmp_path: Path):
    sentence = "a1 b2 c3 d4 e5 f6 g7 h8 i9."
    assert len(shared(tmp_path, sentence, "Here a1 b2 c3 d4 e5 f6 g7 h8 i9 there")) == 1


def test_it_joins_no_blocks_of_the_source(tmp_path: Path):
    sentence = "One two three four five six seven."
    assert shared(tmp_path, sentence, "one two three four", "five six seven") == []


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_it_reads_both_apostrophes_alike(tmp_path: Path, apostrophe):
    block = f"a bachelor{apostrophe}s degree in one two three"
    assert shared(tmp_path, "You want a bachelor's degree in one two three.", block)


def test_it_says_how_much_it_compared(tmp_path: Path):
    overlap = Overlap([])
    overlap.compare(["one two three four five six seven eight", "one two"], "O*NET")
    assert overlap.compared == 2
