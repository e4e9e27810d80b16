from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from careers.models import Figures
from tests.careers.builders import (
    make_edition,
    make_figures,
    make_guide,
    make_industry_pay,
    make_industry_share,
    make_percentiles,
)

pytestmark = pytest.mark.django_db


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


def test_it_allows_figures_once_a_guide_and_edition():
    guide = make_guide()
    make_figures(guide, make_edition(2019))
    make_figures(guide, make_edition(2024))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_figures(guide, make_edition(2024))


@pytest.mark.parametrize(
    ("median", "floor"), [(None, None), (61_250, None), (None, 239_200), (61_250, 239_200)]
)
def test_it_has_a_median_or_a_floor_but_not_both(median: int | None, floor: int | None):
    if median and floor:
        with refused("figures_median_or_floor"), transaction.atomic():
            make_figures(median_pay_annual=median, pay_at_least=floor)
    else:
        make_figures(median_pay_annual=median, pay_at_least=floor)


@pytest.mark.parametrize(("growth", "possible"), [(-100, True), (None, True), (-101, False)])
def test_no_more_jobs_can_go_than_there_are(growth: int | None, possible: bool):
    if possible:
        make_figures(growth=growth)
    else:
        with refused("figures_growth_possible"), transaction.atomic():
            make_figures(growth=growth)


@pytest.mark.parametrize(
    ("low", "high", "possible"),
    [("10", "10", True), ("10", "11", True), (None, "5", True), ("11", "10", False)],
)
def test_percentiles_are_in_order(low: str | None, high: str, possible: bool):
    values = {"p10": low and Decimal(low), "p90": Decimal(high)}
    if possible:
        make_percentiles(make_figures(), **values)
    else:
        with refused("paypercentiles_in_order"), transaction.atomic():
            make_percentiles(make_figures(), **values)


@pytest.mark.parametrize(("percent", "possible"), [(0, True), (100, True), (101, False)])
def test_a_share_is_at_most_all(percent: int, possible: bool):
    if possible:
        make_industry_share(make_figures(), percent=percent)
    else:
        with refused("industryshare_percent_possible"), transaction.atomic():
            make_industry_share(make_figures(), percent=percent)


@pytest.mark.parametrize("make", [make_percentiles, make_industry_share, make_industry_pay])
def test_rows_of_figures_have_their_own_positions_and_order(make):
    figures = make_figures()
    make(figures, 2)
    make(figures, 1)
    rows = type(make(figures, 3)).objects.filter(figures=figures)
    assert [row.position for row in rows] == [1, 2, 3]
    with pytest.raises(IntegrityError), transaction.atomic():
        make(figures, 3)


def test_it_takes_each_guide_from_its_newest_edition():
    both, retired = make_guide("both"), make_guide("retired")
    for year in (2019, 2024):
        make_figures(both, make_edition(year))
    make_figures(retired, make_edition(2019))
    newest = Figures.objects.of_newest_edition()
    assert set(newest.values_list("guide__slug", "edition__base_year")) == {
        *(("both", 2024), ("retired", 2019))
    }
