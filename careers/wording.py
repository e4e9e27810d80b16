"""Figures in words. A figure that is not published says so, and is never a zero."""

import re
from decimal import Decimal

from careers.models import Figures

NOT_PUBLISHED = "not published"
SEE_SECTION = "See how to become one"

Number = int | float | Decimal


def dollars(amount: Number) -> str:
    """$117,960; cents only where there are some: $23.33."""
    amount = Decimal(str(amount))
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def count(number: Number) -> str:
    return f"{number:,}"


def percent(number: Number) -> str:
    """23%, 3.1%, −14% with a real minus."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%".replace("-", "−")


def pay(figures: Figures | None) -> str:
    """Middle pay in one phrase: yearly, "or more", by the hour, or not published."""
    if figures is None:
        return NOT_PUBLISHED
    if figures.median_pay_annual is not None:
        return dollars(figures.median_pay_annual)
    if figures.pay_at_least is not None:
        return f"{dollars(figures.pay_at_least)} or more"
    if figures.median_pay_hourly is not None:
        return f"{hourly(figures.median_pay_hourly)} an hour"
    return NOT_PUBLISHED


def hourly(amount: Number) -> str:
    """Hourly pay always has cents: $14.00."""
    return f"${Decimal(str(amount)):,.2f}"


def amount(value: Number, unit: str) -> str:
    """As the table or plot of that unit shows it: $69,680 a year or $14.00 an hour."""
    return hourly(value) if unit == "hour" else dollars(value)


def growth(figures: Figures | None) -> str:
    if figures is None or figures.growth is None:
        return NOT_PUBLISHED
    return percent(figures.growth)


def openings(figures: Figures | None) -> str:
    if figures is None or figures.openings is None:
        return NOT_PUBLISHED
    return count(figures.openings)


def jobs(figures: Figures | None) -> str:
    if figures is None or figures.jobs is None:
        return NOT_PUBLISHED
    return count(figures.jobs)


def education(figures: Figures | None) -> str:
    """Empty means that the handbook sends the reader to its text, not that none is needed."""
    if figures is None or not figures.education:
        return SEE_SECTION
    return figures.get_education_display()


def plural(number: int, one: str, many: str = "") -> str:
    """1 guide, 13 guides."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


_OPENING = re.compile(r"(^|[\s(\[{–—“‘])(['\"])")


def typographic(text: str) -> str:
    """Straight quotes become the curved ones of print: "don't" → “don’t”."""
    text = _OPENING.sub(lambda m: m[1] + ("‘" if m[2] == "'" else "“"), text)
    return text.replace("'", "’").replace('"', "”")


def paragraphs(text: str) -> list[str]:
    """Of our own texts, which separate them by an empty line."""
    return [typographic(part.strip()) for part in text.split("\n\n") if part.strip()]
