"""Employers, and pay by industry."""

from dataclasses import dataclass
from itertools import groupby

from careers import plots, wording
from careers.guideplots.cells import median_in
from careers.guiderows import GuideRows
from careers.models import IndustryPay
from careers.wording import NOT_PUBLISHED


@dataclass(frozen=True)
class BarLine:
    label: str
    value: str
    width: str
    is_here: bool = False
    is_absent: bool = False


@dataclass(frozen=True)
class BarGroup:
    """Bars of one member occupation; of the guide as a whole when `member` is empty."""

    member: str
    lines: list[BarLine]


@dataclass(frozen=True)
class BarFigure:
    says: str
    groups: list[BarGroup]
    rest: str = ""  # what the bars leave out


def employers(rows: GuideRows) -> BarFigure | None:
    if not rows.shares:
        return None
    widest = max(share.percent for share in rows.shares)
    groups = [
        BarGroup(
            member,
            [BarLine(s.industry, f"{s.percent}%", plots.share(s.percent, widest)) for s in members],
        )
        for member, members in groupby(rows.shares, key=lambda share: share.member)
    ]
    top = max(rows.shares, key=lambda share: share.percent)
    shown = sum(share.percent for share in rows.shares)
    left = 100 - shown if len(groups) == 1 and shown < 100 else 0
    return BarFigure(
        says=f"Largest employer: {_industry(top.industry)}, with {top.percent}% of the jobs.",
        groups=groups,
        rest=f"The other {left}% are spread over smaller groups." if left else "",
    )


def pay_by_industry(rows: GuideRows) -> BarFigure | None:
    known = [row for row in rows.industry_pay if row.median is not None]
    if not known:
        return None
    own = median_in(rows.newest, known[0].unit)
    most = max([row.median or 0 for row in known] + ([own] if own else []))
    groups = []
    for member, members in groupby(rows.industry_pay, key=lambda row: row.member):
        bars = [_pay_bar(row, float(most)) for row in members]
        if own and not member:
            value = wording.amount(own, known[0].unit)
            width = plots.share(float(own), float(most))
            bars.append(BarLine("All industries", value, width, is_here=True))
        groups.append(BarGroup(member, bars))
    best = max(known, key=lambda row: (row.at_least, row.median))
    return BarFigure(f"Best paid: {_industry(best.industry)}, {_industry_amount(best)}.", groups)


def _pay_bar(row: IndustryPay, most: float) -> BarLine:
    if row.median is None:
        return BarLine(row.industry, NOT_PUBLISHED, "0%", is_absent=True)
    return BarLine(row.industry, _industry_amount(row), plots.share(float(row.median), most))


def _industry_amount(row: IndustryPay) -> str:
    value = wording.amount(row.median or 0, row.unit)
    more = " or more" if row.at_least else ""
    return f"{value}{more}{' an hour' if row.unit == 'hour' else ''}"


def _industry(name: str) -> str:
    """Inside a sentence: "Hospitals", not "Hospitals; state, local, and private"."""
    return name.partition(";")[0]
