from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.guideplots import industries
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import make_figures, make_industry_pay, make_industry_share

pytestmark = pytest.mark.django_db


def rows_of(guide):
    return read_rows(find_guide(guide.slug), catalogue())


def test_it_names_the_largest_employer_and_what_is_left():
    figures = make_figures()
    make_industry_share(figures, 0, industry="Offices of physicians", percent=14)
    make_industry_share(figures, 1, percent=29)

    shown = industries.employers(rows_of(figures.guide))

    assert shown.says == "Largest employer: Hospitals, with 29% of the jobs."
    assert [line.width for line in shown.groups[0].lines] == ["48.3%", "100%"]
    assert "57%" in shown.rest


def test_it_keeps_member_occupations_apart():
    figures = make_figures()
    make_industry_share(figures, 0, member="Nurses", percent=60)
    make_industry_share(figures, 1, member="Aides", percent=40)

    shown = industries.employers(rows_of(figures.guide))

    assert [group.member for group in shown.groups] == ["Nurses", "Aides"]
    assert shown.rest == ""


def test_it_shows_no_figure_without_rows():
    rows = rows_of(make_figures().guide)

    assert industries.employers(rows) is None
    assert industries.pay_by_industry(rows) is None


def test_it_marks_top_coded_and_missing_pay_of_an_industry():
    figures = make_figures(median_pay_annual=198_000)
    make_industry_pay(figures, 0, industry="Airlines", median=Decimal(239_200), at_least=True)
    make_industry_pay(figures, 1, industry="Farms", median=None)

    shown = industries.pay_by_industry(rows_of(figures.guide))

    assert shown.says == "Best paid: Airlines, $239,200 or more."
    values = [(line.label, line.value) for line in shown.groups[0].lines]
    assert values == [
        ("Airlines", "$239,200 or more"),
        ("Farms", "not published"),
        ("All industries", "$198,000"),
    ]
