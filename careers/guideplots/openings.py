"""Openings a year, split into growth, exits and transfers."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers import plots, wording
from careers.guiderows import GuideRows


@dataclass(frozen=True)
class OpeningsLine:
    cause: str
    value: str
    bar: plots.Bar
    is_loss: bool


@dataclass(frozen=True)
class OpeningsFigure:
    says: str
    total: str  # as published: it may differ from the sum, since all are rounded
    lines: list[OpeningsLine]


def openings_figure(rows: GuideRows) -> OpeningsFigure | None:
    """Of the edition of the figures; None unless all codes are split there."""
    lines = rows.projections.get(rows.edition.label, []) if rows.edition else []
    exits = _sum([line.exits for line in lines])
    transfers = _sum([line.transfers for line in lines])
    change = _sum([line.change_yearly for line in lines])
    total = _sum([line.openings for line in lines])
    if exits is None or transfers is None or change is None or total is None:
        return None
    causes = {
        "People move to other work": transfers,
        "People stop working": exits,
        "New jobs" if change >= 0 else "Jobs that are lost": change,
    }
    bars = plots.bars_from_zero(list(causes.values()))
    return OpeningsFigure(
        says=_says(exits + transfers, change),
        total=wording.count(total),
        lines=[
            OpeningsLine(cause, _signed(value), bar, value < 0)
            for (cause, value), bar in zip(causes.items(), bars, strict=True)
        ],
    )


def _sum(parts: Sequence[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


def _signed(number: int) -> str:
    return wording.count(number).replace("-", "−")


def _says(leaving: int, change: int) -> str:
    if change < 0:
        return (
            f"{wording.count(leaving)} people leave this work each year; "
            f"{wording.count(-change)} of their places are not filled again."
        )
    if not leaving + change:
        return "Hardly any openings are expected."
    share = round(100 * leaving / (leaving + change))
    if share == 100:
        return "Almost every opening replaces someone who leaves."
    return f"{share}% of openings replace people who leave; {100 - share}% are new jobs."
