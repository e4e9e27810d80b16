import pytest
from django.http import QueryDict

from schoolfinder.forms import FinderForm
from schoolfinder.models import AwardLevel
from schoolfinder.presenters import Results, program_earnings, results, weight_rows
from tests.schoolfinder.builders import make_earnings, make_program, make_school
from tests.schoolfinder.worlds import (
    EXACT,
    OTHER,
    RELATED,
    SIMILAR,
    make_fargo,
    make_nurses,
    make_school_at,
)

pytestmark = pytest.mark.django_db

NURSES = "interest=guide:registered-nurses&near=58102"


@pytest.fixture(autouse=True)
def _fargo(db: None) -> None:
    make_nurses()
    make_fargo()


def page(query: str = NURSES) -> Results:
    params = QueryDict(query)
    form = FinderForm(params)
    assert form.is_ready
    return results(form, params)


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        (NURSES, "1 school within 50 miles of 58102"),
        (NURSES + "&online=1", "1 school within 50 miles of 58102 or online"),
        (NURSES + "&radius=any", "1 school from 58102 outward"),
        ("interest=rn&near=ND", "1 school in North Dakota"),
        ("interest=rn", "1 school in the country"),
        ("interest=rn&online=1", "No school with online programs"),
        ("near=58102", "1 school within 50 miles of 58102"),
    ],
)
def test_the_heading_counts_and_says_where(query: str, heading: str) -> None:
    make_school_at(3)
    assert page(query).heading == heading


def test_the_first_page_gives_a_taste_of_each_band() -> None:
    for number in range(12):
        make_school_at(number, cip=EXACT)
        make_school_at(number, cip=RELATED)
    groups = page().groups
    assert [(group.slug, group.count, len(group.cards), group.more) for group in groups] == [
        ("exact", "12 schools", 10, "2 more with an exact program"),
        ("related", "12 schools", 5, "7 more with a related program"),
    ]
    assert groups[0].more_url.endswith("&band=exact")


def test_a_card_mentions_lower_bands_and_counts_what_it_leaves_out() -> None:
    school = make_school_at(3)
    make_program(school, RELATED)
    make_program(school, SIMILAR)
    for award in (2, 3, 4, 6, 7):
        make_program(school, EXACT, award=award)
    (group,) = page().groups
    (card,) = group.cards
    assert card.also == "1 related and 1 similar programs"
    assert (len(card.programs), card.more_programs) == (5, 1)


def test_an_online_school_has_a_word_for_miles() -> None:
    make_school_at(900, all_online=True)
    (group,) = page(NURSES + "&online=1").groups
    assert (group.cards[0].miles, group.cards[0].unit) == ("", "online")


def test_it_says_how_many_schools_a_filter_hid_unseen() -> None:
    make_school_at(3, net_price=None)
    (hidden,) = page(NURSES + "&price=9000").hidden
    assert hidden.text == "1 school (100%) left out for publishing no net price: show"
    assert "missing=price" in hidden.url
    assert "price=9000" in hidden.url


def test_it_offers_what_would_add_schools() -> None:
    make_school_at(3, award=AwardLevel.ASSOCIATE)
    offered = {link.text: link.url for link in page(NURSES + "&award=bachelor").suggestions}
    assert offered == {
        "Any level: 1 more school": "/schools/?interest=guide:registered-nurses&near=58102"
    }


def test_it_offers_unrelated_programs_only_beside_better_ones() -> None:
    make_school_at(3, cip=OTHER)
    assert page().other_url == ""
    make_school_at(4)
    assert page().other_url.endswith("&other=1")


def test_the_way_back_from_a_band_leads_to_all_groups() -> None:
    make_school_at(3)
    found = page(NURSES + "&band=exact")
    assert (found.back_text, found.back_url) == ("All groups", f"/schools/?{NURSES}")


def test_the_map_counts_states_and_links_to_them() -> None:
    make_school_at(3)
    make_school_at(4, state="MN")
    found = page().map
    assert found is not None
    assert [(state.name, state.schools) for state in found.states] == [
        ("Minnesota", 1),
        ("North Dakota", 1),
    ]
    assert found.states[0].url == "/schools/?interest=guide:registered-nurses&near=Minnesota"


def test_earnings_come_from_the_earliest_that_is_known() -> None:
    school = make_school()
    assert program_earnings(None) == ""
    later = make_earnings(school, after_1y=None, after_4y=55_000)
    assert program_earnings(later) == "$55,000 earned four years after"
    nothing = make_earnings(school, credential=5, after_1y=None)
    assert program_earnings(nothing) == ""


def test_the_weights_shown_are_those_that_count() -> None:
    assert [row.share for row in weight_rows()] == ["30%", "20%", "20%", "15%", "15%"]
