from decimal import Decimal

import pytest

from careers import wording
from careers.models import Figures


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"median_pay_annual": 117_960, "median_pay_hourly": Decimal("56.71")}, "$117,960"),
        ({"pay_at_least": 239_200}, "$239,200 or more"),
        ({"median_pay_hourly": Decimal("23.3")}, "$23.30 an hour"),
        ({"median_pay_annual": 0}, "$0"),
        ({}, "not published"),
    ],
)
def test_it_words_pay_by_what_is_published(values, expected):
    assert wording.pay(Figures(**values)) == expected


def test_it_says_not_published_for_a_guide_without_figures():
    said = [wording.pay(None), wording.growth(None), wording.openings(None), wording.jobs(None)]

    assert set(said) == {"not published"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [(23, "23%"), (0, "0%"), (-14, "−14%"), (Decimal("3.10"), "3.1%"), (Decimal("3.0"), "3%")],
)
def test_it_writes_per_cent_with_a_real_minus(number, expected):
    assert wording.percent(number) == expected


def test_it_sends_to_the_section_where_no_single_schooling_is_named():
    assert wording.education(Figures(education="")) == "See how to become one"
    assert wording.education(Figures(education="none")) == "No formal educational credential"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("don't", "don’t"),
        ('"Go," she said', "“Go,” she said"),
        ("a 'test' here", "a ‘test’ here"),
        ("already “right”", "already “right”"),
    ],
)
def test_it_curves_straight_quotes(typed, printed):
    assert wording.typographic(typed) == printed


def test_it_splits_paragraphs_at_empty_lines():
    assert wording.paragraphs("One.\n\nTwo.\n\n") == ["One.", "Two."]
    assert wording.paragraphs("") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_it_lists_words(words, expected):
    assert wording.listed(words) == expected
