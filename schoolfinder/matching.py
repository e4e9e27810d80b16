"""From what a person wants to an ordered list of schools: bands first, then order inside a band.

The unit of a match is a school in one band, with how many programs it has there. Two queries find
and order all matches of a search at any size; the programs themselves are read for one page only.
"""

import base64
import binascii
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Case, Count, FloatField, IntegerField, Max, Q, Value, When

from schoolfinder import scoring
from schoolfinder.awards import GROUPS, AwardGroup
from schoolfinder.bands import Band
from schoolfinder.geo import ANYWHERE, Area, AreaKind, Point, box_around, miles_between
from schoolfinder.interests import Interest
from schoolfinder.models import Program, ProgramEarnings, School
from schoolfinder.models.schools import ProgramQuerySet
from schoolfinder.sorts import Sort

# From this share of students who study only at a distance, a school counts as an online school.
ONLINE_SHARE = 0.95
WIDER_MILES = (50, 100)
FEW_SCHOOLS = 5
FEW_ENOUGH_TO_NAME = 2000  # schools in one IN list


Key = tuple[Any, ...]


@dataclass(frozen=True)
class Search:
    """What was asked. Without an interest every program is listed, in no band but OTHER."""

    interest: Interest | None = None
    area: Area = ANYWHERE
    radius: int | None = 50  # miles; None: any distance
    award: AwardGroup | None = None
    online: bool = False
    controls: tuple[int, ...] = ()
    open_admission: bool = False
    sizes: tuple[int, ...] = ()
    max_tuition: int | None = None
    max_price: int | None = None
    min_graduation: float | None = None
    no_cautions: bool = False  # leave out closing schools, those without federal aid, academies
    unpublished: str = ""  # of a ceiling ("price"): only the schools that it hides unseen
    sort: Sort = Sort.FIT
    show_other: bool = False

    @property
    def start(self) -> Point | None:
        """Where distance is counted from."""
        return self.area.point if self.area.kind == AreaKind.POINT else None

    @property
    def is_bounded(self) -> bool:
        """A state or a circle: small enough to list everything that is taught in it."""
        circle = self.start is not None and self.radius is not None
        return circle or self.area.kind == AreaKind.STATE

    @property
    def order(self) -> Sort:
        """As asked; without a place to start from nothing is nearest, and the best fit it is."""
        return Sort.FIT if self.sort == Sort.NEAREST and not self.start else self.sort


class SchoolRow(NamedTuple):
    """What ordering needs to know of a school."""

    unitid: int
    name: str
    state: str
    lat: float
    lon: float
    level: int | None
    all_online: bool | None
    online_share: float | None
    tuition_in: int | None
    net_price: int | None
    graduation_rate: float | None
    earnings_10y: int | None
    control: int | None
    size: int | None
    open_admission: bool | None
    status: str
    title_iv: bool
    service_academy: bool

    @property
    def has_caution(self) -> bool:
        """As reasons.cautions() tells them."""
        return self.status == School.Status.CLOSING or not self.title_iv or self.service_academy

    @property
    def is_online(self) -> bool:
        return bool(self.all_online) or (self.online_share or 0) >= ONLINE_SHARE

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Match:
    """A school in a band."""

    band: Band
    school: SchoolRow
    miles: float | None  # None: no place to start from, or an online school
    programs: int
    graduates: float  # a year, of its largest program in this band; 0 for new programs only
    parts: scoring.Parts
    key: Key  # what the list is sorted by


@dataclass(frozen=True)
class Matches:
    """Everything that fits, in order; a school stands in each band that it has programs in."""

    search: Search
    all: list[Match]
    hidden: dict[str, int]  # figure → schools left out because they do not publish it
    schools: frozenset[int]  # all that were looked at: in the area, through the filters

    def best(self) -> list[Match]:
        """Each school once, in its best band."""
        seen: set[int] = set()
        return [
            match
            for match in self.all
            if not (match.school.unitid in seen or seen.add(match.school.unitid))  # type: ignore[func-returns-value]
        ]


def find_matches(search: Search) -> Matches:
    schools, hidden = _schools(search)
    tallies = _tallies(search, schools, Band.SIMILAR) if search.interest else []
    if search.is_bounded and (search.show_other or not tallies):
        tallies += _tallies(search, schools, Band.OTHER)
    found = [
        _match(search, schools[tally.school_id], tally)
        for tally in tallies
        if tally.school_id in schools
    ]
    return Matches(search, sorted(found, key=lambda match: match.key), hidden, frozenset(schools))


# Schools ------------------------------------------------------------------------------------


def _schools(search: Search) -> tuple[dict[int, SchoolRow], dict[str, int]]:
    """Open schools in the area that pass the filters, and how many a ceiling hid unseen."""
    rows = School.objects.open().filter(_in_area(search), _passes(search)).order_by()
    found = [SchoolRow(*row) for row in rows.values_list(*SchoolRow._fields)]
    near = [school for school in found if _within(search, school)]
    hidden: dict[str, int] = defaultdict(int)
    kept = {school.unitid: school for school in near if _under_ceilings(search, school, hidden)}
    return kept, dict(hidden)


def _in_area(search: Search) -> Q:
    area = search.area
    online_school = Q(all_online=True) | Q(online_share__gte=ONLINE_SHARE)
    if area.kind == AreaKind.ONLINE or (search.online and area.kind == AreaKind.ANYWHERE):
        return Q(offers_online=True) | online_school
    if area.kind == AreaKind.STATE:
        inside = Q(state=area.state)
    elif search.start and search.radius is not None:
        box = box_around(search.start, search.radius)
        inside = Q(lat__range=(box.south, box.north), lon__range=(box.west, box.east))
    else:
        return Q()
    return inside | online_school if search.online else inside


def _passes(search: Search) -> Q:
    condition = Q()
    if search.controls:
        condition &= Q(control__in=search.controls)
    if search.sizes:
        condition &= Q(size__in=search.sizes)
    if search.open_admission:
        condition &= Q(open_admission=True)
    if search.no_cautions:
        condition &= Q(title_iv=True, service_academy=False) & ~Q(status=School.Status.CLOSING)
    return condition


def _within(search: Search, school: SchoolRow) -> bool:
    """The box has corners: ask the distance itself."""
    if not search.start or search.radius is None:
        return True
    if search.online and school.is_online:
        return True
    return miles_between(search.start, school.point) <= search.radius


def _under_ceilings(search: Search, school: SchoolRow, hidden: dict[str, int]) -> bool:
    limits = (
        ("tuition", search.max_tuition, school.tuition_in, 1),
        ("price", search.max_price, school.net_price, 1),
        ("graduation", search.min_graduation, school.graduation_rate, -1),
    )
    for name, limit, figure, sign in limits:
        if limit is None:
            continue
        if name == search.unpublished:
            return figure is None
        if figure is None:
            hidden[name] += 1
            return False
        if figure * sign > limit * sign:
            return False
    return True


# Programs -----------------------------------------------------------------------------------


class _Tally(NamedTuple):
    """The programs of a school in one band."""

    school_id: int
    band: int
    programs: int
    graduates_3y: int | None
    award_fit: float | None


def _tallies(search: Search, schools: Iterable[int], lowest: Band) -> list[_Tally]:
    """One row for each school and band: the bands above OTHER, or OTHER alone."""
    rows = (
        _programs(search, list(schools), lowest)
        .annotate(band=_band_case(search, lowest))
        .values("school_id", "band")
        .annotate(programs=Count("pk"), graduates=Max("graduates_3y"), fit=Max(_award_case(search)))
        .order_by()
        .values_list("school_id", "band", "programs", "graduates", "fit")
    )
    return [_Tally(*row) for row in rows]


def _programs(search: Search, schools: list[int], lowest: Band) -> ProgramQuerySet:
    """Of a few hundred schools by their numbers, which is ten times faster than a join; of a
    large part of the nation by field alone, and whoever asks leaves out the other schools."""
    programs = Program.objects.filter(retired_at=None)
    if len(schools) <= FEW_ENOUGH_TO_NAME:
        programs = programs.filter(school__among=frozenset(schools))
    if search.award:
        programs = programs.filter(award__in=GROUPS[search.award])
    if search.interest is None:
        return programs
    banded = frozenset(search.interest.bands)
    if lowest == Band.OTHER:
        return programs.exclude(field__among=banded)
    return programs.filter(field__among=banded)


def _band_case(search: Search, lowest: Band) -> Case:
    interest = search.interest
    higher = (Band.EXACT, Band.RELATED) if interest and lowest > Band.OTHER else ()
    return Case(
        *(
            When(field__among=frozenset(interest.fields(band)), then=Value(int(band)))
            for band in higher
            if interest and interest.fields(band)
        ),
        default=Value(int(lowest)),
        output_field=IntegerField(),
    )


def _award_case(search: Search) -> Case:
    """How the award fits what most start with, as SQL, so that one row a school is enough."""
    usual = search.interest.start_award if search.interest else None
    return Case(
        *(
            When(award__in=awards, then=Value(scoring.award(group, usual)))
            for group, awards in GROUPS.items()
            if usual
        ),
        default=Value(None),
        output_field=FloatField(),
    )


# Order --------------------------------------------------------------------------------------


def _match(search: Search, school: SchoolRow, tally: _Tally) -> Match:
    miles = _miles(search, school)
    graduates = (tally.graduates_3y or 0) / 3
    parts = scoring.Parts(
        distance=1.0 if miles is None else scoring.distance(miles),
        award=tally.award_fit,
        cost=scoring.cost(school.net_price, school.level),
        size=scoring.size(graduates),
        outcomes=scoring.outcomes(school.graduation_rate, school.earnings_10y),
    )
    band = Band(tally.band)
    score = scoring.score(parts, by_distance=search.start is not None)
    wanted = _wanted(search.order, school, graduates, score)
    key = _key(search.order, band, wanted, miles, school)
    return Match(band, school, miles, tally.programs, graduates, parts, key)


def _miles(search: Search, school: SchoolRow) -> float | None:
    """None for an online school beyond the radius: it counts as near, but not in miles."""
    if search.start is None:
        return None
    miles = miles_between(search.start, school.point)
    beyond = search.radius is not None and miles > search.radius
    return None if beyond else miles


def _key(order: Sort, band: Band, wanted: Key, miles: float | None, school: SchoolRow) -> Key:
    """Band, then what was asked for, then the nearer, then the name."""
    name = (school.name.casefold(), school.unitid)
    if order == Sort.NAME:
        return (-int(band), *name)
    return (-int(band), *wanted, miles is None, float(miles or 0), *name)


def _wanted(order: Sort, school: SchoolRow, graduates: float, score: float) -> Key:
    """What is missing stands last."""
    match order:
        case Sort.FIT:
            return (-score,)
        case Sort.GRADUATES:
            return _missing_last(graduates or None, -1)
        case Sort.TUITION:
            return _missing_last(school.tuition_in)
        case Sort.PRICE:
            return _missing_last(school.net_price)
        case Sort.GRADUATION:
            return _missing_last(school.graduation_rate, -1)
        case Sort.EARNINGS:
            return _missing_last(school.earnings_10y, -1)
    return ()


def _missing_last(figure: float | None, sign: int = 1) -> tuple[bool, float]:
    return (figure is None, float(sign * (figure or 0)))


# Pages --------------------------------------------------------------------------------------


class BadCursor(ValueError):
    """The text is no cursor of this list."""


def page_after(matches: list[Match], cursor: str, size: int) -> tuple[list[Match], str]:
    """The next `size` matches, and the cursor of what follows them ("" at the end).

    A cursor is the sort key of the last match shown, so it holds when rows come and go.
    """
    start = _position(matches, cursor) if cursor else 0
    page = matches[start : start + size]
    is_last = start + size >= len(matches)
    return page, "" if is_last else _encode(page[-1].key)


def _position(matches: list[Match], cursor: str) -> int:
    key = _decode(cursor)
    if not matches:
        return 0
    wanted = [type(value) for value in matches[0].key]
    if [type(value) for value in key] != wanted:
        raise BadCursor(cursor)
    return bisect_right(matches, key, key=lambda match: match.key)


def _encode(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, ...]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursor(cursor) from error
    if not isinstance(key, list):
        raise BadCursor(cursor)
    return tuple(key)


@dataclass(frozen=True)
class Details:
    """What the page shows of its matches, read in three queries."""

    schools: dict[int, School]
    programs: dict[tuple[int, Band], list[Program]]  # the most graduates first
    earnings: dict[tuple[int, str, int], ProgramEarnings]  # school, group of fields, credential


def read_details(search: Search, page: Iterable[Match]) -> Details:
    page = list(page)
    unitids = {match.school.unitid for match in page}
    programs = _programs_of(search, {(match.school.unitid, match.band) for match in page})
    groups = {program.field_id[:5] for found in programs.values() for program in found}
    rows = ProgramEarnings.objects.filter(school__in=unitids, cip4__in=groups)
    return Details(
        School.objects.in_bulk(unitids),
        programs,
        {(row.school_id, row.cip4, row.credential): row for row in rows},
    )


def _programs_of(
    search: Search, wanted: set[tuple[int, Band]]
) -> dict[tuple[int, Band], list[Program]]:
    bands = search.interest.bands if search.interest else {}
    lowest = Band.OTHER if any(band == Band.OTHER for _, band in wanted) else Band.SIMILAR
    programs = Program.objects.offered().filter(school__in={unitid for unitid, _ in wanted})
    if search.award:
        programs = programs.filter(award__in=GROUPS[search.award])
    if lowest > Band.OTHER:
        codes = {band: search.interest.fields(band) for _, band in wanted}  # type: ignore[union-attr]
        banded = frozenset(cip for found in codes.values() for cip in found)
        programs = programs.filter(field__among=banded)
    found: dict[tuple[int, Band], list[Program]] = defaultdict(list)
    for program in programs.select_related("field").order_by("-graduates_3y", "field", "award"):
        place = (program.school_id, bands.get(program.field_id, Band.OTHER))
        if place in wanted:
            found[place].append(program)
    return dict(found)


# Beside the list ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Suggestion:
    """A change of the search that would add `schools` with exact or related programs."""

    change: dict[str, str]  # the parameters of the address that differ
    schools: int


def suggestions(matches: Matches) -> list[Suggestion]:
    """What to relax when little fits; nothing when enough does."""
    search, now = matches.search, _close(matches)
    if now >= FEW_SCHOOLS or not search.interest:
        return []
    tried: list[tuple[dict[str, str], Search]] = []
    if search.start and search.radius is not None:
        wider = [miles for miles in WIDER_MILES if miles > search.radius]
        tried += [({"radius": str(miles)}, replace(search, radius=miles)) for miles in wider[:1]]
        tried.append(({"radius": "any"}, replace(search, radius=None)))
    if search.award:
        tried.append(({"award": ""}, replace(search, award=None)))
    if not search.online and search.area.kind in (AreaKind.POINT, AreaKind.STATE):
        tried.append(({"online": "1"}, replace(search, online=True)))
    found = [Suggestion(change, _close(find_matches(other)) - now) for change, other in tried]
    return [suggestion for suggestion in found if suggestion.schools > 0]


def _close(matches: Matches) -> int:
    """Schools with an exact or a related program."""
    return len({match.school.unitid for match in matches.all if match.band >= Band.RELATED})


def places_teaching(cips: list[str]) -> list[tuple[Point, str]]:
    """Where in the country any of the fields is taught: points with their state."""
    taught = Program.objects.offered().filter(field__in=cips).values("school")
    rows = School.objects.filter(pk__in=taught).values_list("lat", "lon", "state")
    return [(Point(lat, lon), state) for lat, lon, state in rows.order_by("state")]
