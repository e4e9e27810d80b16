"""What we decided by hand about matching: `fixtures/matching/*.csv`, read once a process.

The files are part of the code: a change of them is reviewed, released and tested like one.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.conf import settings

from schoolfinder.bands import Band

FOLDER: Path = settings.BASE_DIR / "fixtures" / "matching"


@cache
def core() -> dict[str, dict[str, Band]]:
    """Guide slug → field code → band. A guide in here is reviewed: no rule adds an exact field."""
    found: dict[str, dict[str, Band]] = defaultdict(dict)
    for row in _rows("core.csv"):
        found[row["guide_slug"]][row["cip"]] = Band[row["band"].upper()]
    return dict(found)


@cache
def notes() -> dict[str, str]:
    """Guide slug → why no program leads there, in one sentence."""
    return {row["guide_slug"]: row["note"] for row in _rows("notes.csv")}


@cache
def familiar_words() -> dict[str, tuple[str, ...]]:
    """What people type → interests ("cip:51.38", "guide:…"), the likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("words.csv"):
        found[row["words"]] = (*found.get(row["words"], ()), row["interest"])
    return found


@cache
def soc_parts() -> dict[str, tuple[str, ...]]:
    """A code that BLS made by joining others → the codes that the crosswalk knows."""
    return {row["soc"]: tuple(row["parts"].split()) for row in _rows("soc_parts.csv")}


@cache
def weights() -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in _rows("weights.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
