from decimal import Decimal

import pytest

from careers.edition_check.reading_grade import grade, split_sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("nurse", 1),
        ("Patient", 2),
        ("hospital", 3),
        ("nurse's", 2),  # not in the dictionary: a hissing sound adds one
        ("sonographer", 4),  # by rule
        ("echocardiogram", 6),
        ("wiped", 1),
        ("unscrewed", 2),  # by rule, and the e is silent
        ("retitled", 3),
        ("EKG", 3),  # spelled out
        ("HVAC", 4),
        ("OSHA", 2),  # spoken
        ("W", 3),
        ("12", 2),
    ],
)
def test_it_counts_syllables(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("At 6 a.m. you start.", ["At 6 am you start."]),
        ("The U.S. Army pays.", ["The US Army pays."]),
        ("It says “stop.” You stop.", ['It says "stop.', "You stop."]),
        ("Wait; then go: now.", ["Wait; then go: now."]),
        ("A line without an end", ["A line without an end"]),
        ("...", []),
    ],
)
def test_it_splits_sentences(text, sentences):
    assert split_sentences(text) == sentences


def test_it_grades_by_flesch_and_kincaid():
    # 5 words, 1 sentence, 5 syllables: 0.39 × 5 + 11.8 × 1 − 15.59 = −1.84
    assert grade(["The cat sat down there."]) == Decimal("-1.8")
    # 12 words, 2 sentences, 19 syllables: 0.39 × 6 + 11.8 × 19 ÷ 12 − 15.59 = 5.433
    text = "Doctors order tests for many patients. Nurses carry samples down the hall."
    assert grade([text]) == Decimal("5.4")


def test_it_ends_a_sentence_where_a_line_ends():
    assert grade(["You plan shifts", "You order gloves"]) == grade(
        ["You plan shifts. You order gloves."]
    )


def test_it_gives_nothing_a_grade_of_zero():
    assert grade([]) == Decimal("0.0")
