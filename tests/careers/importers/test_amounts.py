from decimal import Decimal

import pytest

from careers.importers.amounts import (
    NotAnAmount,
    amount,
    is_top_coded,
    thousands,
    top_code_hour,
    top_code_year,
    whole,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$87,980", Decimal(87980)),
        ("86,010", Decimal(86010)),
        ("23%", Decimal(23)),
        ("1,449.8", Decimal("1449.8")),
        ("$239,200 or more", Decimal(239200)),
        (">=$239,200", Decimal(239200)),
        (">=208,000", Decimal(208000)),
        ("-14", Decimal(-14)),
        ("−0.6", Decimal("-0.6")),
        (309.4, Decimal("309.4")),
        (0, Decimal(0)),
    ],
)
def test_it_reads_what_bls_prints(text, number):
    assert amount(text) == number


@pytest.mark.parametrize("mark", ["", "*", "**", "—", "–", "-", "N/A", None, "  "])
def test_it_reads_a_mark_for_missing_as_none_and_not_zero(mark):
    assert amount(mark) is None
    assert whole(mark) is None
    assert thousands(mark) is None


@pytest.mark.parametrize("text", ["about 5", "$", "1.2.3", "NaN", "Infinity", "#"])
def test_it_refuses_what_is_no_amount(text):
    with pytest.raises(NotAnAmount, match="is not an amount"):
        amount(text)


@pytest.mark.parametrize(("text", "jobs"), [("309.4", 309_400), (0.1, 100), ("1,579.8", 1_579_800)])
def test_it_turns_thousands_into_jobs(text, jobs):
    assert thousands(text) == jobs


def test_it_tells_a_top_code_from_an_amount():
    assert is_top_coded("239,200 or more")
    assert is_top_coded(">=208,000")
    assert not is_top_coded("239,200")
    assert not is_top_coded(239200)


@pytest.mark.parametrize(
    ("year", "yearly", "hourly"),
    [(2025, 239_200, "115"), (2022, 239_200, "115"), (2021, 208_000, "100"), (2015, 187_200, "90")],
)
def test_it_knows_the_top_code_of_a_year(year, yearly, hourly):
    assert top_code_year(year) == yearly
    assert top_code_hour(year) == Decimal(hourly)
