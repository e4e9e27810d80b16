import pytest
from django.http import QueryDict

from schoolfinder.controls import applied, controls, errors, finder_url, has_filters
from schoolfinder.forms import FinderForm
from tests.schoolfinder.worlds import make_fargo, make_nurses

pytestmark = pytest.mark.django_db


def form(query: str) -> FinderForm:
    found = FinderForm(QueryDict(query))
    found.is_valid()
    return found


def test_an_address_holds_what_is_changed_and_drops_what_is_empty() -> None:
    params = QueryDict("interest=cip:51&radius=25&award=&after=abc")
    assert finder_url(params, radius="") == "/schools/?interest=cip:51"
    assert finder_url(params, award="bachelor") == (
        "/schools/?interest=cip:51&radius=25&award=bachelor"
    )
    assert finder_url() == "/schools/"


def test_it_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    found = controls(form("interest=nursing&near=12&radius=5"))
    assert found["interest"].value == "nursing"
    assert found["near"].value == "12"
    assert "five digits" in found["near"].error
    assert found["near"].described_by == "near-error"


def test_it_shows_a_key_by_its_title() -> None:
    make_nurses()
    assert controls(form("interest=guide:registered-nurses"))["interest"].value == (
        "Registered Nurses"
    )
    assert controls(form("interest=guide:none"))["interest"].value == "guide:none"


def test_it_offers_the_distance_in_the_address_among_the_usual_ones() -> None:
    found = controls(form("radius=40"))["radius"].options
    assert [option.value for option in found] == ["10", "25", "40", "50", "75", "100", "any"]
    assert [option.value for option in found if option.is_chosen] == ["40"]


@pytest.mark.parametrize("query", ["", "radius=5"])
def test_it_chooses_fifty_miles_by_itself(query: str) -> None:
    found = controls(form(query))["radius"].options
    assert [option.value for option in found if option.is_chosen] == ["50"]


def test_each_filter_can_be_taken_away_by_itself() -> None:
    make_fargo()
    query = "near=58102&radius=25&control=public&control=nonprofit&online=1&tuition=9000"
    found = {link.text: link.url for link in applied(form(query), QueryDict(query))}
    assert list(found) == [
        "25 miles",
        "Public",
        "Private, not for profit",
        "Online is fine",
        "Tuition up to $9,000",
    ]
    assert found["Public"] == (
        "/schools/?near=58102&radius=25&control=nonprofit&online=1&tuition=9000"
    )


def test_the_usual_distance_is_no_filter() -> None:
    make_fargo()
    assert applied(form("near=58102"), QueryDict("near=58102")) == []


def test_filters_open_when_one_is_set_or_wrong() -> None:
    assert not has_filters(form("near=ND&award=bachelor"))
    assert has_filters(form("open=1"))
    assert has_filters(form("tuition=x"))


def test_errors_lead_to_their_fields() -> None:
    assert [problem.field for problem in errors(form("radius=5&tuition=x"))] == [
        "radius",
        "tuition",
    ]
