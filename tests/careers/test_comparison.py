from decimal import Decimal

import pytest

from careers import comparison
from careers.catalogue import catalogue
from tests.careers.builders import make_figures, make_guide, make_similar

pytestmark = pytest.mark.django_db


def rows_of(*figures):
    """By label: the words of each cell, whether they differ, and where the highest stands."""
    for number, values in enumerate(figures):
        make_figures(make_guide(f"guide-{number}"), **values)
    return {
        row.label: (
            [cell.text for cell in row.cells],
            row.differs,
            [cell.is_highest for cell in row.cells],
        )
        for row in comparison.rows(catalogue().current)
    }


def test_it_marks_what_differs_and_the_highest():
    rows = rows_of({"growth": 5, "openings": 70}, {"growth": 5, "openings": 900})

    assert rows["Growth over ten years"] == (["5%", "5%"], False, [False, False])
    assert rows["Openings a year"] == (["70", "900"], True, [False, True])
    assert rows["Schooling to start"] == (["Bachelor’s degree"] * 2, False, [False, False])


def test_it_calls_nothing_the_highest_when_one_is_not_published():
    rows = rows_of({"growth": None}, {"growth": 5}, {"growth": 9})

    assert rows["Growth over ten years"] == (["not published", "5%", "9%"], True, [False] * 3)


def test_it_calls_neither_of_two_the_highest():
    assert rows_of({"jobs": 9}, {"jobs": 9}, {"jobs": 5})["Jobs"][2] == [False] * 3


def test_it_does_not_rank_pay_by_the_hour_among_pay_by_the_year():
    by_the_hour = {"median_pay_annual": None, "median_pay_hourly": Decimal("99.00")}
    rows = rows_of(by_the_hour, {"median_pay_annual": 30_000})

    assert rows["Middle pay"] == (["$99.00 an hour", "$30,000"], True, [False, False])


def test_it_compares_a_guide_without_figures():
    make_guide("military-careers")
    make_figures(make_guide("bakers"))

    cells = {row.label: row.cells[1] for row in comparison.rows(catalogue().current)}

    assert cells["Jobs"].is_absent
    assert cells["Figures from"].text == "no edition"


def test_it_offers_similar_careers_first_and_none_that_is_taken():
    guides = [make_guide(name) for name in ("bakers", "cooks", "nurses")]
    make_similar(guides[0], guides[2])
    held = catalogue()

    near, rest = comparison.offers(held.with_slugs(["bakers"]), held)

    assert near.choices == [("nurses", "Nurses")]
    assert rest.choices == [("cooks", "Cooks")]


def test_it_offers_nothing_when_it_is_full():
    for number in range(6):
        make_guide(f"guide-{number}")
    held = catalogue()

    assert comparison.offers(held.current[:4], held) == []
    assert comparison.offers(held.current[:3], held)


def test_it_leads_to_the_comparison_without_each():
    make_guide("bakers")
    make_guide("cooks")

    assert [column.without_url for column in comparison.columns(catalogue().current)] == [
        "/careers/compare/?g=cooks",
        "/careers/compare/?g=bakers",
    ]
