from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolfinder.awards import AwardGroup
from schoolfinder.bands import Band
from schoolfinder.geo import Area, AreaKind, Point
from schoolfinder.matching import (
    BadCursor,
    Match,
    Search,
    find_matches,
    page_after,
    places_teaching,
    read_details,
    suggestions,
)
from schoolfinder.models import AwardLevel, School
from schoolfinder.reasons import reasons
from schoolfinder.sorts import Sort
from tests.schoolfinder.builders import make_earnings, make_partner, make_program
from tests.schoolfinder.worlds import (
    EXACT,
    FARGO,
    MILE,
    OTHER,
    RELATED,
    SIMILAR,
    make_nurses,
    make_school_at,
    near_fargo,
)

pytestmark = pytest.mark.django_db

NORTH_DAKOTA = Area(AreaKind.STATE, "North Dakota", state="ND")


@pytest.fixture(autouse=True)
def _nurses(db: None) -> None:
    make_nurses()


def names(search: Search) -> list[str]:
    return [match.school.name for match in find_matches(search).all]


def bands(search: Search) -> list[Band]:
    return [match.band for match in find_matches(search).all]


def test_bands_stand_in_order_whatever_the_distance() -> None:
    make_school_at(1, cip=SIMILAR)
    make_school_at(2, cip=RELATED)
    make_school_at(40, cip=EXACT)
    make_school_at(0.5, cip=OTHER)
    assert bands(near_fargo()) == [Band.EXACT, Band.RELATED, Band.SIMILAR]


def test_the_nearest_stands_first_in_its_band() -> None:
    for miles in (30, 5, 12):
        make_school_at(miles)
    found = find_matches(near_fargo()).all
    assert [round(match.miles or 0) for match in found] == [5, 12, 30]


def test_a_school_stands_in_each_band_but_once_on_the_page() -> None:
    school = make_school_at(3)
    make_program(school, RELATED)
    make_program(school, EXACT, award=AwardLevel.MASTER)
    found = find_matches(near_fargo())
    assert [(match.band, match.programs) for match in found.all] == [
        (Band.EXACT, 2),
        (Band.RELATED, 1),
    ]
    assert [match.band for match in found.best()] == [Band.EXACT]


def test_the_corners_of_the_box_are_cut_off() -> None:
    make_school_at(0, "Corner", lat=FARGO[0] + 45 * MILE, lon=FARGO[1] + 45 * MILE / 0.68)
    assert names(near_fargo()) == []


def test_both_sides_of_the_radius() -> None:
    make_school_at(49.9, "In")
    make_school_at(50.1, "Out")
    assert names(near_fargo()) == ["In"]


def test_any_distance_reaches_everywhere() -> None:
    make_school_at(600)
    assert len(names(near_fargo(radius=None))) == 1


def test_a_state_has_no_distances_and_the_best_fit_first() -> None:
    make_school_at(1, "Poor", graduation_rate=0.1)
    make_school_at(90, "Rich", graduation_rate=0.9)
    make_school_at(2, "Elsewhere", state="MN")
    search = near_fargo(area=NORTH_DAKOTA)
    assert names(search) == ["Rich", "Poor"]
    assert find_matches(search).all[0].miles is None


def test_no_area_is_the_whole_country() -> None:
    make_school_at(1)
    make_school_at(2000, lat=20, lon=-155, state="HI")
    assert len(names(near_fargo(area=Area(AreaKind.ANYWHERE)))) == 2


class TestOnline:
    def test_online_schools_are_left_out_unless_online_is_fine(self) -> None:
        make_school_at(900, all_online=True)
        assert names(near_fargo()) == []

    def test_online_schools_come_from_anywhere_without_miles(self) -> None:
        make_school_at(900, "Far", all_online=True)
        make_school_at(901, "Nearly online", online_share=0.95)
        make_school_at(902, "Some online", online_share=0.94, offers_online=True)
        make_school_at(3, "Near")
        found = find_matches(near_fargo(online=True, sort=Sort.NEAREST)).all
        assert [match.school.name for match in found] == ["Near", "Far", "Nearly online"]
        assert [match.miles is None for match in found] == [False, True, True]

    def test_without_an_area_schools_with_online_programs_count(self) -> None:
        make_school_at(3, "In person", offers_online=False)
        make_school_at(4, "Some", offers_online=True)
        anywhere = Area(AreaKind.ANYWHERE)
        assert names(near_fargo(online=True, area=anywhere)) == ["Some"]

    def test_a_military_zip_gets_schools_with_online_programs(self) -> None:
        make_school_at(3, "In person", offers_online=False)
        make_school_at(4, "Some", offers_online=True)
        assert names(near_fargo(area=Area(AreaKind.ONLINE, "09123"))) == ["Some"]


class TestFilters:
    def test_award(self) -> None:
        make_school_at(1, "Two years", award=AwardLevel.ASSOCIATE)
        make_school_at(2, "Four years", award=AwardLevel.BACHELOR)
        assert names(near_fargo(award=AwardGroup.ASSOCIATE)) == ["Two years"]

    def test_control_size_and_open_admission(self) -> None:
        make_school_at(1, "Fits", control=2, size=3, open_admission=True)
        make_school_at(2, "Public", control=1, size=3, open_admission=True)
        make_school_at(3, "Small", control=2, size=1, open_admission=True)
        make_school_at(4, "Picky", control=2, size=3, open_admission=False)
        assert names(near_fargo(controls=(2,), sizes=(2, 3), open_admission=True)) == ["Fits"]

    @pytest.mark.parametrize(
        ("limit", "column", "good", "bad", "name"),
        [
            ({"max_tuition": 9000}, "tuition_in", 9000, 9001, "tuition"),
            ({"max_price": 9000}, "net_price", 9000, 9001, "price"),
            ({"min_graduation": 0.5}, "graduation_rate", 0.5, 0.49, "graduation"),
        ],
    )
    def test_a_ceiling_counts_the_schools_that_do_not_say(
        self, limit: dict[str, float], column: str, good: float, bad: float, name: str
    ) -> None:
        make_school_at(1, "Good", **{column: good})
        make_school_at(2, "Bad", **{column: bad})
        make_school_at(3, "Silent", **{column: None})
        found = find_matches(near_fargo(**limit))
        assert [match.school.name for match in found.all] == ["Good"]
        assert found.hidden == {name: 1}

    def test_closed_schools_and_dropped_programs_are_gone(self) -> None:
        make_school_at(1, retired_at=timezone.now())
        school = make_school_at(2)
        school.programs.update(retired_at=timezone.now())
        make_school_at(3, "Here")
        assert names(near_fargo()) == ["Here"]

    def test_a_closing_school_is_shown(self) -> None:
        make_school_at(1, "Closing", status=School.Status.CLOSING)
        assert names(near_fargo()) == ["Closing"]


class TestFallback:
    def test_unrelated_programs_are_shown_when_nothing_nearer_fits(self) -> None:
        make_school_at(1, cip=OTHER)
        assert bands(near_fargo()) == [Band.OTHER]

    def test_they_are_left_out_beside_better_ones_unless_asked_for(self) -> None:
        make_school_at(1, cip=OTHER)
        make_school_at(2, cip=SIMILAR)
        assert bands(near_fargo()) == [Band.SIMILAR]
        assert bands(near_fargo(show_other=True)) == [Band.SIMILAR, Band.OTHER]

    def test_the_whole_country_is_never_listed_as_unrelated(self) -> None:
        make_school_at(1, cip=OTHER)
        assert bands(near_fargo(area=Area(AreaKind.ANYWHERE), show_other=True)) == []
        assert bands(near_fargo(radius=None, show_other=True)) == []

    def test_without_an_interest_everything_in_the_area_is_listed(self) -> None:
        make_school_at(1, cip=OTHER)
        make_school_at(2, cip=EXACT)
        assert bands(near_fargo(interest=None)) == [Band.OTHER, Band.OTHER]


@pytest.mark.parametrize(
    ("sort", "column", "best", "worst"),
    [
        (Sort.TUITION, "tuition_in", 1_000, 9_000),
        (Sort.PRICE, "net_price", -200, 9_000),
        (Sort.GRADUATION, "graduation_rate", 0.9, 0.1),
        (Sort.EARNINGS, "earnings_10y", 90_000, 20_000),
    ],
)
def test_what_is_missing_sorts_last(sort: Sort, column: str, best: float, worst: float) -> None:
    make_school_at(1, "Silent", **{column: None})
    make_school_at(2, "Worst", **{column: worst})
    make_school_at(3, "Best", **{column: best})
    assert names(near_fargo(sort=sort)) == ["Best", "Worst", "Silent"]


def test_it_sorts_by_graduates_and_by_name() -> None:
    make_school_at(1, "B", graduates=[1, 1, 1, 1, 1])
    make_school_at(2, "A", graduates=[9, 9, 9, 9, 9])
    assert names(near_fargo(sort=Sort.GRADUATES)) == ["A", "B"]
    assert names(near_fargo(sort=Sort.NAME)) == ["A", "B"]


def test_it_lists_the_best_fit_first_unless_asked_otherwise() -> None:
    make_school_at(1, "Near, few graduates", graduates=[1, 1, 1, 1, 1])
    make_school_at(3, "A little farther, many", graduates=[400, 400, 400, 400, 400])
    assert names(near_fargo()) == ["A little farther, many", "Near, few graduates"]
    assert names(near_fargo(sort=Sort.NEAREST))[0] == "Near, few graduates"


def test_nearest_first_without_a_start_is_the_best_fit() -> None:
    assert near_fargo(area=NORTH_DAKOTA, sort=Sort.NEAREST).order == Sort.FIT
    assert near_fargo(sort=Sort.NEAREST).order == Sort.NEAREST


# Properties ---------------------------------------------------------------------------------


searches = st.builds(
    dict,
    radius=st.integers(10, 100) | st.none(),
    sort=st.sampled_from(Sort),
    online=st.booleans(),
    show_other=st.booleans(),
    award=st.sampled_from([None, *AwardGroup]),
    at=st.tuples(st.floats(46, 48), st.floats(-98, -95)),
)


def scatter() -> None:
    """Forty schools in a spiral, with all bands, levels and holes in their figures."""
    for number in range(40):
        school = make_school_at(
            0,
            f"School {number % 7}",
            cip=(EXACT, RELATED, SIMILAR, OTHER)[number % 4],
            award=(AwardLevel.BACHELOR, AwardLevel.ASSOCIATE, AwardLevel.MASTER)[number % 3],
            lat=FARGO[0] + (number % 9 - 4) * 0.3,
            lon=FARGO[1] + (number % 11 - 5) * 0.3,
            net_price=None if number % 3 else number * 500,
            graduation_rate=None if number % 5 == 0 else number / 40,
            all_online=number % 10 == 0,
        )
        if number % 6 == 0:
            make_program(school, RELATED if number % 4 else SIMILAR)


def for_any_search(check: Callable[[Search], None], examples: int = 40) -> None:
    """Rows are made once, then many searches are tried on them."""
    scatter()
    interest = near_fargo().interest

    @settings(max_examples=examples, deadline=None)
    @given(searches)
    def run(values: dict[str, object]) -> None:
        point = Point(*values.pop("at"))  # type: ignore[misc]
        check(Search(interest=interest, area=Area(AreaKind.POINT, "Here", point, "ND"), **values))

    run()


def in_band(search: Search, band: Band) -> set[int]:
    return {match.school.unitid for match in find_matches(search).all if match.band == band}


def test_no_lower_band_ever_stands_above_a_higher_one() -> None:
    def check(search: Search) -> None:
        found = bands(search)
        assert found == sorted(found, reverse=True)

    for_any_search(check)


def test_a_wider_radius_holds_all_of_a_narrower_one_in_each_band() -> None:
    def check(search: Search) -> None:
        wider = replace(search, radius=None if search.radius is None else search.radius + 30)
        for band in (Band.EXACT, Band.RELATED, Band.SIMILAR):
            assert in_band(search, band) <= in_band(wider, band)

    for_any_search(check)


def test_the_nearer_twin_never_ranks_lower() -> None:
    twins = [make_school_at(miles, "Twin", graduation_rate=0.5) for miles in (0, 9)]

    def check(search: Search) -> None:
        found = {match.school.unitid: match for match in find_matches(search).all}
        order = [unitid for unitid in found if unitid in {twin.unitid for twin in twins}]
        miles = [found[unitid].miles for unitid in order]
        if search.sort != Sort.NAME:  # from A to Z the twins stand by number
            assert miles == sorted(miles, key=lambda far: far or 0)

    for_any_search(check)


def test_a_partner_stands_where_it_stood() -> None:
    def check(search: Search) -> None:
        before = [(match.band, match.key) for match in find_matches(search).all]
        with transaction.atomic():
            for school in School.objects.order_by("pk")[::3]:
                make_partner(school)
            after = [(match.band, match.key) for match in find_matches(search).all]
            transaction.set_rollback(True)
        assert after == before

    for_any_search(check, examples=15)


def test_every_program_that_is_not_exact_is_labelled() -> None:
    def check(search: Search) -> None:
        for match in find_matches(search).all:
            fit = reasons(match, search)[0].text.lower()
            assert match.band.slug in fit
            assert match.band == Band.EXACT or "exact" not in fit

    for_any_search(check)


def test_pages_hold_every_match_once_in_order() -> None:
    def check(search: Search) -> None:
        every = find_matches(search).all
        cursor, paged = "", list[Match]()
        while True:
            page, cursor = page_after(every, cursor, 7)
            paged += page
            if not cursor:
                break
        assert paged == every

    for_any_search(check)


def test_every_program_shown_is_offered_and_of_its_band() -> None:
    def check(search: Search) -> None:
        found = find_matches(search).all
        details = read_details(search, found)
        assert search.interest is not None
        for match in found:
            programs = details.programs[match.school.unitid, match.band]
            assert len(programs) == match.programs
            for program in programs:
                assert search.interest.bands.get(program.field_id, Band.OTHER) == match.band
                assert program.graduates_3y or program.is_new

    for_any_search(check)


# Pages --------------------------------------------------------------------------------------


def test_a_cursor_holds_when_its_school_has_gone() -> None:
    for miles in (1, 2, 3, 4):
        make_school_at(miles, f"{miles}")
    every = find_matches(near_fargo()).all
    _, cursor = page_after(every, "", 2)
    rest, _ = page_after([every[0], every[2], every[3]], cursor, 2)
    assert [match.school.name for match in rest] == ["3", "4"]


@pytest.mark.parametrize(
    "cursor",
    ["junk", "%%%", "W10", "bnVsbA", "WzEsMl0", "WyJhIiwiYiIsImMiLCJkIiwiZSJd", "é", "x" * 400],
)
def test_a_broken_cursor_is_told(cursor: str) -> None:
    make_school_at(1)
    with pytest.raises(BadCursor):
        page_after(find_matches(near_fargo()).all, cursor, 2)


def test_pairs_of_pages_do_not_overlap() -> None:
    for miles in range(1, 8):
        make_school_at(miles)
    every = find_matches(near_fargo()).all
    keys = [match.key for match in every]
    assert all(one < other for one, other in pairwise(keys))


def test_it_asks_as_often_for_many_schools_as_for_one() -> None:
    def queries() -> int:
        search = near_fargo()
        with CaptureQueriesContext(connection) as captured:
            found = find_matches(search)
            read_details(search, found.best())
        return len(captured)

    make_earnings(make_school_at(1))
    once = queries()
    for miles in range(2, 12):
        make_earnings(make_school_at(miles))
    assert queries() == once == 5


# Beside the list ----------------------------------------------------------------------------


def test_it_suggests_what_would_add_schools() -> None:
    make_school_at(5)
    make_school_at(80)
    make_school_at(800)
    make_school_at(10, award=AwardLevel.ASSOCIATE)
    found = suggestions(find_matches(near_fargo(award=AwardGroup.BACHELOR)))
    assert [(next(iter(found.change.items())), found.schools) for found in found] == [
        (("radius", "100"), 1),
        (("radius", "any"), 2),
        (("award", ""), 1),
    ]


def test_it_suggests_nothing_where_enough_fits() -> None:
    for miles in range(5):
        make_school_at(miles)
    make_school_at(80)
    assert suggestions(find_matches(near_fargo())) == []


def test_it_knows_where_a_field_is_taught() -> None:
    make_school_at(5)
    make_school_at(6, cip=OTHER)
    assert [state for _, state in places_teaching([EXACT])] == ["ND"]
