from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.guideplots.states import TILES, state_figure
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import make_code, make_figures, make_wage

pytestmark = pytest.mark.django_db

FIVE = {"AL": 50_000, "AK": 90_000, "AZ": 60_000, "AR": 70_000, "CA": 80_000}


def a_guide(*codes):
    figures = make_figures()
    for soc in codes or ["11-9111"]:
        make_code(figures.guide, soc, title=f"Workers {soc}")
    return figures.guide


def in_state(state, soc="11-9111", **values):
    """`state` names the area too: names sort as their abbreviations do."""
    return make_wage(
        soc, f"{ord(state[0])}{ord(state[1])}", state=state, area_title=state, **values
    )


def figure_of(guide, **asked):
    return state_figure(read_rows(find_guide(guide.slug), catalogue()), asked)


def shown(figure):
    return [(line.name, line.pay.text, line.jobs.text) for line in figure.lines]


def test_it_shows_no_figure_without_wages_by_state():
    guide = a_guide()
    make_wage()

    assert figure_of(guide) is None


def test_it_ranges_from_the_lowest_to_the_highest_state():
    guide = a_guide()
    for state, pay in FIVE.items():
        in_state(state, median=pay)
    in_state("PR", median=20_000)  # a territory: only in the table

    figure = figure_of(guide)

    assert figure.says == "From $50,000 in AL to $90,000 in AK."
    assert [line.name for line in figure.lines] == ["AK", "CA", "AR", "AZ", "AL", "PR"]
    assert [line.width for line in figure.best][:2] == ["100%", "88.9%"]
    assert "PR" not in [tile.state for tile in figure.tiles]
    assert (figure.month, figure.unit) == ("May 2025", "year")


def test_it_gives_a_tile_to_every_state_in_five_steps():
    guide = a_guide()
    for state, pay in FIVE.items():
        in_state(state, median=pay)

    figure = figure_of(guide)
    tiles = {tile.state: tile for tile in figure.tiles}

    assert len(figure.tiles) == len(TILES) == len(set(TILES)) == 51
    assert [tiles[state].step for state in ("AL", "AZ", "AR", "CA", "AK")] == [1, 2, 3, 4, 5]
    assert (tiles["AK"].value, tiles["AK"].says) == ("90", "AK: $90,000")
    assert (tiles["WY"].step, tiles["WY"].value) == (0, "")
    assert figure.has_gaps
    assert [(step.number, step.reach) for step in figure.legend][-1] == (5, "90")


def test_it_puts_equal_values_on_one_step():
    guide = a_guide()
    for state in FIVE:
        in_state(state, median=50_000)

    assert {tile.step for tile in figure_of(guide).tiles if tile.value} == {1}


def test_it_keeps_suppressed_values_last_and_unnamed():
    guide = a_guide()
    in_state("AL", median=None, median_hourly=None, jobs=100)
    in_state("AK", median=90_000, jobs=None)

    figure = figure_of(guide)

    assert shown(figure) == [
        ("AK", "$90,000", "not published"),
        ("AL", "not published", "100"),
    ]
    assert figure.says == "Pay is published for one state only: $90,000 in AK."
    assert figure.lines[1].pay.is_absent


@pytest.mark.parametrize(
    ("order", "names", "measure"),
    [
        ("pay", ["AK", "AL", "AZ"], "pay"),
        ("jobs", ["AZ", "AL", "AK"], "jobs"),
        ("name", ["AK", "AL", "AZ"], "pay"),
        ("'\"", ["AK", "AL", "AZ"], "pay"),
    ],
)
def test_it_sorts_as_asked(order, names, measure):
    guide = a_guide()
    for state, pay, jobs in (("AL", 5, 20), ("AZ", 4, 30), ("AK", 6, 10)):
        in_state(state, median=pay * 10_000, jobs=jobs)

    figure = figure_of(guide, states=order)

    assert [line.name for line in figure.lines] == names
    assert figure.measure == measure
    assert figure.is_open
    assert figure.sorts["jobs"].url == "?states=jobs#states"


def test_it_shows_hours_where_no_state_has_years():
    guide = a_guide()
    in_state("AL", median=None, median_hourly=Decimal("14"))
    in_state("AK", median=None, median_hourly=Decimal("30.5"))

    figure = figure_of(guide)

    assert figure.says == "From $14.00 in AL to $30.50 an hour in AK."
    assert figure.unit == "hour"
    assert "30" in [tile.value for tile in figure.tiles]


def test_it_ranks_or_more_highest_where_nobody_publishes_more():
    guide = a_guide()
    for state in ("AL", "AK"):
        in_state(state, median=239_200, top_coded=["median"])
    in_state("AZ", median=200_000)

    figure = figure_of(guide)

    assert figure.says == "From $200,000 in AZ to $239,200 or more in AK and 1 other."
    assert {t.state: t.step for t in figure.tiles if t.value} == {"AL": 4, "AK": 4, "AZ": 1}


def test_it_gives_or_more_no_place_among_those_who_publish_more():
    guide = a_guide()
    in_state("AL", median=239_200, top_coded=["median"])
    in_state("AK", median=499_990)
    in_state("AZ", median=200_000)

    figure = figure_of(guide)
    (tile,) = [tile for tile in figure.tiles if tile.state == "AL"]

    assert (tile.step, tile.value, tile.says) == (0, "239+", "AL: $239,200 or more")
    assert figure.says.endswith("; for 1 state only “$239,200 or more” is published.")


def test_it_adds_up_jobs_of_several_codes_but_no_pay():
    guide = a_guide("11-9111", "11-9112")
    for soc in ("11-9111", "11-9112"):
        in_state("AL", soc, jobs=100)
    in_state("AK", "11-9111", jobs=70)  # the other code is missing there: no sum

    figure = figure_of(guide)

    assert shown(figure) == [
        ("AL", "not published", "200"),
        ("AK", "not published", "not published"),
    ]
    assert not figure.has_pay
    assert "pay" not in figure.sorts
    assert figure.says == "Most of these jobs are in AL (200)."
    assert [choice.label for choice in figure.occupations] == [
        "All together, jobs only",
        "Workers 11-9111",
        "Workers 11-9112",
    ]


def test_it_shows_one_occupation_of_several_when_asked():
    guide = a_guide("11-9111", "11-9112")
    for soc, pay in (("11-9111", 50_000), ("11-9112", 60_000)):
        in_state("AL", soc, median=pay, jobs=100)

    figure = figure_of(guide, occupation="11-9112")

    assert shown(figure) == [("AL", "$60,000", "100")]
    assert figure.occupation == "Workers 11-9112"
    assert figure.sorts["name"].url == "?states=name&occupation=11-9112#states"
    assert figure_of(guide, occupation="99-9999").occupation == ""


def test_it_starts_with_the_largest_occupation_where_nothing_adds_up():
    guide = a_guide("11-9111", "11-9112")
    in_state("AL", "11-9111", jobs=100)
    in_state("AK", "11-9112", jobs=900)

    figure = figure_of(guide)

    assert figure.occupation == "Workers 11-9112"
    assert "All together, jobs only" not in [choice.label for choice in figure.occupations]
