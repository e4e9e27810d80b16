"""Cells of NCES and Education Department tables. A mark for "no number" becomes None, never 0."""

import re
from functools import cache, lru_cache
from pathlib import Path

from careers.importers.files import BadFile, Row

# NCES: not reported, not applicable, not available. Scorecard, by age of the release: privacy
# suppressed and not available.
_NCES_MARKS = frozenset({"", ".", "-1", "-2", "-3"})
_SCORECARD_MARKS = frozenset({"", "PS", "NA", "NULL", "PrivacySuppressed"})
_DOLLAR_MARKS = _NCES_MARKS | _SCORECARD_MARKS
_WHOLE = re.compile(r"-?[0-9]+(\.0*)?")
_DECIMAL = re.compile(r"-?[0-9]*\.?[0-9]+([eE]-?[0-9]+)?")
_LARGEST = 2_000_000_000  # what an integer column of any database holds


class Cells:
    """One row of a file, read by column; every complaint names file, line and column."""

    def __init__(self, path: Path, line: int, row: Row) -> None:
        self.path, self.line, self.row = path, line, row

    def bad(self, column: str, wanted: str) -> BadFile:
        return BadFile(
            self.path, self.line, f"{column} is {self.row[column]!r}; {wanted} was expected"
        )

    def text(self, column: str, most: int | None = None) -> str:
        """Without control characters and runs of blanks, which NCES' text cells have."""
        text = " ".join(self.row[column].split())
        if not text.isprintable() or (most and len(text) > most):
            raise self.bad(column, f"text of at most {most} characters")
        return text

    def again(self, *columns: str) -> BadFile:
        """The complaint about a second row of what may stand there once."""
        key = ", ".join(f"{column} {self.row[column]}" for column in columns)
        return BadFile(self.path, self.line, f"{key} stands here a second time")

    def unitid(self, column: str = "UNITID") -> int:
        try:
            return _unitid(self.row[column])
        except ValueError:
            raise self.bad(column, "a school's six digits") from None

    def code(self, column: str) -> int | None:
        """A small NCES code. 0 is one; −1, −2 and −3 are the absence of one."""
        return self._whole(column, _NCES_MARKS)

    def count(self, column: str) -> int | None:
        """A number of people: 0 is one."""
        number = self._whole(column, _NCES_MARKS)
        if number is not None and number < 0:
            raise self.bad(column, "a number of people")
        return number

    def dollars(self, column: str) -> int | None:
        """Tuition or earnings: a 0 means that there is no figure."""
        number = self._whole(column, _DOLLAR_MARKS) or None
        if number is not None and number < 0:
            raise self.bad(column, "an amount")
        return number

    def net_price(self, column: str) -> int | None:
        """Aid can be more than the cost: −1, −2 and −3 are real here, as in no NCES file."""
        return self._whole(column, _SCORECARD_MARKS)

    def share(self, column: str) -> float | None:
        """A fraction from 0 to 1."""
        cell = self.row[column]
        if cell in _SCORECARD_MARKS:
            return None
        if not _DECIMAL.fullmatch(cell) or not 0 <= float(cell) <= 1:
            raise self.bad(column, "a share from 0 to 1")
        return float(cell)

    def percent(self, column: str) -> float | None:
        """A whole percentage, as a share from 0 to 1."""
        number = self.code(column)
        if number is None:
            return None
        if not 0 <= number <= 100:
            raise self.bad(column, "a percentage")
        return number / 100

    def degrees(self, column: str, most: int) -> float:
        """Four decimals, which is 11 metres: an address is no more exact."""
        cell = self.row[column]
        if not _DECIMAL.fullmatch(cell) or abs(float(cell)) > most:
            raise self.bad(column, "degrees")
        return round(float(cell), 4)

    def _whole(self, column: str, marks: frozenset[str]) -> int | None:
        try:
            return _whole(self.row[column], marks)
        except ValueError:
            raise self.bad(column, "a whole number") from None


# A million and a half cells hold a few thousand different texts: each is parsed once.


@cache
def _unitid(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{6}", cell):
        raise ValueError
    return int(cell)


@lru_cache(maxsize=20_000)
def _whole(cell: str, marks: frozenset[str]) -> int | None:
    if cell in marks:
        return None
    if not _WHOLE.fullmatch(cell) or abs(float(cell)) > _LARGEST:
        raise ValueError
    return int(float(cell))
