from types import SimpleNamespace
from typing import cast

import pytest

from schoolfinder import plots
from schoolfinder.bands import Band
from schoolfinder.geo import Point
from schoolfinder.matching import Match, find_matches
from schoolfinder.outlines import outlines
from tests.schoolfinder.worlds import RELATED, make_nurses, make_school_at, near_fargo


def test_bars_start_at_zero_and_tell_every_year() -> None:
    found = plots.year_bars([None, 0, 5, 10, 20], 2024)
    assert [bar.height for bar in found.bars] == [1.0, 1.0, 5.0, 10.0, 20.0]
    assert [bar.y + bar.height for bar in found.bars] == [plots.BAR_HEIGHT] * 5
    assert [bar.is_missing for bar in found.bars] == [True, False, False, False, False]
    assert found.says == (
        "Graduates a year, 2019–20: not listed, 2020–21: 0, 2021–22: 5, 2022–23: 10, 2023–24: 20"
    )


def test_bars_of_nothing_are_no_error() -> None:
    assert plots.year_bars([], 2024).bars == []


@pytest.mark.django_db
class TestRuler:
    def test_it_puts_each_school_at_its_distance(self) -> None:
        make_nurses()
        make_school_at(10)
        make_school_at(25, cip=RELATED)
        found = plots.ruler(find_matches(near_fargo()).best(), 50, "Fargo")
        assert found is not None
        assert [(dot.x, dot.css) for dot in found.dots] == [("20%", "dot"), ("50%", "ring")]
        assert found.says == "The nearest is 10 miles away, half are within 18."
        assert [tick.label for tick in found.ticks if tick.label][-1] == "50 miles"

    def test_a_dot_stands_for_several_schools_where_they_are_many(self) -> None:
        make_nurses()
        for number in range(12):
            make_school_at(10 + number / 100)
        found = plots.ruler(find_matches(near_fargo()).best(), 50, "Fargo")
        assert found is not None
        assert found.per_dot == 3
        assert len(found.dots) == 4
        assert all(0 < dot.y < found.ground for dot in found.dots)

    def test_it_draws_nothing_without_distances(self) -> None:
        assert plots.ruler([], 50, "Fargo") is None


def test_the_map_has_far_and_near_dots_and_a_home() -> None:
    fargo = (Point(46.88, -96.79), "ND")
    found = plots.dot_map([fargo, (Point(18.4, -66.1), "PR")], [], fargo, 50, "Fargo", [], 2)
    assert found.far.count("M") == 1  # Puerto Rico is not on the map, but counts
    assert found.says.startswith("2 schools")
    assert found.home is not None
    assert found.radius > 0


def test_a_name_in_the_east_stands_left_of_its_point() -> None:
    boston = (Point(42.36, -71.06), "MA")
    found = plots.dot_map([boston], [], boston, 50, "Boston", [], 2)
    assert found.is_east
    assert found.home is not None
    assert found.text_x < found.home[0]


def test_the_ladder_of_bands_has_four_rungs() -> None:
    assert [int(band) for band in Band] == [1, 2, 3, 4]


def drawn_match(name: str, point: Point, band: Band = Band.EXACT) -> Match:
    school = SimpleNamespace(name=name, point=point, state="ND")
    return cast(Match, SimpleNamespace(band=band, school=school))


def test_schools_of_one_place_share_a_dot_that_is_filled_for_an_exact_one() -> None:
    fargo = Point(46.88, -96.79)
    matches = [
        drawn_match("A", fargo),
        drawn_match("B", fargo, Band.SIMILAR),
        drawn_match("C", Point(47.9, -97.1), Band.SIMILAR),
    ]
    drawn = plots.close_up(matches, "ND", None, None, "North Dakota", 1)
    assert drawn
    assert {(spot.title, spot.css) for spot in drawn.spots} == {("A and B", "dot"), ("C", "ring")}
    assert drawn.says == "1 school with an exact program, 2 with something else."


@pytest.mark.parametrize("radius", [10, 100])
def test_the_circle_lies_inside_the_picture(radius: int) -> None:
    drawn = plots.close_up([], "ND", Point(46.88, -96.79), radius, "Fargo, ND", 2)
    assert drawn
    assert drawn.home
    x, y, width, height = map(float, drawn.view_box.split())
    assert x < drawn.home[0] - drawn.radius < drawn.home[0] + drawn.radius < x + width
    assert y < drawn.home[1] - drawn.radius < drawn.home[1] + drawn.radius < y + height


def test_islands_off_the_map_have_no_picture() -> None:
    assert plots.close_up([], "GU", None, None, "Guam", 1) is None
    assert plots.campus(Point(13.4, 144.7), "GU", "Guam College") is None


def test_each_state_has_an_outline_on_the_map() -> None:
    frames = [outline.frame for outline in outlines().values()]
    assert len(frames) == 51
    for frame in frames:
        assert 0 < frame.width < 300
        assert frame.x >= 0
        assert frame.x + frame.width <= 975
        assert frame.y >= 0
        assert frame.y + frame.height <= 612


def test_a_campus_lies_inside_its_state() -> None:
    drawn = plots.campus(Point(34.07, -118.44), "CA", "A College")
    assert drawn
    frame = outlines()["CA"].frame
    (spot,) = drawn.spots
    assert frame.x <= spot.x <= frame.x + frame.width
    assert frame.y <= spot.y <= frame.y + frame.height
