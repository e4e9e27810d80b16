"""Codes of the Standard Occupational Classification: "11-9111"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ALL_WORKERS = "00-0000"  # BLS's line for all occupations together

_FORM = re.compile(r"[0-9]{2}-[0-9]{4}")


def is_code(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def broad_of(code: str) -> str:
    """The broad code that holds a detailed one; the handbook uses six of them (13-1020)."""
    return f"{code[:6]}0"


Links = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Succession:
    """Which codes of SOC 2018 came from which of SOC 2010: splits and merges have several."""

    before: Links  # by SOC 2018 code
    after: Links  # by SOC 2010 code
    details: Links  # by SOC 2018 code, broad ones too

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Succession":
        """From pairs of a SOC 2010 and a SOC 2018 code."""
        known = list(pairs)
        new_codes = {new for _, new in known}
        return cls(
            before=_linked((new, old) for old, new in known),
            after=_linked(known),
            details=_linked((key, new) for new in new_codes for key in (new, broad_of(new))),
        )

    def codes_before(self, codes: Iterable[str]) -> frozenset[str] | None:
        """The SOC 2010 codes of exactly the same work; None where some held other work as well.

        BLS joins a few codes under a number of its own, which no crosswalk has: None too.
        """
        details = [self.details.get(code) for code in codes]
        if None in details:
            return None
        new = frozenset().union(*(detail for detail in details if detail))
        old = frozenset().union(*(self.before[code] for code in new))
        return old if all(self.after[code] <= new for code in old) else None


def _linked(pairs: Iterable[tuple[str, str]]) -> Links:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
