"""Projected growth, against all occupations."""

from dataclasses import dataclass
from decimal import Decimal

from careers import plots, wording
from careers.models import Edition, Figures


@dataclass(frozen=True)
class GrowthLine:
    label: str
    value: str
    bar: plots.Bar
    is_here: bool


@dataclass(frozen=True)
class GrowthFigure:
    says: str
    lines: list[GrowthLine]


def growth_figure(figures: Figures | None, edition: Edition | None) -> GrowthFigure | None:
    """This career against all occupations; None without both."""
    if figures is None or figures.growth is None or edition is None or edition.growth_all is None:
        return None
    own, everyone = figures.growth, edition.growth_all
    bars = plots.bars_from_zero([own, float(everyone)])
    return GrowthFigure(
        says=_growth_says(own, everyone),
        lines=[
            GrowthLine("This career", wording.percent(own), bars[0], is_here=True),
            GrowthLine("All occupations", wording.percent(everyone), bars[1], is_here=False),
        ],
    )


def _growth_says(own: int, everyone: Decimal) -> str:
    if own < 0 < everyone:
        return f"Jobs shrink by {wording.percent(-own)} while all occupations together grow."
    if everyone > 0 and own >= 2 * everyone:
        times = round(own / float(everyone))
        return f"About {times} times the growth of all occupations together."
    if own > everyone:
        return "Faster than all occupations together."
    if own == round(everyone):
        return "About as fast as all occupations together."
    return "Slower than all occupations together."
