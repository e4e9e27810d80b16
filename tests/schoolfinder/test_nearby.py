import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schoolfinder import interests
from schoolfinder.nearby import nearby
from tests.schoolfinder.builders import make_place
from tests.schoolfinder.worlds import RELATED, SIMILAR, make_fargo, make_nurses, make_school_at

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "nearby"}
ADDRESS = "/schools/nearby/?guide=registered-nurses"


@pytest.fixture(autouse=True)
def _fargo() -> None:
    make_nurses()
    make_fargo()


def test_it_lists_the_nearest_exact_programs_first() -> None:
    for miles, cip in ((40, "51.3801"), (3, "51.3801"), (1, RELATED), (2, SIMILAR)):
        make_school_at(miles, f"{cip} at {miles}", cip=cip)
    page = nearby("registered-nurses", "58102")
    assert [one.school for one in page.programs] == [
        "51.3801 at 3",
        "51.3801 at 40",
        f"{RELATED} at 1",
    ]
    assert page.title == ("3 schools with an exact or a related program within 100 miles of 58102")
    assert "radius=100" in page.all_url


def test_it_shows_five_and_links_to_all() -> None:
    for miles in range(8):
        make_school_at(miles)
    page = nearby("registered-nurses", "58102")
    assert len(page.programs) == 5
    assert page.title.startswith("8 schools")


def test_an_unknown_zip_gets_offers_and_cannot_be_kept() -> None:
    page = nearby("registered-nurses", "58199")
    assert [choice.text for choice in page.choices] == ["58102 Fargo, ND"]
    assert not page.is_known


def test_a_city_of_several_states_is_asked_back() -> None:
    make_place("Springfield", "IL")
    make_place("Springfield", "MO", population=9)
    page = nearby("registered-nurses", "Springfield")
    assert len(page.choices) == 2


def test_nothing_near_is_said() -> None:
    page = nearby("registered-nurses", "58102")
    assert page.title == "No exact or related program within 100 miles of 58102"


def test_an_unknown_guide_is_not_found() -> None:
    with pytest.raises(Http404):
        nearby("wizards", "58102")


def test_without_a_zip_there_is_nothing_to_show(client: Client) -> None:
    assert client.get(ADDRESS, headers=HTMX).status_code == 204


def test_the_fragment_is_private_and_sets_no_near_cookie_by_itself(client: Client) -> None:
    make_school_at(3)
    response = client.get(f"{ADDRESS}&near=58102", headers=HTMX)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "near" not in response.cookies
    assert "Remember 58102" in response.content.decode()


def test_the_zip_is_kept_for_the_finder_only_when_asked(client: Client) -> None:
    make_school_at(3)
    sent = {"guide": "registered-nurses", "near": "58102"}
    response = client.post("/schools/nearby/", sent | {"keep": "1"}, headers=HTMX)
    cookie = response.cookies["near"]
    assert (cookie.value, cookie["path"]) == ("58102", "/schools/")
    assert cookie["httponly"]
    assert "Forget 58102" in response.content.decode()
    assert "within 100 miles of 58102" in client.get(ADDRESS, headers=HTMX).content.decode()

    response = client.post("/schools/nearby/", sent | {"forget": "1"}, headers=HTMX)
    assert response.cookies["near"]["max-age"] == 0
    assert "Remember 58102" in response.content.decode()


def test_words_that_are_no_place_are_not_kept(client: Client) -> None:
    sent = {"guide": "registered-nurses", "near": "99999", "keep": "1"}
    response = client.post("/schools/nearby/", sent, headers=HTMX)
    assert response.cookies["near"]["max-age"] == 0


def test_keeping_needs_the_token() -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"guide": "registered-nurses", "near": "58102", "keep": "1"}
    assert client.post("/schools/nearby/", sent, headers=HTMX).status_code == 403


def test_without_htmx_it_leads_to_the_finder(client: Client) -> None:
    response = client.get(f"{ADDRESS}&near=58102")
    assert response.status_code == 302
    assert "interest=guide:registered-nurses&near=58102" in response["Location"]


def test_an_odd_cookie_breaks_nothing(client: Client) -> None:
    client.cookies["near"] = "%00;<script>" * 40
    assert client.get(ADDRESS, headers=HTMX).status_code in (200, 204)


def test_it_asks_as_often_for_many_schools_as_for_few(client: Client) -> None:
    def queries() -> int:
        interests.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}&near=58102", headers=HTMX)
        return len(captured)

    make_school_at(1)
    few = queries()
    for number in range(40):
        make_school_at(number)
    assert queries() == few
