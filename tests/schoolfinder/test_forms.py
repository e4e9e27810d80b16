import pytest
from django.http import QueryDict

from schoolfinder.awards import AwardGroup
from schoolfinder.forms import FinderForm, is_radius
from schoolfinder.geo import AreaKind
from schoolfinder.sorts import Sort
from tests.schoolfinder.builders import make_place
from tests.schoolfinder.worlds import make_fargo, make_nurses

pytestmark = pytest.mark.django_db


def form(query: str) -> FinderForm:
    return FinderForm(QueryDict(query))


def test_it_reads_a_whole_search() -> None:
    make_nurses()
    make_fargo()
    found = form(
        "interest=guide:registered-nurses&near=58102&radius=25&award=bachelor&online=1"
        "&control=public&control=nonprofit&open=1&size=medium&tuition=9000&price=8000"
        "&graduation=40&sort=price"
    )
    assert found.is_ready
    search = found.search()
    assert search.interest is not None
    assert search.interest.label == "Registered Nurses"
    assert (search.area.kind, search.radius) == (AreaKind.POINT, 25)
    assert (search.award, search.online, search.open_admission) == (AwardGroup.BACHELOR, True, True)
    assert (search.controls, search.sizes) == ((1, 2), (2, 3))
    assert (search.max_tuition, search.max_price, search.min_graduation) == (9000, 8000, 0.4)
    assert search.sort == Sort.PRICE


def test_an_empty_form_is_valid_but_not_ready() -> None:
    empty = form("")
    assert empty.is_valid()
    assert not empty.is_ready


@pytest.mark.parametrize(
    ("query", "ready"),
    [
        ("near=58102", True),
        ("near=ND", True),
        ("near=58102&radius=any", False),  # all that is taught in the whole country
        ("online=1", False),
        ("interest=guide:registered-nurses", True),
    ],
)
def test_it_needs_an_interest_or_a_bounded_area(query: str, ready: bool) -> None:
    make_nurses()
    make_fargo()
    assert form(query).is_ready is ready


@pytest.mark.parametrize(("text", "good"), [("10", True), ("100", True), ("9", False)])
def test_a_radius_has_two_ends(text: str, good: bool) -> None:
    assert is_radius(text) is good


@pytest.mark.parametrize("text", ["101", "-20", "4.5", "fifty", "٢٥", "9" * 10, "1e2"])
def test_it_refuses_a_junk_radius(text: str) -> None:
    found = form(f"radius={text}")
    assert "10 to 100" in found.errors["radius"][0]


def test_any_distance_is_a_radius() -> None:
    make_fargo()
    anywhere, usual = form("near=58102&radius=any"), form("near=58102")
    assert anywhere.is_valid()
    assert usual.is_valid()
    assert anywhere.search().radius is None
    assert usual.search().radius == 50


@pytest.mark.parametrize(
    "query",
    [
        "award=diploma",
        "control=secret",
        "size=huge",
        "sort=paid",
        "band=best",
        "tuition=-1",
        "tuition=" + "9" * 30,
        "price=cheap",
        "graduation=101",
        "graduation=0",
        "interest=" + "x" * 201,
        "near=" + "x" * 101,
        "after=" + "x" * 401,
    ],
)
def test_it_refuses_junk_by_field(query: str) -> None:
    name = query.partition("=")[0]
    assert list(form(query).errors) == [name]


def test_an_unknown_interest_is_no_error_but_has_no_results() -> None:
    found = form("interest=zzzz")
    assert found.is_valid()
    assert not found.is_ready
    assert "zzzz" in found.problem


def test_several_places_are_offered() -> None:
    make_place("Springfield", "IL")
    make_place("Springfield", "MO", population=5)
    found = form("near=Springfield")
    assert found.is_valid()
    assert not found.is_ready
    assert [offer.text for offer in found.offers] == ["Springfield, IL", "Springfield, MO"]


def test_an_unknown_zip_is_an_error_with_offers() -> None:
    make_fargo()
    found = form("near=58105")
    assert "58105" in found.errors["near"][0]
    assert [offer.text for offer in found.offers] == ["58102"]
