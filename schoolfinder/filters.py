"""The filters of a search one by one: what each leaves out, what each choice would show.

`matching` applies them all at once in SQL. Here the schools of the search without any of them are
at hand, so every count is one pass over a list and no further query.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from schoolfinder.awards import GROUP_OF, AwardGroup
from schoolfinder.bands import Band
from schoolfinder.matching import Matches, SchoolRow, Search, find_matches
from schoolfinder.models import Program

# Filter → what Search calls it. Names are those of the form and of the address.
ATTRIBUTES = {
    "control": "controls",
    "size": "sizes",
    "open": "open_admission",
    "caution": "no_cautions",
    "tuition": "max_tuition",
    "price": "max_price",
    "graduation": "min_graduation",
}
CEILINGS = {"tuition": "tuition_in", "price": "net_price", "graduation": "graduation_rate"}
_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Search)}

CHOICES: dict[str, dict[str, dict[str, Any]]] = {
    "control": {
        "public": {"controls": (1,)},
        "nonprofit": {"controls": (2,)},
        "for-profit": {"controls": (3,)},
    },
    "size": {
        "small": {"sizes": (1,)},
        "medium": {"sizes": (2, 3)},
        "large": {"sizes": (4, 5)},
    },
    "open": {"1": {"open_admission": True}},
    "caution": {"1": {"no_cautions": True}},
}


@dataclass(frozen=True)
class Hidden:
    """Schools that a ceiling leaves out unseen, of those that pass every other filter."""

    schools: int
    of: int


@dataclass(frozen=True)
class Counts:
    choices: dict[str, dict[str, int]]  # filter → choice → schools, with the other filters as set
    without: dict[str, int]  # filter in force → schools that fit when it is taken off
    now: int  # schools that fit
    hidden: dict[str, Hidden]  # ceiling in force → schools that publish no such figure


def in_force(search: Search) -> list[str]:
    return [name for name, own in ATTRIBUTES.items() if getattr(search, own) != _DEFAULTS[own]]


def without(search: Search, *names: str) -> Search:
    changes = {ATTRIBUTES[name]: _DEFAULTS[ATTRIBUTES[name]] for name in names}
    return replace(search, **changes, unpublished="")


def counts(matches: Matches) -> Counts:
    """One more search when filters are in force, none otherwise."""
    search = matches.search
    active = in_force(search)
    open_to_all = find_matches(without(search, *active)) if active else matches
    schools = fitting(open_to_all)
    choices = {name: _choices(search, name, schools) for name in CHOICES}
    return Counts(
        choices=choices | {"award": _awards(matches)},
        without={name: _passing(without(search, name), schools) for name in active},
        now=_passing(search, schools),
        hidden={name: _hidden(search, name, schools) for name in active if name in CEILINGS},
    )


def _choices(search: Search, name: str, schools: Iterable[SchoolRow]) -> dict[str, int]:
    """Choice → schools that it would show with the other filters as they are."""
    left = _through(without(search, name), schools)
    return {
        choice: sum(passes(changed, name, school) for school in left)
        for choice, change in CHOICES[name].items()
        for changed in (replace(search, **change),)
    }


def _awards(matches: Matches) -> dict[str, int]:
    """Schools that have each level of award in what fits, in one query; left out for the whole
    country, where the answer would take longer than the search."""
    search = matches.search
    if not search.is_bounded:
        return {}
    programs = Program.objects.filter(retired_at=None, school__among=matches.schools)
    if search.interest:
        programs = programs.filter(field__among=frozenset(search.interest.bands))
    found = programs.order_by().values_list("award", "school_id").distinct()
    having: dict[str, set[int]] = {str(group): set() for group in AwardGroup}
    for award, school in found:
        having[GROUP_OF[award]].add(school)
    return {group: len(unitids) for group, unitids in having.items()} | {
        "": len(set().union(*having.values()))
    }


def _hidden(search: Search, name: str, schools: Iterable[SchoolRow]) -> Hidden:
    left = _through(without(search, name), schools)
    return Hidden(sum(figure(name, one) is None for one in left), len(left))


def fitting(matches: Matches) -> list[SchoolRow]:
    """Schools with something that fits the interest at least a little, each once."""
    lowest = Band.SIMILAR if matches.search.interest else Band.OTHER
    found = {match.school.unitid: match.school for match in matches.all if match.band >= lowest}
    return list(found.values())


def _passing(search: Search, schools: Iterable[SchoolRow]) -> int:
    return len(_through(search, schools))


def _through(search: Search, schools: Iterable[SchoolRow]) -> list[SchoolRow]:
    """Those that every filter in force lets through."""
    left = list(schools)
    for name in in_force(search):
        left = [school for school in left if passes(search, name, school)]
    return left


def passes(search: Search, name: str, school: SchoolRow) -> bool:
    """Whether one filter lets the school through; a figure that is missing passes no ceiling."""
    match name:
        case "control":
            return school.control in search.controls
        case "size":
            return school.size in search.sizes
        case "open":
            return school.open_admission is True
        case "caution":
            return not school.has_caution
        case "tuition":
            return _at_most(school.tuition_in, search.max_tuition)
        case "price":
            return _at_most(school.net_price, search.max_price)
        case "graduation":
            rate, least = school.graduation_rate, search.min_graduation
            return rate is not None and least is not None and rate >= least
    raise KeyError(name)


def figure(name: str, school: SchoolRow) -> float | None:
    """What a ceiling compares."""
    value: float | None = getattr(school, CEILINGS[name])
    return value


def _at_most(value: int | None, limit: int | None) -> bool:
    return value is not None and limit is not None and value <= limit
