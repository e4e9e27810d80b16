import pytest

from schoolfinder import wording
from schoolfinder.models import Program, School


@pytest.mark.parametrize(
    ("amount", "text"),
    [(None, "not published"), (-3220, "$0 or less"), (0, "$0 or less"), (9477, "$9,477")],
)
def test_it_never_takes_a_missing_price_for_zero(amount: int | None, text: str) -> None:
    assert wording.net_price(amount) == text


@pytest.mark.parametrize(("value", "text"), [(None, "not published"), (0.407, "41%"), (0.0, "0%")])
def test_it_words_shares(value: float | None, text: str) -> None:
    assert wording.share(value) == text


@pytest.mark.parametrize(
    ("program", "text"),
    [
        (Program(graduates_latest=25, latest_year=2024), "25 graduates in 2023–24"),
        (Program(graduates_latest=1, latest_year=2024), "1 graduate in 2023–24"),
        (Program(graduates_latest=0, latest_year=2024), "no graduates reported in 2023–24"),
        (Program(graduates_latest=None, latest_year=2024), "no graduates reported in 2023–24"),
        (Program(is_new=True, latest_year=2024), "new in 2023–24, no graduates yet"),
    ],
)
def test_it_tells_a_zero_from_a_new_program(program: Program, text: str) -> None:
    assert wording.graduates(program) == text


@pytest.mark.parametrize(("miles", "text"), [(0.2, "under 1"), (0.6, "1"), (1234.4, "1,234")])
def test_it_words_miles(miles: float, text: str) -> None:
    assert wording.miles(miles) == text


def test_a_mile_is_one() -> None:
    assert wording.miles_away(1.2) == "1 mile away"
    assert wording.miles_away(0.2) == "under 1 mile away"
    assert wording.miles_away(2) == "2 miles away"


def test_it_words_years_and_releases() -> None:
    assert wording.span("2023-24") == "2023–24"
    assert wording.span("release 2026-03") == "release of March 2026"
    assert wording.award_year(2000) == "1999–00"


def test_it_words_a_school() -> None:
    school = School(control=1, size=3, locale=41, level=2, offers_online=True)
    assert wording.kind(school) == "Public"
    assert wording.size(school) == "5,000 to 9,999 students"
    assert wording.locale(school) == "Rural"
    assert wording.level(school) == "Two years"
    assert "ask whether" in wording.online(school)


def test_it_says_nothing_of_what_is_not_known() -> None:
    school = School()
    assert (wording.kind(school), wording.size(school), wording.locale(school)) == ("", "", "")
    assert wording.online(school) == ""
