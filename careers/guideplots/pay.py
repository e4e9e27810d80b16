"""Pay from the lowest to the top tenth, against all workers."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers import plots, wording
from careers.guideplots.cells import Cell, as_float, median_in
from careers.guiderows import GuideRows
from careers.models import PayPercentiles, WageEstimate
from careers.soc import ALL_WORKERS


@dataclass(frozen=True)
class SpreadLine:
    name: str
    cells: list[Cell]
    is_here: bool


@dataclass(frozen=True)
class SpreadFigure:
    says: str
    heads: list[str]
    lines: list[SpreadLine]
    plot: plots.SpreadPlot | None
    unit: str  # "year" or "hour"
    period: str  # "May 2024"; once an older one than the edition's own
    quarters: str  # a sentence where the quarters are known by the year and the rest by the hour


HEADS = {
    "p10": "Lowest tenth",
    "p25": "Lower quarter",
    "median": "Middle",
    "p75": "Upper quarter",
    "p90": "Top tenth",
}


def pay_spread(rows: GuideRows) -> SpreadFigure | None:
    """Each group of the guide, then all workers. Points that no source gives are left out."""
    if not rows.percentiles or rows.newest is None:
        return None
    unit = rows.percentiles[0].unit
    own = [_own_spread(row, rows) for row in rows.percentiles if row.unit == unit]
    period = _period(rows)
    is_current = period == rows.newest.edition.reference_period
    spreads = [*own, *(_all_workers(rows, unit) if is_current else [])]
    shown = [p for p in HEADS if p == "median" or any(getattr(s, p) is not None for s in own)]
    return SpreadFigure(
        says=_spread_says(own, unit),
        heads=[HEADS[point] for point in shown],
        lines=[
            SpreadLine(s.name, [_spread_cell(s, point, unit) for point in shown], s.here)
            for s in spreads
        ],
        plot=plots.spread_plot(spreads, unit),
        unit=unit,
        period=period,
        quarters=_quarters_a_year(rows) if unit == "hour" else "",
    )


@dataclass(frozen=True)
class PublishedPay:
    """Exact figures of the guide as a whole: a top code is none, and is left out."""

    unit: str
    points: dict[str, float]  # "p10", "p25", "median", "p75", "p90"


def published_pay(rows: GuideRows) -> PublishedPay | None:
    """By the year where that is published, else by the hour; None without any exact figure."""
    if rows.newest is None:
        return None
    is_hourly = rows.newest.median_pay_annual is None and rows.newest.pay_at_least is None
    unit = "hour" if is_hourly else "year"
    whole = [row for row in rows.percentiles if row.unit == unit and not row.member]
    is_current = whole and whole[0].period in ("", rows.newest.edition.reference_period)
    if is_current:
        spread = _own_spread(whole[0], rows)
    else:
        spread = plots.Spread("", median=as_float(median_in(rows.newest, unit)))
    known = {point: getattr(spread, point) for point in HEADS if point not in spread.at_top}
    points = {point: value for point, value in known.items() if value is not None}
    return PublishedPay(unit, points) if points else None


def _period(rows: GuideRows) -> str:
    """One guide (fishing and hunting workers) has percentiles of an older survey."""
    own = rows.percentiles[0].period
    return own or (rows.edition.reference_period if rows.edition else "")


def _quarters_a_year(rows: GuideRows) -> str:
    """Not turned into hours: BLS rounds the two apart, so a tenth would be off by a cent."""
    wage = _own_wage(rows)
    if wage is None or wage.p25 is None or wage.p75 is None or "p75" in wage.top_coded:
        return ""
    low, high = wording.dollars(wage.p25), wording.dollars(wage.p75)
    return f"For full-time work all year, the middle half earn between {low} and {high}."


def _own_wage(rows: GuideRows) -> WageEstimate | None:
    """Of the only code: those of several cannot be joined."""
    codes = rows.entry.codes
    return rows.wages.get(codes[0].soc) if len(codes) == 1 else None


def _own_spread(row: PayPercentiles, rows: GuideRows) -> plots.Spread:
    """Quarters come from the wage statistics of the same month, for guides of one yearly code."""
    wage = _own_wage(rows) if row.unit == "year" and not row.member else None
    middle = None if row.member else median_in(rows.newest, row.unit)
    return plots.Spread(
        name=row.member or "This career",
        p10=as_float(row.p10),
        p25=as_float(wage.p25) if wage else None,
        median=as_float(row.median if middle is None else middle),
        p75=as_float(wage.p75) if wage else None,
        p90=as_float(row.p90),
        at_top=_at_top(row, wage),
    )


def _at_top(row: PayPercentiles, wage: WageEstimate | None) -> frozenset[str]:
    upper = {"p75"} if wage and "p75" in wage.top_coded else set()
    return frozenset(upper | ({"p90"} if row.p90_top_coded else set()))


def _all_workers(rows: GuideRows, unit: str) -> list[plots.Spread]:
    wage = rows.wages.get(ALL_WORKERS)
    edition = rows.edition
    if unit == "hour":
        median = as_float(wage.median_hourly) if wage else None
        return [plots.Spread("All workers", median=median, here=False)] if median else []
    if wage:
        low, lower = as_float(wage.p10), as_float(wage.p25)
        upper, top = as_float(wage.p75), as_float(wage.p90)
        middle = as_float(wage.median)
        return [plots.Spread("All workers", low, lower, middle, upper, top, here=False)]
    if edition and edition.median_pay_all:
        return [plots.Spread("All workers", median=float(edition.median_pay_all), here=False)]
    return []


def _spread_says(own: Sequence[plots.Spread], unit: str) -> str:
    if len(own) > 1:
        return "Pay differs between the occupations of this guide."
    spread = own[0]
    if spread.p90 is None or spread.p10 is None:
        return "How far pay reaches from low to high."
    low, high = wording.amount(spread.p10, unit), wording.amount(spread.p90, unit)
    top = f"{high} or more" if spread.open_end else f"over {high}"
    if spread.has_box and spread.p25 is not None and spread.p75 is not None:
        a, b = wording.amount(spread.p25, unit), wording.amount(spread.p75, unit)
        return f"The middle half earn between {a} and {b}; the best-paid tenth, {top}."
    return f"The lowest-paid tenth earn under {low}; the best-paid tenth, {top}."


def _spread_cell(spread: plots.Spread, point: str, unit: str) -> Cell:
    value = getattr(spread, point)
    if value is None:
        return Cell("not given", is_absent=True)
    more = " or more" if point in spread.at_top else ""
    return Cell(wording.amount(value, unit) + more)
