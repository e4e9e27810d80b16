"""Familiar words: does what people type lead to the right group of fields?"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from careers.importers.files import read_table
from schoolfinder.bands import group
from schoolfinder.quality import Figures
from schoolfinder.search import fields_named

COLUMNS = ("phrase", "groups")
TOP = 3


class Phrase(NamedTuple):
    text: str
    groups: frozenset[str]  # any of them is right: "51.38"


def read_phrases(path: Path) -> list[Phrase]:
    """Groups of one phrase are parted by blanks. Raises BadFile."""
    return [
        Phrase(row["phrase"], frozenset(row["groups"].split()))
        for _, row in read_table(path, COLUMNS)
    ]


def measure(phrases: Iterable[Phrase]) -> Figures:
    found = [is_found(phrase) for phrase in phrases]
    return {"words": len(found), "words_top3": round(sum(found) / len(found), 4) if found else 0.0}


def is_found(phrase: Phrase) -> bool:
    """A right group, or a field of it, is among the first that the search names."""
    return any(group(field.cip) in phrase.groups for field in fields_named(phrase.text, TOP))
