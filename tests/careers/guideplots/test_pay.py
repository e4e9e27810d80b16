from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.guideplots import pay
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import make_code, make_figures, make_percentiles, make_wage

pytestmark = pytest.mark.django_db


def rows_of(guide):
    return read_rows(find_guide(guide.slug), catalogue())


def test_it_shows_no_figure_without_percentiles():
    assert pay.pay_spread(rows_of(make_figures().guide)) is None


def test_it_takes_quarters_from_the_wages_of_the_same_month():
    figures = make_figures()
    make_percentiles(figures)
    make_code(figures.guide, "11-9111")
    make_wage(release="2025-05", p25=1, p75=2)  # newer: never mixed in
    make_wage(release="2024-05", p25=47_000, p75=82_000)
    make_wage("00-0000", release="2024-05", median=49_500)

    shown = pay.pay_spread(rows_of(figures.guide))

    assert shown.says.startswith("The middle half earn between $47,000 and $82,000")
    assert shown.heads == [
        "Lowest tenth",
        "Lower quarter",
        "Middle",
        "Upper quarter",
        "Top tenth",
    ]
    assert [line.name for line in shown.lines] == ["This career", "All workers"]


def test_it_draws_no_box_for_a_guide_of_several_codes():
    figures = make_figures()
    make_percentiles(figures)
    for soc in ("11-9111", "11-9112"):
        make_code(figures.guide, soc)
        make_wage(soc, release="2024-05")

    shown = pay.pay_spread(rows_of(figures.guide))

    assert "Lower quarter" not in shown.heads
    assert shown.plot.rows[0].box is None


def test_it_draws_no_box_with_a_top_coded_edge():
    figures = make_figures()
    make_percentiles(figures, p90=Decimal(239_200), p90_top_coded=True)
    make_code(figures.guide)
    make_wage(release="2024-05", p75=239_200, top_coded=["p75", "p90"])

    shown = pay.pay_spread(rows_of(figures.guide))

    assert shown.plot.rows[0].box is None
    assert [cell.text for cell in shown.lines[0].cells[-2:]] == ["$239,200 or more"] * 2
    assert shown.says.endswith("the best-paid tenth, $239,200 or more.")


def test_it_shows_hours_as_hours():
    figures = make_figures(median_pay_annual=None, median_pay_hourly=Decimal("23.33"))
    make_percentiles(figures, unit="hour", p10=Decimal("14"), p90=Decimal("97.19"))

    shown = pay.pay_spread(rows_of(figures.guide))

    assert shown.unit == "hour"
    assert [cell.text for cell in shown.lines[0].cells] == ["$14.00", "$23.33", "$97.19"]


def test_it_gives_quarters_by_the_year_where_hours_have_none():
    figures = make_figures()
    make_percentiles(figures, unit="hour", p10=Decimal("14"), p90=Decimal("97.19"))
    make_code(figures.guide)
    make_wage(release="2024-05", p25=47_000, p75=82_000)

    shown = pay.pay_spread(rows_of(figures.guide))

    assert shown.quarters.endswith("the middle half earn between $47,000 and $82,000.")
    assert shown.plot.rows[0].box is None


def test_it_gives_each_member_occupation_its_own_line():
    figures = make_figures()
    make_percentiles(figures, 0, member="Nurses", median=70_000)
    make_percentiles(figures, 1, member="Aides")

    shown = pay.pay_spread(rows_of(figures.guide))

    assert [line.name for line in shown.lines] == ["Nurses", "Aides", "All workers"]
    assert shown.lines[0].cells[1].text == "$70,000"
    assert shown.lines[1].cells[1].is_absent


def test_it_compares_an_older_survey_with_nothing():
    figures = make_figures(median_pay_annual=None, median_pay_hourly=None)
    make_percentiles(figures, period="May 2017", median=28_530)
    make_wage("00-0000", release="2024-05")

    shown = pay.pay_spread(rows_of(figures.guide))

    assert shown.period == "May 2017"
    assert [line.name for line in shown.lines] == ["This career"]
    assert [cell.text for cell in shown.lines[0].cells] == ["$34,100", "$28,530", "$102,300"]
