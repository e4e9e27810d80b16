from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.guideplots.timeline import summed_growth, timeline
from careers.guiderows import find_guide, read_rows
from careers.models import Projection
from tests.careers.builders import (
    make_code,
    make_edition,
    make_figures,
    make_guide,
    make_projection,
    make_succession,
)

pytestmark = pytest.mark.django_db


def a_guide(growths, *codes, **values):
    """With one projection a base year and code; the growth is that of each code."""
    guide = make_guide()
    for soc in codes or ["11-9111"]:
        make_code(guide, soc)
        make_succession(soc, soc)
        for base_year, growth in growths.items():
            edition = make_edition(base_year)
            values |= {"jobs": 1000, "jobs_projected": int(1000 + 10 * growth)}
            if growth is not None:
                make_projection(soc, edition, growth=Decimal(str(growth)), **values)
    return guide


def timeline_of(guide):
    return timeline(read_rows(find_guide(guide.slug), catalogue(holding=guide.pk)))


def growths(shown):
    return [(line.edition, line.growth.text) for line in shown.lines]


def test_it_lists_editions_newest_first_each_with_its_own_growth():
    shown = timeline_of(a_guide({2016: 20.5, 2019: 31.8, 2024: 23.2}))

    assert growths(shown) == [("2024–34", "23.2%"), ("2019–29", "31.8%"), ("2016–26", "20.5%")]
    assert (
        shown.says == "All three editions saw growth, from 20.5% to 31.8%; the newest says 23.2%."
    )
    assert [line.is_here for line in shown.lines] == [True, False, False]


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (-1, -10, "Both editions saw decline, from 1% to 10%; the newest says −10%."),
        (-2.5, 4, "Editions differed: from −2.5% to 4%; the newest says 4%."),
        (0, 4, "Editions differed: from 0% to 4%; the newest says 4%."),
        (5, 5, "Both editions said the same: 5% in ten years."),
    ],
)
def test_it_says_whether_editions_agreed(first, second, says):
    assert timeline_of(a_guide({2021: first, 2024: second})).says == says


def test_it_adds_up_employment_of_several_codes():
    guide = a_guide({2021: 10, 2024: 20}, "11-9111", "11-9112")

    assert growths(timeline_of(guide)) == [("2024–34", "20%"), ("2021–31", "10%")]


def test_it_prefers_the_handbooks_own_figure_to_a_sum():
    guide = a_guide({2021: 10, 2024: 20}, "11-9111", "11-9112")
    make_figures(guide, make_edition(2024), growth=19)

    assert growths(timeline_of(guide))[0] == ("2024–34", "19%")


def test_it_says_where_the_work_was_coded_differently():
    guide = a_guide({2019: 3, 2021: 4, 2024: 5})
    Projection.objects.filter(edition__base_year=2019).update(soc="11-0000")

    shown = timeline_of(guide)

    assert growths(shown)[-1] == ("2019–29", "coded differently then")
    assert shown.lines[-1].growth.is_absent
    assert shown.says.startswith("Both editions that can be compared saw growth")
    assert len(shown.plot.spans) == 2


def test_it_draws_nothing_for_a_single_forecast():
    guide = a_guide({2021: 4, 2024: 5})
    Projection.objects.filter(edition__base_year=2021).update(soc="11-0000")

    shown = timeline_of(guide)

    assert shown.plot is None
    assert shown.says == "Only the 2024–34 edition has a forecast for exactly this work."


@pytest.mark.parametrize("growths", [{}, {2024: 5}])
def test_it_needs_two_editions(growths):
    assert timeline_of(a_guide(growths)) is None


def test_it_shows_the_pay_of_the_time_for_a_single_code_only():
    pay = {"median_pay": 239_200, "median_top_coded": True, "wage_year": 2024}
    one = timeline_of(a_guide({2021: 4, 2024: 5}, **pay))
    several = timeline_of(a_guide({2021: 4, 2024: 5}, "13-1011", "13-1012", **pay))

    assert one.lines[0].pay.text == "$239,200 or more (2024)"
    assert one.has_pay
    assert not several.has_pay


def test_it_never_treats_unknown_employment_as_zero():
    known = Projection(jobs=1000, jobs_projected=1100)

    assert summed_growth([known, Projection(jobs=1000, jobs_projected=1000)]) == 5
    assert summed_growth([known, Projection(jobs=1000)]) is None
    assert summed_growth([Projection(jobs=0, jobs_projected=10)]) is None
    assert summed_growth([]) is None


def test_it_spans_the_ten_years_that_each_edition_looked_ahead():
    plot = timeline_of(a_guide({2016: 20.5, 2024: 23.2})).plot

    assert [(span.start, span.end) for span in plot.spans] == [("0%", "55.6%"), ("44.4%", "100%")]
    assert plot.spans[0].y > plot.spans[1].y  # less growth lies lower
    assert [span.is_here for span in plot.spans] == [False, True]
    assert [tick.text for tick in plot.years] == ["2016", "2020", "2024", "2028", "2032"]


@pytest.mark.parametrize(
    "values", [(5, 5, 5, 5), (20, 32, 28, 23), (-1, -7, -10, -10), (-3, 0, 4, 5), (0, 0, 0, 0)]
)
def test_it_keeps_labels_apart_and_above_the_years(values):
    plot = timeline_of(a_guide(dict(zip((2016, 2019, 2021, 2024), values, strict=True)))).plot
    boxes = [
        (float(span.label.x.rstrip("%")) - (19 if span.label.anchor == "fin" else 0), span.label.y)
        for span in plot.spans
    ]

    for number, (x, y) in enumerate(boxes):
        assert 0 < y < plot.axis_y
        assert all(abs(x - a) >= 19 or abs(y - b) >= 15 for a, b in boxes[:number])
    assert all(0 <= span.y <= plot.axis_y for span in plot.spans)
    assert 4 <= len(plot.ticks) <= 7
