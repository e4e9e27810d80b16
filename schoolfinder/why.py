"""Why a school is not in the list, or where it is: asked by name, answered with what decided it."""

from dataclasses import dataclass

from django.http import QueryDict

from careers.wording import plural
from schoolfinder import filters, wording
from schoolfinder.awards import GROUPS, AwardGroup
from schoolfinder.controls import Link, finder_url
from schoolfinder.geo import STATES, AreaKind, miles_between
from schoolfinder.matching import Matches, SchoolRow, Search
from schoolfinder.models import Program, School
from schoolfinder.search import schools_named

MOST_NAMESAKES = 3
WIDER_MILES = (25, 50, 75, 100)

_FILTER_WORDS = {
    "control": "It is {kind}, which your filter leaves out.",
    "size": "Its number of students is outside the sizes that you chose.",
    "open": "It does not report open admission.",
    "caution": "It carries a caution, and you asked to leave such schools out.",
}
_FIGURE_WORDS = {"tuition": "tuition", "price": "net price", "graduation": "graduation rate"}


@dataclass(frozen=True)
class Cause:
    """One thing that keeps the school out, and the search without it."""

    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Answer:
    asked: str
    school: Link | None  # None: no school is called so
    place: str
    verdict: str
    causes: list[Cause]
    namesakes: list[Link]  # other schools that the words can mean


def answer(words: str, matches: Matches, params: QueryDict) -> Answer:
    """At most four queries: the name (twice when it is misspelt), the row, its programs."""
    found = schools_named(words, 1 + MOST_NAMESAKES, School.objects.all())
    if not found:
        text = "We know no school of that name. Try one word of it, or its city."
        return Answer(words, None, "", text, [], [])
    school, *others = found
    namesakes = [
        Link(f"{other.name}, {wording.place(other)}", finder_url(params, why=str(other.unitid)))
        for other in others
    ]
    place = _place(school.unitid, matches)
    causes = [] if place else _causes(school, matches.search, params)
    return Answer(
        asked=words,
        school=Link(school.name, school.get_absolute_url()),
        place=wording.place(school),
        verdict=place or _verdict(causes),
        causes=causes,
        namesakes=namesakes,
    )


def _place(unitid: int, matches: Matches) -> str:
    """Where the list has it; empty when it has not."""
    best = matches.best()
    own = next((match for match in best if match.school.unitid == unitid), None)
    if own is None:
        return ""
    band = [match for match in best if match.band == own.band]
    if matches.search.interest is None:
        return f"It is in the list: number {band.index(own) + 1} of {len(band)}."
    number = f"number {band.index(own) + 1} of {len(band)}"
    return f"It is in the list: {number} under “{wording.BAND_TITLES[own.band]}”."


def _verdict(causes: list[Cause]) -> str:
    if len(causes) == 1:
        return "It is not in the list, for one reason:"
    return f"It is not in the list, for {plural(len(causes), 'reason')}:"


def _causes(school: School, search: Search, params: QueryDict) -> list[Cause]:
    if school.retired_at:
        return [Cause("It is closed, or has joined another school.")]
    row = SchoolRow(*(getattr(school, name) for name in SchoolRow._fields))
    found = [
        *_area(row, search, params),
        *_filters(school, row, search, params),
        *_programs(school, search, params),
    ]
    return found or [Cause("Its only fitting programs have nothing to do with what you look for.")]


def _area(row: SchoolRow, search: Search, params: QueryDict) -> list[Cause]:
    if search.online and row.is_online:
        return []
    area = search.area
    if area.kind == AreaKind.STATE and row.state != area.state:
        state = STATES.get(row.state, row.state)
        return [Cause(f"It is in {state}, not in {area.label}.", _near(state, params))]
    if area.kind == AreaKind.ONLINE and not row.is_online:
        return [Cause("It does not report online programs.")]
    if search.start is None or search.radius is None:
        return []
    miles = miles_between(search.start, row.point)
    if miles <= search.radius:
        return []
    enough = next((str(wider) for wider in WIDER_MILES if wider >= miles), "any")
    text = "Any distance" if enough == "any" else f"Look within {enough} miles"
    link = Link(text, finder_url(params, radius=enough, band=""))
    away = wording.miles_away(miles)
    return [Cause(f"It is {away}, beyond the {search.radius} miles that you chose.", link)]


def _near(state: str, params: QueryDict) -> Link:
    return Link(f"Look in {state}", finder_url(params, near=state, radius="", band=""))


def _filters(school: School, row: SchoolRow, search: Search, params: QueryDict) -> list[Cause]:
    return [
        Cause(
            _filter_text(name, school, row, search),
            Link("Take this filter off", finder_url(params, **{name: ""})),
        )
        for name in filters.in_force(search)
        if not filters.passes(search, name, row)
    ]


def _filter_text(name: str, school: School, row: SchoolRow, search: Search) -> str:
    if name in _FILTER_WORDS:
        return _FILTER_WORDS[name].format(kind=wording.kind(school).lower() or "of no known kind")
    value = filters.figure(name, row)
    if value is None:
        return f"It publishes no {_FIGURE_WORDS[name]}, which your filter needs."
    if name == "graduation":
        least = wording.share(search.min_graduation)
        return f"{wording.share(value)} graduate, below the {least} that you asked for."
    most = search.max_tuition if name == "tuition" else search.max_price
    figure = wording.money(int(value))
    return f"Its {_FIGURE_WORDS[name]} is {figure} a year, above your {wording.money(most)}."


def _programs(school: School, search: Search, params: QueryDict) -> list[Cause]:
    """What it teaches of the interest, against the level that was asked for."""
    offered = Program.objects.offered().filter(school=school)
    if search.interest:
        offered = offered.filter(field__among=frozenset(search.interest.bands))
    awards = set(offered.values_list("award", flat=True))
    label = search.interest.label if search.interest else ""
    if not awards:
        text = f"It reports no program that fits {label}, not even in a similar field."
        return [Cause(text if label else "It reports no programs with graduates.")]
    if search.award is None or awards & set(GROUPS[search.award]):
        return []
    levels = [str(group.label) for group in AwardGroup if awards & set(GROUPS[group])]
    said = " and ".join(level[0].lower() + level[1:] for level in levels)
    link = Link("Any level", finder_url(params, award=""))
    return [Cause(f"What it teaches of this ends with another award: {said}.", link)]
