"""Amounts as BLS prints them. A mark for "not published" becomes None, never 0."""

import re
from decimal import Decimal, InvalidOperation

# BLS publishes no wage at or above the top code: (first May, dollars a year, dollars an hour).
_TOP_CODES = (
    (2022, 239_200, Decimal("115.00")),
    (2016, 208_000, Decimal("100.00")),
    (0, 187_200, Decimal("90.00")),
)
_MISSING = {"", "*", "**", "—", "–", "-", "N/A"}
_MARKS = re.compile(r"[$,%\s]|or more|>=")


class NotAnAmount(ValueError):
    """The text is neither a number nor a mark for a missing one."""


def top_code_year(year: int) -> int:
    """Dollars a year, in the wage survey of May of that year."""
    return next(yearly for first, yearly, _ in _TOP_CODES if year >= first)


def top_code_hour(year: int) -> Decimal:
    return next(hourly for first, _, hourly in _TOP_CODES if year >= first)


def amount(text: object) -> Decimal | None:
    """Of "$1,449.8", "23%", "239,200 or more", ">=208,000" or a number; None if missing."""
    stripped = str(text if text is not None else "").strip()
    if stripped in _MISSING:
        return None
    try:
        number = Decimal(_MARKS.sub("", stripped).replace("−", "-"))
    except InvalidOperation as error:
        raise NotAnAmount(f"{stripped!r} is not an amount") from error
    if not number.is_finite():
        raise NotAnAmount(f"{stripped!r} is not an amount")
    return number


def whole(text: object) -> int | None:
    number = amount(text)
    return None if number is None else int(number.to_integral_value())


def thousands(text: object) -> int | None:
    """Employment and openings come in thousands with one decimal: 309.4 is 309,400 jobs."""
    number = amount(text)
    return None if number is None else int((number * 1000).to_integral_value())


def is_top_coded(text: object) -> bool:
    """Whether the text says that BLS publishes no higher: "239,200 or more", ">=208,000"."""
    return isinstance(text, str) and ("or more" in text or ">=" in text)
