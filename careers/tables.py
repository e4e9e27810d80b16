"""Guides as lines of a table: the same list as the cards, to read down a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from careers import listing, wording
from careers.catalogue import Entry
from careers.filters import SORTS, Chosen
from careers.models import Figures


@dataclass(frozen=True)
class Column:
    label: str
    words: Callable[[Figures | None], str]
    order: str  # key of filters.SORTS
    is_number: bool


COLUMNS = (
    Column("Pay", wording.pay, "pay", is_number=True),
    Column("Growth", wording.growth, "growth", is_number=True),
    Column("Openings a year", wording.openings, "openings", is_number=True),
    Column("Jobs", wording.jobs, "jobs", is_number=True),
    Column("Schooling to start", wording.education, "start", is_number=False),
)


@dataclass(frozen=True)
class Head:
    label: str
    url: str  # the same list in the order of this column
    sorted: str  # as aria-sort says it; empty when the list is in another order
    is_number: bool


@dataclass(frozen=True)
class Cell:
    label: str  # of its column: on a phone the head is not seen
    text: str
    is_absent: bool
    is_number: bool


@dataclass(frozen=True)
class Line:
    slug: str
    title: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    heads: list[Head]
    lines: list[Line]


def table(entries: Sequence[Entry], chosen: Chosen, order: str) -> Table:
    columns = [("Career", "title", False), *((c.label, c.order, c.is_number) for c in COLUMNS)]
    return Table(
        heads=[_head(label, key, order, chosen, is_number) for label, key, is_number in columns],
        lines=[_line(entry) for entry in entries],
    )


def _head(label: str, key: str, order: str, chosen: Chosen, is_number: bool) -> Head:
    is_falling = next(sort.descending for sort in SORTS if sort.key == key)
    way = "descending" if is_falling else "ascending"
    address = reverse("careers:guide_list") + listing.query(chosen, key, listing.TABLE)
    return Head(label, address, way if key == order else "", is_number)


def _line(entry: Entry) -> Line:
    cells = [
        Cell(
            label=column.label,
            text=(text := column.words(entry.figures)),
            is_absent=text in (wording.NOT_PUBLISHED, wording.SEE_SECTION),
            is_number=column.is_number,
        )
        for column in COLUMNS
    ]
    return Line(entry.guide.slug, entry.guide.title, entry.guide.get_absolute_url(), cells)
