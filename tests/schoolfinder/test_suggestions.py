import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.models import Version
from schoolfinder import suggestions
from schoolfinder.models import Zip
from schoolfinder.suggestions import (
    areas_beginning,
    interests_beginning,
    schools_beginning,
)
from tests.schoolfinder.builders import make_place, make_school, make_zip
from tests.schoolfinder.worlds import make_nurses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    suggestions.forget()


def names(query: str) -> list[str]:
    return [one.name for one in interests_beginning(query)]


def areas(query: str) -> list[str]:
    return [one.name for one in areas_beginning(query)]


def test_our_familiar_words_lead_to_titles() -> None:
    make_nurses()
    assert names("rn")[0] == "Registered Nurses"
    assert "Registered Nurses" in names("nurs")


def test_a_field_is_found_by_a_later_word() -> None:
    make_nurses()
    assert "Dental Assisting/Assistant" in names("assist")


def test_a_school_is_found_by_its_other_name_and_leads_to_its_page() -> None:
    school = make_school("University of Testing", aliases="UTEST\nTesting U")
    (found,) = interests_beginning("utes")
    assert (found.name, found.url) == (school.name, school.get_absolute_url())
    assert found.note == "School in Fargo, ND"


def test_larger_schools_stand_first() -> None:
    make_school("Plains College A", students=10)
    make_school("Plains College B", students=900)
    assert names("plains") == ["Plains College B", "Plains College A"]


def test_a_closed_school_is_not_suggested() -> None:
    from django.utils import timezone

    make_school("Gone College", retired_at=timezone.now())
    assert names("gone") == []


def test_a_question_about_a_school_is_filled_in_not_followed() -> None:
    make_school("Plains College")
    assert [(one.name, one.url) for one in schools_beginning("pla")] == [("Plains College", "")]


def test_places_stand_by_size_below_states() -> None:
    make_place("North Platte", "NE", population=20_000)
    make_place("North Pole", "AK", population=2_000)
    found = areas("north")
    assert found[:2] == ["North Carolina", "North Dakota"]
    assert found.index("North Platte, NE") < found.index("North Pole, AK")


def test_a_city_is_found_with_its_state_and_with_its_short_spelling() -> None:
    make_place("Fargo", "ND")
    make_place("St. Paul", "MN")
    assert areas("fargo, n") == ["Fargo, ND"]
    assert areas("st pa") == ["St. Paul, MN"]
    assert areas("Saint Pa") == ["St. Paul, MN"]


def test_digits_are_zip_codes_and_military_ones_are_no_place() -> None:
    make_zip("58102")
    make_zip("58103", city="")
    make_zip("58104", kind=Zip.Kind.MILITARY)
    found = areas_beginning("581")
    assert [(one.name, one.note) for one in found] == [
        ("58102", "Fargo, ND"),
        ("58103", "North Dakota"),
    ]
    assert areas("5") == []
    assert areas("581021") == []


def test_a_new_data_version_is_read_anew() -> None:
    assert names("plains") == []
    make_school("Plains College")
    assert names("plains") == []
    Version.objects.bump(Version.DATA)
    assert names("plains") == ["Plains College"]


def test_it_asks_once_when_the_names_are_held() -> None:
    for number in range(30):
        make_school(f"Plains {number}")
    interests_beginning("pl")
    with CaptureQueriesContext(connection) as captured:
        interests_beginning("plains")
    assert len(captured) <= 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_answered(text: str) -> None:
    interests_beginning(text)
    areas_beginning(text)


@pytest.mark.parametrize("kind", ["interest", "area", "school"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("q=", 200),
        ("q=nur", 200),
        ("q=%00", 400),
        ("q=%ff", 200),
        ("q=" + "9" * 500, 200),
    ],
)
def test_the_address_answers(client: Client, kind: str, query: str, status: int) -> None:
    response = client.get(f"/schools/suggest/{kind}.json?{query}")
    assert response.status_code == status
    if status == 200:
        assert isinstance(response.json()["suggestions"], list)
