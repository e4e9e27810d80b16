"""What each edition projected: growth over ten years, and the middle pay of its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from math import ceil, floor

from careers import plots, wording
from careers.guideplots.cells import Cell
from careers.guiderows import GuideRows
from careers.models import Edition, Projection

CODED_DIFFERENTLY = "coded differently then"


@dataclass(frozen=True)
class EditionLine:
    edition: str
    growth: Cell
    pay: Cell
    is_here: bool  # the newest


@dataclass(frozen=True)
class Timeline:
    says: str
    has_pay: bool
    lines: list[EditionLine]  # newest first
    plot: "TimelinePlot | None"


@dataclass(frozen=True)
class Forecast:
    edition: Edition
    growth: Decimal | None  # percent; None: the work was coded differently then
    pay: Projection | None  # of guides that were one code then


def timeline(rows: GuideRows) -> Timeline | None:
    """None with fewer than two editions: there is nothing to look back on."""
    forecasts = [_forecast(edition, rows) for edition in rows.held.projected]
    if len(forecasts) < 2 or not rows.entry.codes:
        return None
    known = [forecast for forecast in forecasts if forecast.growth is not None]
    return Timeline(
        says=_says(known, forecasts),
        has_pay=any(forecast.pay for forecast in forecasts),
        lines=[_line(forecast, forecast is forecasts[0]) for forecast in forecasts],
        plot=timeline_plot(known) if len(known) > 1 else None,
    )


def _forecast(edition: Edition, rows: GuideRows) -> Forecast:
    lines = rows.projections.get(edition.label, [])
    single = lines[0] if len(lines) == 1 and len(rows.entry.codes) == 1 else None
    return Forecast(
        edition=edition,
        growth=_growth(edition, rows, lines),
        pay=single if single and single.median_pay else None,
    )


def _growth(edition: Edition, rows: GuideRows, lines: Sequence[Projection]) -> Decimal | None:
    """Of one code the published figure. Of several the handbook's own, else from summed jobs."""
    if len(lines) == 1 and lines[0].growth is not None:
        return lines[0].growth
    own = next((row.growth for row in rows.figures if row.edition_id == edition.pk), None)
    return summed_growth(lines) if own is None else Decimal(own)


def summed_growth(lines: Sequence[Projection]) -> Decimal | None:
    """In whole percent, since the jobs are rounded; None unless all of them are known."""
    pairs = [(line.jobs, line.jobs_projected) for line in lines]
    known = [(jobs, later) for jobs, later in pairs if jobs is not None and later is not None]
    before = sum(jobs for jobs, _ in known)
    if not before or len(known) < len(pairs):
        return None
    after = sum(later for _, later in known)
    return (Decimal(100) * (after - before) / before).quantize(Decimal(1), ROUND_HALF_UP)


def _line(forecast: Forecast, is_here: bool) -> EditionLine:
    known = forecast.growth is not None
    growth = wording.percent(forecast.growth or 0) if known else CODED_DIFFERENTLY
    return EditionLine(
        edition=forecast.edition.label,
        growth=Cell(growth, is_absent=not known),
        pay=_pay(forecast.pay, known),
        is_here=is_here,
    )


def _pay(line: Projection | None, is_known: bool) -> Cell:
    if line is None or line.median_pay is None:
        return Cell(wording.NOT_PUBLISHED if is_known else "", is_absent=True)
    more = " or more" if line.median_top_coded else ""
    return Cell(f"{wording.dollars(line.median_pay)}{more} ({line.wage_year})")


NUMBERS = {2: "Both", 3: "All three", 4: "All four", 5: "All five", 6: "All six"}


def _says(known: Sequence[Forecast], every: Sequence[Forecast]) -> str:
    if not known:
        return "No edition has a forecast for exactly this work."
    values = [forecast.growth or Decimal(0) for forecast in known]
    newest, low, high = wording.percent(values[0]), min(values), max(values)
    if len(known) == 1:
        return f"Only the {known[0].edition.label} edition has a forecast for exactly this work."
    who = NUMBERS.get(len(known), f"All {len(known)}")
    who = f"{who} editions" if len(known) == len(every) else f"{who} editions that can be compared"
    now = "" if known[0] is not every[0] else f"; the newest says {newest}"
    if low == high:
        return f"{who} said the same: {newest} in ten years."
    if low > 0:
        return f"{who} saw growth, from {wording.percent(low)} to {wording.percent(high)}{now}."
    if high < 0:
        return f"{who} saw decline, from {wording.percent(-high)} to {wording.percent(-low)}{now}."
    return f"Editions differed: from {wording.percent(low)} to {wording.percent(high)}{now}."


# The picture: each edition is a line over the ten years it looked ahead, at its growth -----------

TOP, TALL, FOOT = 24, 216, 42
TICK_STEPS = (2, 5, 10, 20, 25, 50, 100)
FEWEST_STEPS, MOST_STEPS = 3, 5
# A label of growth and edition where the plot is at least 34rem wide.
LABEL_WIDE, LABEL_HIGH = 19.0, 15
ABOVE, BELOW = -9, 18
GROWTH_TICKS = 88  # the growth of each grid line stands right of this


@dataclass(frozen=True)
class Label:
    edition: str
    growth: str
    x: str
    y: int
    anchor: str


@dataclass(frozen=True)
class Span:
    start: str
    end: str
    y: int
    label: Label
    is_here: bool


@dataclass(frozen=True)
class YearTick:
    x: str
    text: str
    anchor: str


@dataclass(frozen=True)
class GrowthTick:
    y: int
    text: str
    is_zero: bool

    @property
    def text_y(self) -> int:
        return self.y - 4


@dataclass(frozen=True)
class TimelinePlot:
    spans: list[Span]  # oldest first
    years: list[YearTick]
    ticks: list[GrowthTick]

    axis_y: int = TOP + TALL
    tick_to: int = TOP + TALL + 6
    year_y: int = TOP + TALL + 22
    height: int = TOP + TALL + FOOT


def timeline_plot(forecasts: Sequence[Forecast]) -> TimelinePlot:
    """Positions, not bars, so the scale may start above zero; zero is drawn where it shows."""
    ordered = sorted(forecasts, key=lambda forecast: forecast.edition.base_year)
    values = [forecast.growth or Decimal(0) for forecast in ordered]
    ticks = _growth_ticks(min(values), max(values))
    first = ordered[0].edition.base_year
    last = max(forecast.edition.projection_year for forecast in ordered)
    scale = _Scale(first, last, ticks[0], ticks[-1])
    return TimelinePlot(
        spans=_spans(ordered, scale),
        years=_year_ticks(scale),
        ticks=[GrowthTick(scale.y(tick), wording.percent(tick), tick == 0) for tick in ticks],
    )


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int
    low: int
    high: int

    def x(self, year: int) -> float:
        return 100 * (year - self.first) / (self.last - self.first)

    def y(self, growth: Decimal | int) -> int:
        return round(TOP + TALL * (self.high - float(growth)) / (self.high - self.low))


def _growth_ticks(low: Decimal, high: Decimal) -> list[int]:
    """A few round numbers that hold all values, never so close that a point looks like a leap."""
    steps = (step for step in TICK_STEPS if ceil(high / step) - floor(low / step) <= MOST_STEPS)
    step = next(steps, TICK_STEPS[-1])
    bottom, top = floor(low / step), ceil(high / step)
    while top - bottom < FEWEST_STEPS:
        bottom, top = (bottom - 1, top) if bottom > 0 or top <= 0 else (bottom, top + 1)
    return [step * n for n in range(bottom, top + 1)]


def _year_ticks(scale: _Scale) -> list[YearTick]:
    years = range(scale.first, scale.last + 1, 4)
    ends = {scale.first: "", scale.last: "fin"}
    return [YearTick(_at(scale.x(year)), str(year), ends.get(year, "mid")) for year in years]


def _at(place: float) -> str:
    return plots.share(place, 100)


def _spans(ordered: Sequence[Forecast], scale: _Scale) -> list[Span]:
    taken: list[tuple[float, int]] = []
    found = []
    for forecast in ordered:
        start = scale.x(forecast.edition.base_year)
        end = scale.x(forecast.edition.projection_year)
        y = scale.y(forecast.growth or 0)
        left, label_y, anchor = _free_place(start, end, y, taken)
        taken.append((left, label_y))
        at = start if anchor == "" else min(end, GROWTH_TICKS)
        text = wording.percent(forecast.growth or 0)
        label = Label(forecast.edition.label, text, _at(at), label_y, anchor)
        found.append(Span(_at(start), _at(end), y, label, forecast is ordered[-1]))
    return found


def _free_place(
    start: float, end: float, y: int, taken: Sequence[tuple[float, int]]
) -> tuple[float, int, str]:
    """Left edge, height and anchor: above or below the line's start, else at its end."""
    places = [
        (edge, y + offset, anchor)
        for (edge, anchor), offset in product(
            [(start, ""), (min(end, GROWTH_TICKS) - LABEL_WIDE, "fin")], [ABOVE, BELOW]
        )
        if y + offset < TOP + TALL  # the years stand below
    ]
    return next((place for place in places if not _meets(place, taken)), places[0])


def _meets(place: tuple[float, int, str], taken: Sequence[tuple[float, int]]) -> bool:
    return any(
        abs(place[0] - left) < LABEL_WIDE and abs(place[1] - y) < LABEL_HIGH for left, y in taken
    )
