"""What was measured about this site, as `fixtures/quality.json` holds it, in plain words.

The file is `{part: {"date": "2026-11-23", name: figure, …}}`; the commands that measure write it.
A list of objects below a name is a table. What we have no words for is shown under its own name.
"""

import json
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from careers import wording

logger = logging.getLogger(__name__)

FILE = Path(settings.BASE_DIR) / "fixtures" / "quality.json"


@dataclass(frozen=True)
class Heading:
    slug: str
    title: str
    says: str  # what is measured, and against what


@dataclass(frozen=True)
class Measure:
    label: str
    value: str


@dataclass(frozen=True)
class Cell:
    head: str  # of its column: on a phone the head is not seen
    value: str


@dataclass(frozen=True)
class Table:
    caption: str
    heads: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Part:
    heading: Heading
    measured: date | None  # None: the file does not say
    measures: list[Measure]
    tables: list[Table]

    @property
    def is_missing(self) -> bool:
        return not (self.measures or self.tables)


HEADINGS = (
    Heading(
        "search",
        "Search",
        "Does a job title lead to the right guide? Asked with titles as written, with one random"
        " typo, with everyday words, and with titles that the index has never seen.",
    ),
    Heading(
        "match",
        "School finder",
        "Do the programs that we call exact or related really lead to the career? Held against the"
        " government’s own table of fields and occupations, and against pairs graded by hand (by"
        " one person, who also reviewed the fields). Is our order better than four simple ones?",
    ),
    Heading(
        "spam",
        "Spam filter",
        "Does the filter tell spam from comments by people? Tested on texts it has never seen:"
        " public collections in which people marked what is spam. A filter never decides alone.",
    ),
    Heading(
        "campaign",
        "Spam campaign",
        "Does everything together stop advertising that was made up for the test, and let made-up"
        " comments about work pass? Written by readers who are not new, so that the rule for first"
        " comments does not help.",
    ),
    Heading(
        "edition",
        "Plain versions",
        "Is what we write easy to read, complete, and in our own words?",
    ),
)

WORDS = {  # in the order of the page; "top3": the right guide is among the first three
    "titles": "Titles of the handbook’s A–Z asked for",
    "titles_top3": "As written: right guide among the first three",
    "typo_top3": "With one random typo: among the first three",
    "familiar": "Everyday words and short forms asked for",
    "familiar_top3": "Everyday words: among the first three",
    "held_out": "Job titles kept out of the index for the test",
    "held_out_top3": "Kept out: among the first three",
    "held_out_top5": "Kept out: among the first five",
    "unseen": "Of these, titles that the index knows from nowhere else",
    "unseen_top3": "Never seen: among the first three",
    "unseen_top5": "Never seen: among the first five",
    "names": "Names in the index",
    "p50_ms": "Time for a middle query",
    "p99_ms": "Time that 99 of 100 queries stay under",
    "build_seconds": "Seconds until an import can be found",
    "learn_seconds": "Seconds to learn what words are worth, after that",
    "pairs": "Pairs of a career and a field of study, graded by hand",
    "exact_precision": "Called exact: the program leads there",
    "exact_related_precision": "Called exact or related: it leads there, or is related",
    "exact_recall": "Programs that lead there: called exact",
    "crosswalk_exact_precision": "The government’s table alone: the program leads there",
    "crosswalk_exact_related_precision": "The table alone: it leads there, or is related",
    "crosswalk_exact_recall": "The table alone: programs that lead there and are in it",
    "halves": "The pairs looked at while we reviewed, and those held out",
    "part": "Part",
    "scenarios": "Searches with a known best order",
    "ndcg_at_10": "Our order: how near the first ten are to the best order",
    "precision_at_5": "Our order: right answers among the first five",
    "by_name_ndcg_at_10": "From A to Z: the first ten",
    "by_name_precision_at_5": "From A to Z: the first five",
    "by_distance_ndcg_at_10": "Nearest first: the first ten",
    "by_distance_precision_at_5": "Nearest first: the first five",
    "by_earnings_ndcg_at_10": "Highest earnings first: the first ten",
    "by_earnings_precision_at_5": "Highest earnings first: the first five",
    "by_text_ndcg_at_10": "Likest title first: the first ten",
    "by_text_precision_at_5": "Likest title first: the first five",
    "words": "Everyday words for a study asked for",
    "words_top3": "Right field among the first three",
    "auc": "AUC: how often a spam text scores above a good one",
    "recall_at_1pct_fp": "Spam found when at most 1 in 100 good texts is hit",
    "f1": "F1: spam found and good texts spared, in one number",
    "rows": "Texts tested",
    "left_out_auc": "AUC on collections it was not taught with, mean",
    "left_out_recall_at_1pct_fp": "Spam found there when at most 1 in 100 good texts is hit, mean",
    "left_out_f1": "F1 there, mean",
    "advertisements": "Advertisements posted",
    "honest": "Honest comments posted",
    "caught": "Advertisements held or taken for spam, on a site that decided 100 comments",
    "honest_held": "Honest comments held there",
    "caught_cold": "Advertisements held or taken for spam, on a site that has learned nothing",
    "honest_held_cold": "Honest comments held there",
    "pipeline_p95_ms": "Time in which 95 of 100 comments are judged",
    "left_out": "Each collection tested with what the others taught",
}

_lock = threading.Lock()
_held: tuple[tuple[str, int], list[Part]] | None = None


def parts() -> list[Part]:
    """All that can be measured, also what was not; read again only when the file has changed."""
    global _held
    state = _state(FILE)
    with _lock:
        if _held is None or _held[0] != state:
            measured = _read(FILE) if state[1] else {}
            _held = state, [_part(heading, measured) for heading in _headings(measured)]
        return _held[1]


def _state(path: Path) -> tuple[str, int]:
    """The file and when it was written, 0 when there is none."""
    try:
        return str(path), path.stat().st_mtime_ns
    except OSError:
        return str(path), 0


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        logger.exception("%s cannot be read", path)
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: part for name, part in found.items() if isinstance(part, dict)}


def _headings(measured: dict[str, Any]) -> list[Heading]:
    known = {heading.slug for heading in HEADINGS}
    others = [Heading(name, _in_words(name), "") for name in sorted(measured.keys() - known)]
    return [*HEADINGS, *others]


def _part(heading: Heading, measured: dict[str, dict[str, Any]]) -> Part:
    figures = measured.get(heading.slug, {})
    named = [(name, figures[name]) for name in _in_order(figures) if name != "date"]
    return Part(
        heading=heading,
        measured=_date(figures.get("date")),
        measures=[
            Measure(_in_words(name), _value(name, value))
            for name, value in named
            if not isinstance(value, list | dict)
        ],
        tables=[_table(name, value) for name, value in named if _is_table(value)],
    )


def _in_order(names: Iterable[str]) -> list[str]:
    """Those that we have words for first, as we tell them; then the rest as they came."""
    place = {name: number for number, name in enumerate(WORDS)}
    return sorted(names, key=lambda name: place.get(name, len(place)))


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _in_words(name: str) -> str:
    words = name.replace("_", " ")
    return WORDS.get(name, words[:1].upper() + words[1:])


def _value(name: str, value: Any) -> str:
    """Shares as per cent; counts with commas; milliseconds by their name."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if name.endswith("_ms"):
        return f"{value:g} ms"
    if isinstance(value, float) and 0 <= value <= 1:
        return wording.percent(round(100 * value, 1))
    return f"{value:,}"


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    """One line an object, numbered; names of files say nothing to a reader and are left out."""
    heads = _in_order(dict.fromkeys(key for row in rows for key in row if key != "file"))
    return Table(
        caption=_in_words(name),
        heads=[_in_words(head) for head in heads],
        rows=[[Cell(_in_words(h), _value(h, row.get(h, "–"))) for h in heads] for row in rows],
    )
