"""Names under the fields of the finder while one types: careers, fields, schools, places.

Held in memory by each process and made again when the data version changes: a few ten thousand
short names, found by bisection, so that an answer takes a millisecond or two.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import NamedTuple

from careers import search as careers_search
from careers.models import Guide, Version
from schoolfinder import reviewed
from schoolfinder.geo import STATES, folded, name_key
from schoolfinder.models import Field, Place, School, Zip

CAREERS, FIELDS, SCHOOLS, PLACES = 4, 4, 3, 8
FEWEST_DIGITS = 2  # of a ZIP code
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    name: str  # what the field is filled with
    note: str = ""  # what it is: "Field of study", "School in Fargo, ND"
    url: str = ""  # where choosing it leads instead


class _Name(NamedTuple):
    start: str  # folded, from one of its words on
    place: int  # of that word
    weight: int  # students, people: more is likelier meant
    suggestion: Suggestion


class Names:
    """Immutable once built."""

    def __init__(self, names: Iterable[_Name]) -> None:
        self._names = sorted(names, key=lambda name: name.start)
        self._starts = [name.start for name in self._names]

    def beginning_with(self, asked: str, limit: int) -> list[Suggestion]:
        """Whole names that begin so, the weightiest first; then those with a later word so."""
        best = nsmallest(3 * limit, self._matching(asked), key=_order)
        return list(dict.fromkeys(name.suggestion for name in best))[:limit]

    def _matching(self, asked: str) -> Iterator[_Name]:
        place = bisect_left(self._starts, asked)
        while place < len(self._starts) and self._starts[place].startswith(asked):
            yield self._names[place]
            place += 1


def _order(name: _Name) -> tuple[bool, int, str]:
    return (name.place > 0, -name.weight, name.start)


@dataclass(frozen=True)
class _Held:
    familiar: Names
    fields: Names
    schools: Names
    places: Names
    guides: dict[int, str]  # number → title


_held: dict[int, _Held] = {}  # data version → the names


def interests_beginning(query: str) -> list[Suggestion]:
    """What a person may want to learn, or the school they mean; the likeliest first."""
    asked = folded(query[:LONGEST_QUERY])
    if not asked:
        return []
    held = _names()
    found = [
        *held.familiar.beginning_with(asked, CAREERS),
        *_careers(query, held.guides),
    ]
    by_name: dict[str, Suggestion] = {}
    for one in found:
        by_name.setdefault(one.name, one)
    careers = list(by_name.values())[:CAREERS]
    fields = held.fields.beginning_with(asked, FIELDS)
    known = {one.name for one in careers}
    schools = held.schools.beginning_with(asked, SCHOOLS)
    return [*careers, *(one for one in fields if one.name not in known), *schools]


def schools_beginning(query: str) -> list[Suggestion]:
    """Names to fill in, for a question about a school."""
    asked = folded(query[:LONGEST_QUERY])
    found = _names().schools.beginning_with(asked, PLACES) if asked else []
    return [replace(one, url="") for one in found]


def areas_beginning(query: str) -> list[Suggestion]:
    """ZIP codes for digits; else states and cities, the largest first."""
    query = query.strip()[:LONGEST_QUERY]
    if query.isascii() and query.isdigit():
        return _zips(query)
    if not folded(query):
        return []
    spellings = dict.fromkeys([folded(query), name_key(query)])
    found = [one for asked in spellings for one in _names().places.beginning_with(asked, PLACES)]
    return list(dict.fromkeys(found))[:PLACES]


def _careers(query: str, guides: dict[int, str]) -> list[Suggestion]:
    """Guides by title or by another name of the work; the search's remoter finds are left out."""
    asked = folded(query).split()[-1]
    return [
        Suggestion(guides[one.guide_pk], f"Career: “{one.name}”" if one.name else "Career")
        for one in careers_search.suggestions(query[:LONGEST_QUERY], CAREERS)
        if one.guide_pk in guides and f" {asked}" in f" {folded(one.name or guides[one.guide_pk])}"
    ]


def _zips(digits: str) -> list[Suggestion]:
    if not FEWEST_DIGITS <= len(digits) <= 5:
        return []
    first, last = digits.ljust(5, "0"), digits.ljust(5, "9")
    rows = Zip.objects.filter(zip__range=(first, last)).exclude(kind=Zip.Kind.MILITARY)
    return [
        Suggestion(code, f"{city}, {state}" if city else STATES.get(state, state))
        for code, city, state in rows.order_by("zip").values_list("zip", "city", "state")[:PLACES]
    ]


# What a process holds -----------------------------------------------------------------------


def forget() -> None:
    """For tests, whose rows come and go without a new version."""
    _held.clear()


def _names() -> _Held:
    version = Version.objects.number_of(Version.DATA)
    if version not in _held:
        made = _read()
        _held.clear()
        _held[version] = made
    return _held[version]


def _read() -> _Held:
    guides = {guide.pk: guide for guide in Guide.objects.current().only("pk", "slug", "title")}
    fields = list(Field.objects.order_by().values_list("cip", "title", "level"))
    return _Held(
        familiar=Names(_familiar(guides.values(), fields)),
        fields=Names(_fields(fields)),
        schools=Names(_schools()),
        places=Names(_places()),
        guides={pk: guide.title for pk, guide in guides.items()},
    )


def _familiar(guides: Iterable[Guide], fields: Iterable[tuple[str, str, int]]) -> Iterator[_Name]:
    """Our own words, each under the title that it leads to."""
    titles = {f"guide:{guide.slug}": (guide.title, "Career") for guide in guides}
    titles |= {f"cip:{cip}": (title, "Field of study") for cip, title, _ in fields}
    for words, keys in reviewed.familiar_words().items():
        for rank, key in enumerate(keys):
            if key in titles:
                title, kind = titles[key]
                # The shorter words say more of what is typed: "nurs" means "nurse" first.
                weight = -len(words) - 100 * rank
                yield _Name(folded(words), 0, weight, Suggestion(title, kind))


def _fields(fields: Iterable[tuple[str, str, int]]) -> Iterator[_Name]:
    """Groups of fields before single ones of the same beginning, short titles first."""
    for _, title, level in fields:
        yield from _starts(title, -len(title) - 10 * level, Suggestion(title, "Field of study"))


def _schools() -> Iterator[_Name]:
    schools = School.objects.open().only("unitid", "name", "aliases", "city", "state", "students")
    for school in schools.order_by():
        note = f"School in {school.city}, {school.state}"
        suggestion = Suggestion(school.name, note, school.get_absolute_url())
        weight = school.students or 0
        yield from _starts(school.name, weight, suggestion)
        for alias in school.aliases.splitlines():
            yield _Name(folded(alias), 0, weight, suggestion)


def _places() -> Iterator[_Name]:
    for name in STATES.values():
        yield _Name(name_key(name), 0, 10_000_000, Suggestion(name, "State"))
    rows = Place.objects.order_by().values_list("name", "key", "state", "population")
    for name, key, state, people in rows:
        yield _Name(f"{key} {state.lower()}", 0, people, Suggestion(f"{name}, {state}"))


def _starts(text: str, weight: int, suggestion: Suggestion) -> Iterator[_Name]:
    """ "Dental Assisting" → itself, and "assisting"; small words begin nothing."""
    words = folded(text).split()
    for place, word in enumerate(words):
        if place == 0 or len(word) > 3:
            yield _Name(" ".join(words[place:]), place, weight, suggestion)
