"""Pay and jobs by state: the table, and a tile a state for the map."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from careers import plots, wording
from careers.guideplots.cells import Cell
from careers.guiderows import GuideRows
from careers.models import GuideCode, WageEstimate
from careers.wording import NOT_PUBLISHED

# The states and the District of Columbia; territories stand in the table only.
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
    " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
TILES = _STATES.split()
STEPS = 5
BEST = 5  # lines above the whole table
PAY, JOBS, NAME = "pay", "jobs", "name"
TOGETHER = ""  # all codes of the guide


@dataclass(frozen=True)
class Area:
    """A state or territory. Pay is that of the middle worker, in dollars a year or an hour."""

    name: str
    state: str
    pay: float | None
    is_at_least: bool
    jobs: int | None

    @property
    def is_state(self) -> bool:
        return self.state in TILES

    @property
    def in_words(self) -> str:
        return f"the {self.name}" if self.state == "DC" else self.name


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class StateLine:
    name: str
    pay: Cell
    jobs: Cell
    width: str = ""  # of its bar


@dataclass(frozen=True)
class Tile:
    state: str
    says: str
    value: str
    step: int  # 1–5, lowest to highest; 0: not published

    @property
    def place(self) -> str:
        return self.state.lower()


@dataclass(frozen=True)
class Step:
    number: int
    reach: str


@dataclass(frozen=True)
class StateFigure:
    says: str
    measure: str  # PAY or JOBS: what the map shows
    unit: str  # of the pay: "year" or "hour"
    has_pay: bool
    month: str
    sorts: dict[str, Choice]
    best: list[StateLine]
    lines: list[StateLine]
    tiles: list[Tile]
    legend: list[Step]
    is_open: bool  # the table, where the reader has chosen its order
    occupation: str  # empty: all of the guide
    code: str  # of that occupation
    occupations: list[Choice] = field(default_factory=list)

    @property
    def has_gaps(self) -> bool:
        return any(tile.step == 0 for tile in self.tiles)


def state_figure(rows: GuideRows, asked: Mapping[str, str]) -> StateFigure | None:
    """`asked` may hold `states` (the order) and `occupation` (one code of several)."""
    if not rows.state_wages:
        return None
    codes = {code.soc: code for code in rows.entry.codes}
    code = _code(rows, asked.get("occupation", ""))
    unit, areas = _areas(rows.state_wages, code, list(codes))
    has_pay = any(area.pay is not None for area in areas)
    order = _order(asked.get("states", ""), has_pay)
    measure = JOBS if order == JOBS or not has_pay else PAY
    ordered = _ordered(areas, order)
    return StateFigure(
        says=_says(areas, measure, unit),
        measure=measure,
        unit=unit,
        has_pay=has_pay,
        month=_month(rows.state_wages[0].release),
        sorts=_sorts(order, code, has_pay, len(codes)),
        best=_best(areas, measure, unit),
        lines=[_line(area, unit) for area in ordered],
        tiles=_tiles(areas, measure, unit),
        legend=_legend(areas, measure, unit),
        is_open="states" in asked,
        occupation=codes[code].title if code and len(codes) > 1 else "",
        code=code if len(codes) > 1 else "",
        occupations=_occupations(rows, code) if len(codes) > 1 else [],
    )


def _code(rows: GuideRows, asked: str) -> str:
    """The one asked for, the only one, all together where most states allow it, or the largest."""
    codes = [code.soc for code in rows.entry.codes]
    if asked in codes or len(codes) == 1:
        return asked if asked in codes else codes[0]
    if _can_be_added_up(rows):
        return TOGETHER
    jobs: Counter[str] = Counter()
    for row in rows.state_wages:
        jobs[row.soc] += row.jobs or 0
    return max(codes, key=lambda code: jobs[code])


def _can_be_added_up(rows: GuideRows) -> bool:
    _, areas = _areas(rows.state_wages, TOGETHER, [code.soc for code in rows.entry.codes])
    return 2 * sum(area.jobs is not None for area in areas) >= len(areas)


def _areas(
    wages: Sequence[WageEstimate], code: str, codes: Sequence[str]
) -> tuple[str, list[Area]]:
    """With the unit of their pay. States that the source leaves out are not published."""
    by_area: dict[tuple[str, str], list[WageEstimate]] = {}
    for row in wages:
        mine = by_area.setdefault((row.area_title, row.state), [])
        if code in (TOGETHER, row.soc):
            mine.append(row)
    if code == TOGETHER:
        return "year", [_summed(place, found, len(codes)) for place, found in by_area.items()]
    shown = [row for found in by_area.values() for row in found]
    is_hourly = not any(row.median for row in shown) and any(row.median_hourly for row in shown)
    unit = "hour" if is_hourly else "year"
    return unit, [_area(place, found, unit) for place, found in by_area.items()]


def _summed(place: tuple[str, str], found: Sequence[WageEstimate], codes: int) -> Area:
    """Jobs only, and only where every code is published: medians cannot be added up."""
    jobs = [row.jobs for row in found if row.jobs is not None]
    return Area(*place, None, False, sum(jobs) if len(jobs) == codes else None)


def _area(place: tuple[str, str], found: Sequence[WageEstimate], unit: str) -> Area:
    if not found:
        return Area(*place, None, False, None)
    row = found[0]
    name = "median_hourly" if unit == "hour" else "median"
    pay = getattr(row, name)
    return Area(*place, None if pay is None else float(pay), name in row.top_coded, row.jobs)


def _month(release: str) -> str:
    """ "2025-05" → "May 2025"."""
    year, month = release.split("-")
    return f"{date(int(year), int(month), 1):%B %Y}"


# Order and choice, kept in the address ---------------------------------------------------------


def _order(asked: str, has_pay: bool) -> str:
    usual = PAY if has_pay else JOBS
    return asked if asked in (JOBS, NAME) or asked == usual else usual


def _ordered(areas: Sequence[Area], order: str) -> list[Area]:
    """Highest first, what is not published last."""
    by_name = sorted(areas, key=lambda area: area.name)
    return by_name if order == NAME else sorted(by_name, key=lambda area: -_value(area, order))


def _value(area: Area, measure: str) -> float:
    value = area.jobs if measure == JOBS else area.pay
    return -1.0 if value is None else float(value)


def _sorts(order: str, code: str, has_pay: bool, codes: int) -> dict[str, Choice]:
    labels = {NAME: "State", PAY: "Middle pay", JOBS: "Jobs"}
    return {
        key: Choice(label, _address(key, code if codes > 1 else ""), key == order)
        for key, label in labels.items()
        if has_pay or key != PAY
    }


def _occupations(rows: GuideRows, code: str) -> list[Choice]:
    together = GuideCode(soc=TOGETHER, title="All together, jobs only")
    offered = [together, *rows.entry.codes] if _can_be_added_up(rows) else rows.entry.codes
    return [Choice(one.title, _address("", one.soc), one.soc == code) for one in offered]


def _address(order: str, code: str) -> str:
    asked = {"states": order, "occupation": code}
    return f"?{urlencode({key: value for key, value in asked.items() if value})}#states"


# Table and picture -------------------------------------------------------------------------------


def _says(areas: Sequence[Area], measure: str, unit: str) -> str:
    """Of the states; what is only known as "or more" ends no range that others reach beyond."""
    known = [a for a in _ordered(areas, measure) if a.is_state and _value(a, measure) >= 0]
    if not known:
        return "Neither pay nor jobs are published for any state."
    if measure == JOBS:
        top = [f"{area.in_words} ({_amount(area, JOBS, unit)})" for area in known[:3]]
        return f"Most of these jobs are in {wording.listed(top)}."
    high, low = known[0], known[-1]
    if len(known) == 1:
        return f"Pay is published for one state only: {_amount(high, PAY, unit)} in {high.name}."
    hour = " an hour" if unit == "hour" else ""
    reach = f"From {_amount(low, PAY, unit)} in {low.in_words} to {_amount(high, PAY, unit)}{hour}"
    return f"{reach} in {high.in_words}{_others(known)}."


def _others(known: Sequence[Area]) -> str:
    """States that share the end of the range, or whose exact pay is above what is published."""
    high = known[0]
    at_least = [area for area in known if area.is_at_least]
    if high.is_at_least or not at_least:
        also = sum(area.pay == high.pay for area in known) - 1
        return f" and {wording.plural(also, 'other')}" if also else ""
    least = wording.dollars(at_least[0].pay or 0)
    return f"; for {wording.plural(len(at_least), 'state')} only “{least} or more” is published"


def _best(areas: Sequence[Area], measure: str, unit: str) -> list[StateLine]:
    known = [a for a in _ordered(areas, measure) if a.is_state and _value(a, measure) > 0][:BEST]
    return [
        _line(area, unit, plots.share(_value(area, measure), _value(known[0], measure)))
        for area in known
    ]


def _line(area: Area, unit: str, width: str = "") -> StateLine:
    return StateLine(area.name, _cell(area, PAY, unit), _cell(area, JOBS, unit), width)


def _cell(area: Area, measure: str, unit: str) -> Cell:
    return Cell(_amount(area, measure, unit), is_absent=_value(area, measure) < 0)


def _amount(area: Area, measure: str, unit: str) -> str:
    if _value(area, measure) < 0:
        return NOT_PUBLISHED
    if measure == JOBS:
        return wording.count(area.jobs or 0)
    return wording.amount(area.pay or 0, unit) + (" or more" if area.is_at_least else "")


def _tiles(areas: Sequence[Area], measure: str, unit: str) -> list[Tile]:
    by_state = {area.state: area for area in areas}
    steps = _steps(areas, measure)
    return [
        _tile(by_state.get(state, Area(state, state, None, False, None)), measure, unit, steps)
        for state in TILES
    ]


def _tile(area: Area, measure: str, unit: str, steps: Mapping[str, int]) -> Tile:
    return Tile(
        state=area.state,
        says=f"{area.name}: {_amount(area, measure, unit)}",
        value="" if _value(area, measure) < 0 else _short(area, measure, unit),
        step=steps.get(area.state, 0),
    )


def _steps(areas: Sequence[Area], measure: str) -> dict[str, int]:
    """By state, from 1: a fifth of the states each, but equal values share a step."""
    known = _ranked(areas, measure)
    values = [_value(area, measure) for area in known]
    fifths = [len(values) * step // STEPS for step in range(1, STEPS)]
    bounds = [values[max(fifth, 1) - 1] for fifth in fifths] if values else []
    return {area.state: 1 + bisect_left(bounds, _value(area, measure)) for area in known}


def _ranked(areas: Sequence[Area], measure: str) -> list[Area]:
    """States from lowest to highest. Those with "or more" are left out when others publish more
    than that: nobody knows their place.
    """
    known = [area for area in areas if area.is_state and _value(area, measure) >= 0]
    known.sort(key=lambda area: _value(area, measure))
    most = _value(known[-1], measure) if known else 0
    if measure == PAY:
        known = [area for area in known if not (area.is_at_least and _value(area, PAY) < most)]
    return known


def _legend(areas: Sequence[Area], measure: str, unit: str) -> list[Step]:
    """From the lowest to the highest value of each step that has any."""
    steps = _steps(areas, measure)
    found: dict[int, list[Area]] = {}
    for area in _ranked(areas, measure):
        found.setdefault(steps[area.state], []).append(area)
    return [Step(number, _reach(members, measure, unit)) for number, members in found.items()]


def _reach(found: Sequence[Area], measure: str, unit: str) -> str:
    low, high = _short(found[0], measure, unit), _short(found[-1], measure, unit)
    return low if low == high else f"{low}–{high}"


def _short(area: Area, measure: str, unit: str) -> str:
    """As it fits a tile: thousand dollars, dollars an hour, or jobs."""
    more = "+" if measure == PAY and area.is_at_least else ""
    value = _value(area, measure)
    if measure == PAY:
        return f"{value if unit == 'hour' else value / 1000:.0f}{more}"
    if value < 1000:
        return f"{value:.0f}"
    return f"{value / 1000:.1f}k" if value < 9_950 else f"{value / 1000:.0f}k"
