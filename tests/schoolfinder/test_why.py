from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schoolfinder import why
from schoolfinder.awards import AwardGroup
from schoolfinder.geo import Area, AreaKind
from schoolfinder.matching import find_matches
from schoolfinder.models import AwardLevel
from tests.schoolfinder.builders import make_program, make_school
from tests.schoolfinder.worlds import (
    EXACT,
    OTHER,
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


def ask(words: str, **search: Any) -> why.Answer:
    query = QueryDict("interest=guide:registered-nurses&near=58102")
    return why.answer(words, find_matches(near_fargo(**search)), query)


def causes(words: str, **search: Any) -> list[str]:
    return [cause.text for cause in ask(words, **search).causes]


def test_a_school_in_the_list_is_told_its_place() -> None:
    make_school_at(3, "Near College")
    make_school_at(20, "Second College")
    found = ask("second")
    assert found.verdict == "It is in the list: number 2 of 2 under “Exact”."
    assert found.causes == []


def test_a_school_too_far_off_is_told_the_miles_and_the_radius_that_would_do() -> None:
    make_school_at(70, "Far College")
    found = ask("far college")
    assert [cause.text for cause in found.causes] == [
        "It is 70 miles away, beyond the 50 miles that you chose."
    ]
    link = found.causes[0].link
    assert link
    assert "radius=75" in link.url


def test_a_school_of_another_state_is_told_so() -> None:
    make_school_at(3, "Here College")
    state = Area(AreaKind.STATE, "Minnesota", state="MN")
    assert causes("here", area=state) == ["It is in North Dakota, not in Minnesota."]


def test_each_filter_that_keeps_it_out_is_named_with_its_figure() -> None:
    make_school_at(3, "Dear College", control=3, size=1, net_price=30_000, graduation_rate=0.2,
                   tuition_in=25_000, open_admission=False, title_iv=False)  # fmt: skip
    found = causes(
        "dear", controls=(1,), sizes=(4, 5), max_price=9000, min_graduation=0.5,
        max_tuition=5000, open_admission=True, no_cautions=True,
    )  # fmt: skip
    assert found == [
        "It is private, for profit, which your filter leaves out.",
        "Its number of students is outside the sizes that you chose.",
        "It does not report open admission.",
        "It carries a caution, and you asked to leave such schools out.",
        "Its tuition is $25,000 a year, above your $5,000.",
        "Its net price is $30,000 a year, above your $9,000.",
        "20% graduate, below the 50% that you asked for.",
    ]


def test_a_missing_figure_is_told_apart_from_a_high_one() -> None:
    make_school_at(3, "Silent College", net_price=None)
    assert causes("silent", max_price=9000) == [
        "It publishes no net price, which your filter needs."
    ]


def test_a_school_that_teaches_something_else_is_told_so() -> None:
    make_school_at(1, "Nurses College")
    make_school_at(3, "Carpenters College", cip=OTHER)
    assert causes("carpenters") == [
        "It reports no program that fits Registered Nurses, not even in a similar field."
    ]


def test_another_level_is_told_and_can_be_taken_off() -> None:
    make_school_at(3, "Short College", award=AwardLevel.ASSOCIATE)
    (cause,) = ask("short", award=AwardGroup.BACHELOR).causes
    assert "ends with another award: associate’s degree" in cause.text


def test_a_closed_school_is_told_so() -> None:
    make_school_at(3, "Gone College", retired_at=timezone.now())
    assert causes("gone") == ["It is closed, or has joined another school."]


def test_namesakes_are_offered_and_a_number_names_one() -> None:
    first = make_school("Springfield College", students=9000, lat=10)
    other = make_school("Springfield College of Art", lat=10)
    found = ask("springfield")
    assert [link.text for link in found.namesakes] == ["Springfield College of Art, Fargo, ND"]
    assert f"why={other.unitid}" in found.namesakes[0].url
    by_number = ask(str(first.unitid)).school
    assert by_number
    assert by_number.text == "Springfield College"


def test_an_unknown_name_is_told(client: Client) -> None:
    page = client.get("/schools/?interest=guide:registered-nurses&near=58102&why=qqqqq")
    assert "We know no school of that name." in page.content.decode()


def test_it_asks_as_often_among_many_schools(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/schools/?interest=guide:registered-nurses&near=58102&why=far")
        return len(captured)

    far = make_school_at(70, "Far College")
    for number in range(6):
        make_school_at(number)
    queries()
    few = queries()
    for number in range(60):
        make_school_at(number / 2)
    for award in (AwardLevel.ASSOCIATE, AwardLevel.MASTER):
        make_program(far, EXACT, award=award)
    assert queries() == few
