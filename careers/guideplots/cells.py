"""What the figures of a guide share."""

from dataclasses import dataclass
from decimal import Decimal

from careers.models import Figures


@dataclass(frozen=True)
class Cell:
    text: str
    is_absent: bool = False


def as_float(number: Decimal | int | None) -> float | None:
    return None if number is None else float(number)


def median_in(figures: Figures | None, unit: str) -> Decimal | int | None:
    if figures is None:
        return None
    return figures.median_pay_hourly if unit == "hour" else figures.median_pay_annual
