"""Schools and programs in words. What is not published says so, and is never a zero."""

import calendar
import re

from careers.wording import NOT_PUBLISHED, count, dollars, plural
from schoolfinder.awards import GROUP_OF, AwardGroup, in_sentence
from schoolfinder.bands import Band
from schoolfinder.models import Program, School

BAND_TITLES = {
    Band.EXACT: "Exact",
    Band.RELATED: "Related",
    Band.SIMILAR: "Similar field",
    Band.OTHER: "Other",
}
_CONTROLS = {
    School.Control.PUBLIC: "Public",
    School.Control.NONPROFIT: "Private, not for profit",
    School.Control.FOR_PROFIT: "Private, for profit",
}
_SIZES = {
    1: "Under 1,000 students",
    2: "1,000 to 4,999 students",
    3: "5,000 to 9,999 students",
    4: "10,000 to 19,999 students",
    5: "20,000 students or more",
}
_LOCALES = {1: "City", 2: "Suburb", 3: "Town", 4: "Rural"}
_LEVELS = {1: "Four years or more", 2: "Two years", 3: "Under two years"}


def kind(school: School) -> str:
    return _CONTROLS.get(School.Control(school.control), "") if school.control else ""


def size(school: School) -> str:
    """The number of students where it is known, else the range that the school falls in."""
    if school.students is not None:
        return plural(school.students, "student")
    return _SIZES.get(school.size or 0, "")


def place(school: School) -> str:
    return f"{school.city}, {school.state}"


def locale(school: School) -> str:
    """The first digit of NCES' code says city, suburb, town or rural."""
    return _LOCALES.get((school.locale or 0) // 10, "")


def level(school: School) -> str:
    return _LEVELS.get(school.level or 0, "")


def award_year(latest: int) -> str:
    """2024 → "2023–24": awards of July 2023 to June 2024."""
    return f"{latest - 1}–{latest % 100:02}"


def span(year: str) -> str:
    """A year as it is shown: 2023–24 for 2023-24, release of March 2026 for release 2026-03."""
    if found := re.fullmatch(r"release (\d{4})-(\d\d)", year):
        return f"release of {calendar.month_name[int(found[2])]} {found[1]}"
    return year.replace("-", "–")


def money(amount: int | None) -> str:
    return NOT_PUBLISHED if amount is None else dollars(amount)


def net_price(amount: int | None) -> str:
    """Grants can exceed the cost: then a student pays nothing."""
    return "$0 or less" if amount is not None and amount <= 0 else money(amount)


def share(value: float | None) -> str:
    """0.407 → "41%"."""
    return NOT_PUBLISHED if value is None else f"{value * 100:.0f}%"


def graduates(program: Program) -> str:
    """ "25 graduates in 2023–24"; a zero and a new program are told apart."""
    year = award_year(program.latest_year)
    if program.is_new:
        return f"new in {year}, no graduates yet"
    if not program.graduates_latest:
        return f"no graduates reported in {year}"
    return f"{plural(program.graduates_latest, 'graduate')} in {year}"


def award(program: Program) -> str:
    return in_sentence(program.award)


def award_group(program: Program) -> AwardGroup:
    return GROUP_OF[program.award]


def miles(distance: float) -> str:
    """Whole miles; "under 1" next door."""
    return "under 1" if distance < 0.5 else count(round(distance))


def miles_away(distance: float) -> str:
    unit = "mile" if distance < 1.5 else "miles"
    return f"{miles(distance)} {unit} away"


def online(school: School) -> str:
    """Known of the school only: whether a program is part of the offer, it must say itself."""
    if school.all_online:
        return "All programs online"
    if school.offers_online:
        return "Offers online programs: ask whether this is one"
    return ""
