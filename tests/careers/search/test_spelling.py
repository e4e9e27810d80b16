import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search.spelling import Spelling, slips

SPELLING = Spelling(["registered nurse", "plumber", "plumber helper", "welder", "veterinarian"])


@pytest.mark.parametrize("typed", ["plumer", "plubmer", "pplumber", "plumbor"])
def test_it_finds_the_word_that_was_meant(typed):
    assert SPELLING.corrected(typed) == "plumber"


def test_it_corrects_only_the_words_that_it_does_not_know():
    assert SPELLING.corrected("registred nurse") == "registered nurse"


@pytest.mark.parametrize("typed", ["plumber", "plumbers", "vet", "veterin", "rx", "12345", ""])
def test_it_leaves_known_unfinished_and_short_words_alone(typed):
    assert SPELLING.corrected(typed) == ""


def test_it_forgives_two_slips_in_a_long_word_and_one_in_a_short_one():
    assert SPELLING.corrected("vetrinarien") == "veterinarian"
    assert SPELLING.corrected("wledre") == ""


def test_it_prefers_the_commoner_of_two_words_that_are_as_near():
    spelling = Spelling(["baker", "baker", "maker"])
    assert spelling.corrected("xaker") == "baker"


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("", "", 0),
        ("ab", "ab", 0),
        ("ab", "ba", 1),
        ("abc", "ac", 1),
        ("a", "ab", 1),
        ("ab", "xy", 2),
    ],
)
def test_it_counts_slips(typed, meant, count):
    assert slips(typed, meant) == count


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_it_counts_the_same_both_ways(one, other):
    assert slips(one, other) == slips(other, one)
