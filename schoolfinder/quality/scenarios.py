"""What people look for, and how good the finder's order is, against four simple orders.

The truth of a scenario is reckoned from fields graded by hand and three plain rules (`gain`), not
from anything that the finder's score knows: neither bands nor weights.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from django.http import QueryDict

from careers.importers.files import BadFile, Row, read_table
from schoolfinder.awards import GROUP_OF, AwardGroup
from schoolfinder.forms import FinderForm
from schoolfinder.geo import AreaKind, Point, miles_between
from schoolfinder.matching import Match, Search, find_matches
from schoolfinder.models import Field, Program, School
from schoolfinder.quality import Figures

COLUMNS = ("interest", "near", "radius", "award", "online", "usual")
GRADES = ("interest", "cip", "grade")
FIRST_PAGE, FIRST_LOOK = 10, 5
GOOD = 2.0  # gain from which a school is a right answer

# Who set a radius will go that far: distance lowers a school, but not below the next grade.
DISTANCES = ((10, 1.0), (25, 0.9), (50, 0.8), (math.inf, 0.7))
TOO_LOW, TOO_HIGH = 0.5, 0.8  # an award below or above the one that most start with
NO_GRADUATES = 0.5  # in three years: nobody can say that it is taught

Grades = Mapping[str, int]  # beginning of a code (2, 4 or 6 digits) → 1 to 3
Order = list[int]  # unitids


class Scenario(NamedTuple):
    """As typed into the finder; `usual` is the award that most start with, "" for any."""

    interest: str
    near: str
    radius: str
    award: str
    online: str
    usual: str


class Place(NamedTuple):
    """What reaching a school depends on."""

    unitid: int
    lat: float
    lon: float
    state: str
    offers_online: bool | None
    all_online: bool | None


@dataclass(frozen=True)
class Nation:
    """Read once for all scenarios."""

    schools: list[Place]
    programs: dict[str, list[tuple[int, int, int]]]  # field → school, award, graduates of 3 years
    titles: dict[str, str]  # of fields


def read_scenarios(path: Path, grades: Mapping[str, Grades]) -> list[Scenario]:
    """Raises BadFile with file and line."""
    found = []
    for line, row in read_table(path, COLUMNS):
        scenario = Scenario(*(row[column] for column in COLUMNS))
        if scenario.interest not in grades:
            raise BadFile(path, line, f"no fields are graded for “{scenario.interest}”")
        if not FinderForm(_asked(scenario)).is_ready:
            raise BadFile(path, line, "is no search that the finder can do")
        found.append(scenario)
    return found


def read_grades(path: Path) -> Mapping[str, Grades]:
    """Interest → graded fields. Raises BadFile with file and line."""
    found: dict[str, dict[str, int]] = {}
    for line, row in read_table(path, GRADES):
        found.setdefault(row["interest"], {})[_code(path, line, row)] = int(row["grade"])
    return found


def measure(scenarios: Iterable[Scenario], grades: Mapping[str, Grades]) -> Figures:
    """Means over the scenarios: nDCG@10 and P@5 of our order and of the four others."""
    ndcg: dict[str, list[float]] = {}
    precision: dict[str, list[float]] = {}
    nation = read_nation()
    for scenario in scenarios:
        search = search_of(scenario)
        gains = _gains(nation, scenario, search, grades[scenario.interest])
        for name, order in _orders(nation, search).items():
            ndcg.setdefault(name, []).append(ndcg_at(FIRST_PAGE, order, gains))
            precision.setdefault(name, []).append(precision_at(FIRST_LOOK, order, gains))
    figures: Figures = {}
    for name in ndcg:
        figures[f"{name}ndcg_at_10"] = round(fmean(ndcg[name]), 4)
        figures[f"{name}precision_at_5"] = round(fmean(precision[name]), 4)
    return figures


# The measures -------------------------------------------------------------------------------


def ndcg_at(size: int, order: Order, gains: Mapping[int, float]) -> float:
    """1 when nothing better could stand first; also when there is nothing to find."""
    best = _discounted(sorted(gains.values(), reverse=True)[:size])
    own = _discounted([gains.get(unitid, 0.0) for unitid in order[:size]])
    return own / best if best else 1.0


def precision_at(size: int, order: Order, gains: Mapping[int, float]) -> float:
    """Share of right answers among the first, of as many as there are."""
    right = {unitid for unitid, gain in gains.items() if gain >= GOOD}
    possible = min(size, len(right))
    return len(right & set(order[:size])) / possible if possible else 1.0


def _discounted(gains: list[float]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))


# The truth ----------------------------------------------------------------------------------


def gain(grade: int, award: int, graduates: int, miles: float | None, scenario: Scenario) -> float:
    """How right a program is, 0 to 3; `miles` None where distance does not count."""
    if scenario.award and GROUP_OF[award] != scenario.award:
        return 0.0
    near = 1.0 if miles is None else next(part for most, part in DISTANCES if miles <= most)
    alive = 1.0 if graduates else NO_GRADUATES
    return grade * near * alive * _fit(award, scenario)


def _fit(award: int, scenario: Scenario) -> float:
    """A level that was asked for is the right one."""
    if scenario.award or not scenario.usual:
        return 1.0
    steps = list(AwardGroup)
    above = steps.index(GROUP_OF[award]) - steps.index(AwardGroup(scenario.usual))
    if above == 0:
        return 1.0
    return TOO_HIGH if above > 0 else TOO_LOW


def _gains(nation: Nation, scenario: Scenario, search: Search, grades: Grades) -> dict[int, float]:
    """The best program of each school that can be reached."""
    reached = reach(nation, scenario, search)
    found: dict[int, float] = {}
    for cip, programs in nation.programs.items():
        grade = grade_of(cip, grades)
        for unitid, award, graduates in programs if grade else ():
            if unitid in reached:
                own = gain(grade, award, graduates, reached[unitid], scenario)
                found[unitid] = max(own, found.get(unitid, 0.0))
    return found


def reach(nation: Nation, scenario: Scenario, search: Search) -> dict[int, float | None]:
    """Schools in the area, with their miles; wholly online ones are near to who wants online."""
    found: dict[int, float | None] = {}
    for school in nation.schools:
        if search.start:
            miles = miles_between(search.start, Point(school.lat, school.lon))
            if search.radius is None or miles <= search.radius:
                found[school.unitid] = miles
        elif search.area.kind == AreaKind.STATE:
            if school.state == search.area.state:
                found[school.unitid] = None
        elif not scenario.online or school.offers_online:
            found[school.unitid] = None
        if scenario.online and school.all_online:
            found.setdefault(school.unitid, None)
    return found


def grade_of(cip: str, grades: Grades) -> int:
    """Of the longest beginning that is graded."""
    return next((grades[cip[:end]] for end in (7, 5, 2) if cip[:end] in grades), 0)


# The orders ---------------------------------------------------------------------------------


def _orders(nation: Nation, search: Search) -> dict[str, Order]:
    """Ours under no name; the others order the very schools that ours found."""
    ours = find_matches(search).best()
    words = _stems(search.interest.label if search.interest else "")
    titles = _titles(nation, search)
    keys: dict[str, Callable[[Match], tuple[float | str, ...]]] = {
        "by_name_": lambda match: (),
        "by_distance_": lambda match: (_miles(search, match),),
        "by_earnings_": lambda match: (-(match.school.earnings_10y or 0),),
        "by_text_": lambda match: (-_likeness(words, titles.get(match.school.unitid, [])),),
    }
    named = sorted(ours, key=lambda match: (match.school.name.casefold(), match.school.unitid))
    return {"": _unitids(ours)} | {
        name: _unitids(sorted(named, key=key)) for name, key in keys.items()
    }


def _unitids(matches: Iterable[Match]) -> Order:
    return [match.school.unitid for match in matches]


def _miles(search: Search, match: Match) -> float:
    return miles_between(search.start, match.school.point) if search.start else 0.0


def _titles(nation: Nation, search: Search) -> dict[int, list[frozenset[str]]]:
    """School → the words of each of its programs that fit."""
    found = dict[int, list[frozenset[str]]]()
    for cip in search.interest.bands if search.interest else ():
        words = _stems(nation.titles.get(cip, ""))
        for unitid in {unitid for unitid, _, _ in nation.programs.get(cip, ())}:
            found.setdefault(unitid, []).append(words)
    return found


def _likeness(words: frozenset[str], titles: list[frozenset[str]]) -> float:
    """Common words of all words, in the title that is most alike."""
    return max((len(words & title) / len(words | title) for title in titles), default=0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"[a-z]{3,}", text.lower()))


# Reading ------------------------------------------------------------------------------------


def read_nation() -> Nation:
    programs: dict[str, list[tuple[int, int, int]]] = {}
    rows = Program.objects.filter(retired_at=None).values_list(
        "field_id", "school_id", "award", "graduates_3y"
    )
    for cip, unitid, award, graduates in rows.iterator():
        programs.setdefault(cip, []).append((unitid, award, graduates or 0))
    return Nation(
        [Place(*row) for row in School.objects.open().values_list(*Place._fields)],
        programs,
        dict(Field.objects.values_list("cip", "title")),
    )


def search_of(scenario: Scenario) -> Search:
    form = FinderForm(_asked(scenario))
    form.full_clean()
    return form.search()


def _asked(scenario: Scenario) -> QueryDict:
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in scenario._asdict().items() if name != "usual"})
    return asked


def _code(path: Path, line: int, row: Row) -> str:
    if row["grade"] not in {"1", "2", "3"}:
        raise BadFile(path, line, f"“{row['grade']}” is no grade from 1 to 3")
    if not re.fullmatch(r"\d\d(\.\d\d(\d\d)?)?", row["cip"]):
        raise BadFile(path, line, f"“{row['cip']}” is no code of a field or group")
    return row["cip"]
