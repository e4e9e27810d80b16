"""Shapes of marks, bars and plots. Positions are per cent of the width, heights are pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from careers.wording import amount

# The mark ------------------------------------------------------------------------------------

INNER, REACH, MIDDLE = 8, 38, 27  # a petal is 8 long at rank 0 and 46 at rank 1; the ring is 27


@dataclass(frozen=True)
class Petal:
    path: str
    turn: int  # degrees, clockwise
    void: bool  # not published: a dashed outline


def mark(ranks: Mapping[str, float | None]) -> list[Petal]:
    """One petal a measure, clockwise from the top, in the order of `ranks`."""
    step = 360 // len(ranks)
    return [_petal(rank, turn * step) for turn, rank in enumerate(ranks.values())]


def _petal(rank: float | None, turn: int) -> Petal:
    if rank is None:
        return Petal(_petal_path(26, 9.9, 13, 8.5), turn, void=True)
    length = INNER + REACH * rank
    width = 7.67 + 0.176 * length
    return Petal(_petal_path(length, width, 3.1 + 0.38 * length, width * 0.867), turn, void=False)


def _petal_path(length: float, wide: float, belly: float, shoulder: float) -> str:
    """Two mirrored curves from near the heart to the tip."""
    reach, a, b, c = (_short(n) for n in (length, wide, belly, shoulder))
    return f"M0-5C-{a}-{b}-{c}-{reach} 0-{reach}C{c}-{reach} {a}-{b} 0-5Z"


def _short(number: float) -> str:
    """12.0 → 12, 12.34 → 12.3"""
    return f"{number:.1f}".removesuffix(".0")


def share(part: float, whole: float) -> str:
    """Part of the whole as SVG per cent; 0% of nothing."""
    return f"{_short(100 * part / whole) if whole else 0}%"


# Bars that may fall below zero ---------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    zero: str  # where zero lies, the same for all bars of a figure


def bars_from_zero(values: Sequence[float]) -> list[Bar]:
    low, high = min(0, *values), max(0, *values)
    span = high - low
    return [
        Bar(share(min(value, 0) - low, span), share(abs(value), span), share(-low, span))
        for value in values
    ]


# Pay spread ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spread:
    """Pay of one group. Missing points are None; those `at_top` are the top code, "or more"."""

    name: str
    p10: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p90: float | None = None
    at_top: frozenset[str] = frozenset()  # of "p75", "p90"
    here: bool = True  # this career, not those it is compared with

    @property
    def open_end(self) -> bool:
        return "p90" in self.at_top

    @property
    def has_box(self) -> bool:
        return self.p25 is not None and self.p75 is not None and "p75" not in self.at_top

    @property
    def points(self) -> list[float]:
        every = (self.p10, self.p25, self.median, self.p75, self.p90)
        return [point for point in every if point is not None]


@dataclass(frozen=True)
class Mark:
    """A number written at a place."""

    x: str
    y: int
    text: str
    anchor: str  # class: "mid", "fin" or ""
    kind: str  # "median", "low", "high", "quarter"


@dataclass(frozen=True)
class Row:
    spread: Spread
    y: int
    label_y: int
    whisker: tuple[str, str] | None
    caps: list[str]
    box: tuple[str, str] | None  # x and width
    median: str
    marks: list[Mark] = field(default_factory=list)

    @property
    def cap_from(self) -> int:
        return self.y - 7

    @property
    def cap_to(self) -> int:
        return self.y + 7

    @property
    def box_from(self) -> int:
        return self.y - 13

    @property
    def median_from(self) -> int:
        return self.y - 17

    @property
    def median_to(self) -> int:
        return self.y + 17


@dataclass(frozen=True)
class Tick:
    x: str
    text: str
    anchor: str
    minor: bool  # left out where the plot is narrow


@dataclass(frozen=True)
class SpreadPlot:
    rows: list[Row]
    ticks: list[Tick]
    axis_y: int
    height: int

    @property
    def tick_y(self) -> int:
        return self.axis_y + 18


TOP, STEP, FOOT = 66, 104, 58
TICK_ANCHORS = ("", "mid", "mid", "mid", "mid", "fin")
STEPS = (2, 5, 10, 20, 25, 50, 100, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000)


def spread_plot(spreads: Sequence[Spread], unit: str) -> SpreadPlot | None:
    """A whisker from p10 to p90, a box from p25 to p75 and a stroke at the median, each if known.

    `unit` is that of the pay: "year" or "hour". None when no group has a range: a lone median
    needs no picture.
    """
    if not any(len(spread.points) > 1 for spread in spreads):
        return None
    end = axis_end(max(max(spread.points) for spread in spreads if spread.points))
    axis_y = TOP + STEP * (len(spreads) - 1) + FOOT
    return SpreadPlot(
        rows=[_row(spread, TOP + STEP * n, end, unit) for n, spread in enumerate(spreads)],
        ticks=[
            Tick(share(n, 5), _tick_text(end * n / 5), TICK_ANCHORS[n], n in (1, 3, 4))
            for n in range(6)
        ],
        axis_y=axis_y,
        height=axis_y + 26,
    )


def axis_end(highest: float) -> float:
    """The first round number, a multiple of five steps, that holds the highest value."""
    step = next((s for s in STEPS if s * 5 >= highest), None)
    return float(step * 5 if step else ceil(highest / 5))


def _tick_text(value: float) -> str:
    return f"${value / 1000:g}k" if value >= 1000 else f"${value:g}"


def _row(spread: Spread, y: int, end: float, unit: str) -> Row:
    def at(value: float | None) -> str:
        return share(value, end) if value is not None else ""

    has_whisker = spread.p10 is not None and spread.p90 is not None
    ends = [spread.p10, None if spread.open_end else spread.p90]
    return Row(
        spread=spread,
        y=y,
        label_y=y - 44,
        whisker=(at(spread.p10), at(spread.p90)) if has_whisker else None,
        caps=[at(value) for value in ends if value is not None],
        box=(at(spread.p25), at((spread.p75 or 0) - (spread.p25 or 0))) if spread.has_box else None,
        median=at(spread.median),
        marks=_marks(spread, y, end, unit),
    )


def _marks(spread: Spread, y: int, end: float, unit: str) -> list[Mark]:
    """Numbers on three lines, so that they meet at no width: the middle above, the ends below,
    the quarters under them. Those compared with carry only their middle."""
    written = [("median", spread.median, y - 23, _anchor_of_middle)]
    if spread.here:
        written += [
            ("low", spread.p10, y + 30, _anchor_of_low),
            ("high", spread.p90, y + 30, _anchor_of_high),
        ]
    if spread.here and spread.has_box:
        written += [
            ("quarter", spread.p25, y + 46, _anchor_of_lower),
            ("quarter", spread.p75, y + 46, _anchor_of_upper),
        ]
    return [
        Mark(
            x=share(value, end),
            y=place,
            text=amount(value, unit) + (" or more" if kind == "high" and spread.open_end else ""),
            anchor=anchor(spread, end),
            kind=kind,
        )
        for kind, value, place, anchor in written
        if value is not None
    ]


# Where a number hangs on its place: "mid" on it, "fin" before it, "" after it. A number takes
# about a fifth of the width on a phone.


def _anchor_of_middle(spread: Spread, end: float) -> str:
    return _within(spread.median, end)


def _anchor_of_low(spread: Spread, end: float) -> str:
    if spread.open_end or _near(spread.p10, spread.p90, 0.4 * end):
        return "fin" if (spread.p10 or 0) > 0.2 * end else ""
    return _within(spread.p10, end)


def _anchor_of_high(spread: Spread, end: float) -> str:
    if (spread.p90 or 0) > 0.8 * end:
        return "fin"
    return "" if _near(spread.p10, spread.p90, 0.4 * end) else _within(spread.p90, end)


def _anchor_of_lower(spread: Spread, end: float) -> str:
    if _near(spread.p25, spread.p75, 0.26 * end) and (spread.p25 or 0) > 0.13 * end:
        return "fin"
    return _within(spread.p25, end)


def _anchor_of_upper(spread: Spread, end: float) -> str:
    if _near(spread.p25, spread.p75, 0.26 * end) and (spread.p75 or 0) < 0.87 * end:
        return ""
    return _within(spread.p75, end)


def _within(value: float | None, end: float) -> str:
    place = (value or 0) / end
    return "" if place < 0.1 else "fin" if place > 0.9 else "mid"


def _near(a: float | None, b: float | None, distance: float) -> bool:
    return a is not None and b is not None and abs(a - b) < distance
