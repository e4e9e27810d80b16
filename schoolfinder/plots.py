"""Small pictures of the finder as numbers for SVG; positions in per cent or map units."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from careers.wording import count, listed, plural
from schoolfinder import wording
from schoolfinder.bands import Band
from schoolfinder.geo import MAP_WIDTH, STATES, Point, map_dots, map_miles, to_map
from schoolfinder.matching import Match
from schoolfinder.outlines import Frame, outlines

# Five years -------------------------------------------------------------------------------------

BAR_HEIGHT = 20  # px


@dataclass(frozen=True)
class YearBar:
    x: str
    y: float
    height: float
    is_missing: bool


@dataclass(frozen=True)
class YearBars:
    """Graduates by award year; bars start at zero."""

    says: str
    bars: list[YearBar]


def year_bars(graduates: Sequence[int | None], latest_year: int) -> YearBars:
    """`graduates`: oldest first; None where the program was not listed in that year."""
    most = max((number or 0 for number in graduates), default=0) or 1
    step = 100 / max(len(graduates), 1)
    bars = [
        YearBar(
            x=f"{place * step:.0f}%",
            y=round(BAR_HEIGHT - _bar(number, most), 1),
            height=_bar(number, most),
            is_missing=number is None,
        )
        for place, number in enumerate(graduates)
    ]
    first = latest_year - len(graduates) + 1
    told = [
        f"{wording.award_year(first + place)}: {'not listed' if number is None else number}"
        for place, number in enumerate(graduates)
    ]
    return YearBars("Graduates a year, " + ", ".join(told), bars)


def _bar(number: int | None, most: int) -> float:
    """At least a line, so that a zero is seen to be one."""
    return 1.0 if not number else round(max(1.0, BAR_HEIGHT * number / most), 1)


# Distances --------------------------------------------------------------------------------------

RULER_STEPS = 40
MAX_STACK = 5
DOT_GAP = 13  # px


@dataclass(frozen=True)
class Tick:
    x: str
    y: int
    label: str
    anchor: str


@dataclass(frozen=True)
class Dot:
    x: str
    y: int
    css: str
    title: str


@dataclass(frozen=True)
class Ruler:
    """Each school at its distance: filled where a program is exact, open otherwise."""

    says: str
    label: str
    place: str
    height: int
    text_y: int
    ground: int
    ticks: list[Tick]
    dots: list[Dot]
    per_dot: int  # schools that one dot stands for


def ruler(matches: Sequence[Match], radius: int, place: str) -> Ruler | None:
    """None when no school has a distance."""
    measured = [match for match in matches if match.miles is not None]
    if not measured:
        return None
    stacks = Counter(_step(match, radius) for match in measured)
    per_dot = -(-max(stacks.values()) // MAX_STACK)
    levels = -(-max(stacks.values()) // per_dot)
    ground = 12 + DOT_GAP * levels
    return Ruler(
        says=_distances_say(measured),
        label=f"Distance of each school from {place}, from 0 to {radius} miles",
        place=place,
        height=ground + 18,
        text_y=ground + 15,
        ground=ground,
        ticks=_ticks(radius, ground),
        dots=_dots(measured, radius, per_dot, ground),
        per_dot=per_dot,
    )


def _step(match: Match, radius: int) -> int:
    return round((match.miles or 0) / radius * RULER_STEPS)


def _distances_say(matches: list[Match]) -> str:
    distances = sorted(match.miles or 0 for match in matches)
    if len(distances) == 1:
        return f"The only one is {wording.miles_away(distances[0])}."
    return (
        f"The nearest is {wording.miles_away(distances[0])}, "
        f"half are within {wording.miles(median(distances))}."
    )


def _ticks(radius: int, ground: int) -> list[Tick]:
    """A line for each tenth; the fifths are named."""
    ticks = []
    for tenth in range(11):
        is_named = tenth % 2 == 0
        ticks.append(
            Tick(
                x=f"{tenth * 10}%",
                y=ground - (10 if is_named else 4),
                label=f"{radius * tenth / 10:g}{' miles' if tenth == 10 else ''}"
                if is_named
                else "",
                anchor={0: "", 10: "fin"}.get(tenth, "mid"),
            )
        )
    return ticks


def _dots(matches: list[Match], radius: int, per_dot: int, ground: int) -> list[Dot]:
    """Exact ones at the bottom of a stack; each `per_dot`-th school of a stack makes a dot."""
    dots: list[Dot] = []
    seen: Counter[int] = Counter()
    for match in sorted(matches, key=lambda match: (-match.band, match.miles or 0)):
        step = _step(match, radius)
        if seen[step] % per_dot == 0:
            level = seen[step] // per_dot
            dots.append(
                Dot(
                    x=f"{step * 100 / RULER_STEPS:g}%",
                    y=ground - 18 - DOT_GAP * level,
                    css="dot" if match.band == Band.EXACT else "ring",
                    title=f"{match.school.name}, {wording.miles_away(match.miles or 0)}",
                )
            )
        seen[step] += 1
    return dots


# The map ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StateCount:
    state: str
    name: str
    schools: int
    url: str


@dataclass(frozen=True)
class DotMap:
    number: int  # of the figure
    says: str
    label: str
    far: str  # path data: exact programs anywhere
    near: str  # path data: the schools of this search
    home: tuple[float, float] | None
    radius: float
    place: str
    states: list[StateCount]  # the same as a list

    @property
    def is_east(self) -> bool:
        """The name stands to the left of the point, so that it stays on the map."""
        return self.home is not None and self.home[0] > MAP_WIDTH * 0.6

    @property
    def text_x(self) -> float:
        if self.home is None:
            return 0
        gap = max(self.radius, 5) + 8
        return round(self.home[0] - gap if self.is_east else self.home[0] + gap, 1)


@dataclass(frozen=True)
class Spot:
    x: float
    y: float
    css: str
    title: str


@dataclass(frozen=True)
class CloseUp:
    """A part of the map drawn large: one state, or the land around a place."""

    number: int  # of the figure; 0 where it stands alone
    says: str
    label: str
    view_box: str
    own: str  # path data of the state itself
    others: list[str]  # of the states beside it
    spots: list[Spot]
    size: float  # of a dot
    home: tuple[float, float] | None
    radius: float
    place: str


CLOSEST = 60  # map units across: the outlines are no finer
ASPECT = 0.75


def close_up(
    matches: Sequence[Match],
    state: str,
    start: Point | None,
    radius: int | None,
    place: str,
    number: int,
) -> CloseUp | None:
    """Each school of the list where it lies; None for islands that the map does not show."""
    home = to_map(start, state) if start else None
    miles = map_miles(radius, state) if start and radius else 0
    frame = _frame_of(state, home, miles)
    if frame is None:
        return None
    exact = sum(match.band == Band.EXACT for match in matches)
    others = len(matches) - exact
    says = f"{plural(exact, 'school') if exact else 'No school'} with an exact program"
    says += f", {count(others)} with something else." if others else "."
    return CloseUp(
        number=number,
        says=says,
        label=f"Map of {place}: {says}",
        view_box=frame.view_box,
        own=outlines()[state].path,
        others=_beside(state, frame),
        spots=_spots(matches, frame),
        size=round(frame.width / 110, 2),
        home=(round(home[0], 1), round(home[1], 1)) if home else None,
        radius=round(miles, 1),
        place=place,
    )


def campus(point: Point, state: str, name: str) -> CloseUp | None:
    """One school in its state."""
    spot = to_map(point, state)
    frame = _frame_of(state, None, 0)
    if spot is None or frame is None:
        return None
    return CloseUp(
        number=0,
        says="",
        label=f"Where {name} lies in {STATES[state]}",
        view_box=frame.view_box,
        own=outlines()[state].path,
        others=_beside(state, frame),
        spots=[Spot(round(spot[0], 1), round(spot[1], 1), "dot", name)],
        size=round(frame.width / 45, 2),
        home=None,
        radius=0,
        place=STATES[state],
    )


def _frame_of(state: str, home: tuple[float, float] | None, radius: float) -> Frame | None:
    if state not in outlines():
        return None
    if home is None or not radius:
        return outlines()[state].frame.padded(0.06)
    width = max(CLOSEST, radius * 2.8)
    height = max(width * ASPECT, radius * 2.2)
    return Frame(home[0] - width / 2, home[1] - height / 2, width, height)


def _beside(state: str, frame: Frame) -> list[str]:
    """Alaska and Hawaii stand in corners of their own: nothing real is beside them."""
    if state in ("AK", "HI"):
        return []
    return [
        outline.path
        for other, outline in outlines().items()
        if other not in (state, "AK", "HI") and outline.frame.meets(frame)
    ]


def _spots(matches: Iterable[Match], frame: Frame) -> list[Spot]:
    """One for each place that differs on the picture; an exact program gives it its filling."""
    names: dict[tuple[float, float], list[str]] = {}
    css: dict[tuple[float, float], str] = {}
    for match in matches:
        spot = to_map(match.school.point, match.school.state)
        if spot is None or not frame.meets(Frame(spot[0], spot[1], 0.01, 0.01)):
            continue
        place = (round(spot[0], 1), round(spot[1], 1))
        names.setdefault(place, []).append(match.school.name)
        if match.band == Band.EXACT or place not in css:
            css[place] = "dot" if match.band == Band.EXACT else "ring"
    return [
        Spot(x, y, css[x, y], _titled(found))
        for (x, y), found in sorted(names.items(), key=lambda entry: css[entry[0]] == "dot")
    ]


def _titled(names: list[str]) -> str:
    more = len(names) - 3
    return f"{', '.join(names[:3])} and {more} more" if more > 0 else listed(names)


def dot_map(
    everywhere: Sequence[tuple[Point, str]],
    here: Iterable[Match],
    start: tuple[Point, str] | None,
    radius: int | None,
    place: str,
    states: list[StateCount],
    number: int,
) -> DotMap:
    """`everywhere`: where an exact program is taught; `start`: the point with its state."""
    home = to_map(*start) if start else None
    says = f"{plural(len(everywhere), 'school')} in the country teach an exact program."
    return DotMap(
        number=number,
        says=says,
        label=f"{says[:-1]}, in {plural(len(states), 'state')}",
        far=map_dots(everywhere),
        near=map_dots((match.school.point, match.school.state) for match in here),
        home=(round(home[0]), round(home[1])) if home else None,
        radius=round(map_miles(radius, start[1]), 1) if start and radius else 0,
        place=place,
        states=states,
    )
