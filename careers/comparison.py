"""Up to four guides side by side: a row a fact, a column a guide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careers import picks, plots, wording
from careers.catalogue import Catalogue, Entry
from careers.models import Figures

MOST = 4
VIEW = "careers:compare"


@dataclass(frozen=True)
class Column:
    title: str
    url: str
    without_url: str  # the comparison without this guide
    cluster: str
    petals: list[plots.Petal]


@dataclass(frozen=True)
class Cell:
    title: str  # of its column: on a phone the head is not seen
    text: str
    is_absent: bool
    is_highest: bool


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    differs: bool


@dataclass(frozen=True)
class Offer:
    """Guides that can be added."""

    label: str
    choices: list[tuple[str, str]]  # slug and title


@dataclass(frozen=True)
class Measure:
    label: str
    words: Callable[[Figures | None], str]
    number: Callable[[Figures], int | None] = lambda figures: None


def _words_of(field: str, absent: str) -> Callable[[Figures | None], str]:
    """BLS's own words for a choice."""

    def words(row: Figures | None) -> str:
        said: str = getattr(row, f"get_{field}_display")() if row else ""
        return said or absent

    return words


MEASURES = (
    Measure("Middle pay", wording.pay, lambda row: row.median_pay_annual or row.pay_at_least),
    Measure("Growth over ten years", wording.growth, lambda row: row.growth),
    Measure("Outlook", _words_of("outlook", wording.NOT_PUBLISHED)),
    Measure("Jobs", wording.jobs, lambda row: row.jobs),
    Measure("Openings a year", wording.openings, lambda row: row.openings),
    Measure("Schooling to start", wording.education),
    Measure("Work before", _words_of("experience", wording.SEE_SECTION)),
    Measure("Training on the job", _words_of("training", wording.SEE_SECTION)),
    Measure("Figures from", lambda row: f"{row.edition.label} edition" if row else "no edition"),
)


def columns(entries: Sequence[Entry]) -> list[Column]:
    return [
        Column(
            entry.guide.title,
            entry.guide.get_absolute_url(),
            picks.address(VIEW, [other for other in entries if other is not entry]),
            entry.cluster.slug if entry.cluster else "",
            plots.mark(entry.ranks),
        )
        for entry in entries
    ]


def rows(entries: Sequence[Entry]) -> list[Row]:
    """The facts; one differs when not all guides have the same words for it."""
    return [_row(measure, entries) for measure in MEASURES]


def _row(measure: Measure, entries: Sequence[Entry]) -> Row:
    words = [measure.words(entry.figures) for entry in entries]
    highest = _highest([measure.number(entry.figures or Figures()) for entry in entries])
    cells = [
        Cell(
            title=entry.guide.title,
            text=text,
            is_absent=text in (wording.NOT_PUBLISHED, wording.SEE_SECTION),
            is_highest=place == highest,
        )
        for place, (entry, text) in enumerate(zip(entries, words, strict=True))
    ]
    return Row(measure.label, cells, differs=len(set(words)) > 1)


def _highest(numbers: Sequence[int | None]) -> int | None:
    """Where the one highest stands; None when one is not known, or two are alike."""
    known = [number for number in numbers if number is not None]
    if len(known) < max(len(numbers), 2) or known.count(max(known)) > 1:
        return None
    return known.index(max(known))


def offers(entries: Sequence[Entry], held: Catalogue) -> list[Offer]:
    """What may be added: similar careers first, then every guide; nothing when it is full."""
    if len(entries) >= MOST:
        return []
    taken = {entry.guide.pk for entry in entries}
    near = {
        other.guide.pk: other
        for entry in entries
        for other in held.similar_to(entry.guide.pk)
        if other.guide.pk not in taken
    }
    rest = [e for e in held.current if e.guide.pk not in taken and e.guide.pk not in near]
    groups = (("Similar careers", list(near.values())), ("All guides", rest))
    return [Offer(label, [_choice_of(e) for e in found]) for label, found in groups if found]


def _choice_of(entry: Entry) -> tuple[str, str]:
    return entry.guide.slug, entry.guide.title
