from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolfinder import filters
from schoolfinder.awards import AwardGroup
from schoolfinder.geo import Area, AreaKind
from schoolfinder.matching import find_matches
from schoolfinder.models import AwardLevel, School
from tests.schoolfinder.worlds import (
    OTHER,
    SIMILAR,
    make_fargo,
    make_nurses,
    make_school_at,
    near_fargo,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fargo() -> None:
    make_nurses()
    make_fargo()


def counts(**search: Any) -> filters.Counts:
    return filters.counts(find_matches(near_fargo(**search)))


def test_it_counts_what_each_choice_would_show() -> None:
    make_school_at(3, control=1, size=1, open_admission=True)
    make_school_at(4, control=1, size=3, title_iv=False)
    make_school_at(5, control=3, size=5, open_admission=False, cip=SIMILAR)
    found = counts().choices
    assert found["control"] == {"public": 2, "nonprofit": 0, "for-profit": 1}
    assert found["size"] == {"small": 1, "medium": 1, "large": 1}
    assert found["open"] == {"1": 1}
    assert found["caution"] == {"1": 2}


def test_a_choice_is_counted_with_the_other_filters_and_without_its_own() -> None:
    make_school_at(3, control=1, size=1)
    make_school_at(4, control=3, size=1)
    make_school_at(5, control=3, size=5)
    found = counts(controls=(1,), sizes=(1,)).choices
    assert found["control"] == {"public": 1, "nonprofit": 0, "for-profit": 1}
    assert found["size"] == {"small": 1, "medium": 0, "large": 0}


def test_levels_are_counted_in_a_bounded_area_only() -> None:
    make_school_at(3, award=AwardLevel.BACHELOR)
    make_school_at(4, award=AwardLevel.ASSOCIATE)
    make_school_at(5, award=AwardLevel.ASSOCIATE, cip=OTHER)
    expected = {"": 2, "certificate": 0, "associate": 1, "bachelor": 1, "graduate": 0}
    assert counts().choices["award"] == expected
    assert counts(award=AwardGroup.BACHELOR).choices["award"] == expected
    assert counts(radius=None).choices["award"] == {}


def test_unrelated_programs_do_not_count() -> None:
    make_school_at(3)
    make_school_at(4, cip=OTHER)
    assert counts(show_other=True).now == 1


def test_it_says_what_taking_off_a_filter_would_bring() -> None:
    make_school_at(3, control=3, net_price=20_000)
    make_school_at(4, control=1, net_price=20_000)
    make_school_at(5, control=3, net_price=5_000)
    found = counts(controls=(1,), max_price=9000)
    assert found.now == 0
    assert found.without == {"control": 1, "price": 1}


def test_it_says_how_many_publish_no_such_figure() -> None:
    make_school_at(3, net_price=None)
    make_school_at(4, net_price=5000)
    make_school_at(5, net_price=50_000)
    make_school_at(6, net_price=None, control=3)
    assert counts(max_price=9000, controls=(1,)).hidden == {"price": filters.Hidden(1, 3)}


def test_the_schools_without_the_figure_can_be_listed() -> None:
    silent = make_school_at(3, net_price=None)
    make_school_at(4, net_price=5000)
    make_school_at(6, net_price=None, control=3)
    search = near_fargo(max_price=9000, controls=(1,), unpublished="price")
    assert [match.school.unitid for match in find_matches(search).all] == [silent.unitid]


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "controls": st.sampled_from([(1,), (2, 3), ()]),
        "sizes": st.sampled_from([(1,), (2, 3), (4, 5)]),
        "open_admission": st.booleans(),
        "no_cautions": st.booleans(),
        "max_tuition": st.sampled_from([0, 5000, 9000]),
        "max_price": st.sampled_from([0, 5000, 9000]),
        "min_graduation": st.sampled_from([0.01, 0.5, 1.0]),
    },
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(FILTERS)
def test_it_agrees_with_the_search(chosen: dict[str, Any]) -> None:
    """Two ways to apply a filter, one answer."""
    if not School.objects.exists():
        kinds = (1, 2, 3, None)
        for number in range(24):
            make_school_at(
                number,
                control=kinds[number % 4],
                size=(None, 1, 2, 3, 4, 5)[number % 6],
                open_admission=(True, False, None)[number % 3],
                title_iv=number % 5 > 0,
                service_academy=number % 7 == 0,
                status=School.Status.CLOSING if number % 11 == 0 else School.Status.ACTIVE,
                tuition_in=(None, 4000, 8000)[number % 3],
                net_price=(None, -5, 8000, 12_000)[number % 4],
                graduation_rate=(None, 0.0, 0.5, 0.8)[number % 4],
            )
    matches = find_matches(near_fargo(**chosen))
    assert filters.counts(matches).now == len(filters.fitting(matches))


def test_it_asks_as_often_for_many_schools_as_for_few() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            counts(controls=(1,), award=AwardGroup.BACHELOR)
        return len(captured)

    make_school_at(1)
    queries()  # what the interest means is remembered
    few = queries()
    for number in range(50):
        make_school_at(number / 2, control=1 + number % 3)
    assert queries() == few


def test_a_state_is_bounded_too() -> None:
    make_school_at(3)
    state = Area(AreaKind.STATE, "North Dakota", state="ND")
    assert counts(area=state, radius=None).choices["award"]["bachelor"] == 1
