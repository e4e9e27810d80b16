"""Shapes of the guide page, from rows to what templates loop over. No query is made here."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from careers import picks, wording
from careers.catalogue import Entry, hourly_equivalent, preparation
from careers.guiderows import GuideRows
from careers.models import Edition, Figures, Section
from careers.wording import NOT_PUBLISHED, SEE_SECTION

# BLS's page has one tab a section; our note leads to the right one.
OFFICIAL_TABS = {
    "what": "tab-2",
    "where": "tab-3",
    "become": "tab-4",
    "pay": "tab-5",
    "outlook": "tab-6",
    "more": "tab-9",
}
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b")


# Quick facts ---------------------------------------------------------------------------------


HALF = "Half earn more, half less."


@dataclass(frozen=True)
class Fact:
    key: str  # what a citation of it is asked for by
    name: str
    year: str  # of the figure: "May 2024", "2024–34"
    value: str
    gloss: str = ""
    is_big: bool = False

    @property
    def label(self) -> str:
        return f"{self.name}, {self.year}" if self.year else self.name

    @property
    def can_be_cited(self) -> bool:
        return not self.is_absent and not self.leads_to_section

    @property
    def is_absent(self) -> bool:
        return self.value == NOT_PUBLISHED

    @property
    def leads_to_section(self) -> bool:
        return self.value == SEE_SECTION


def quick_facts(figures: Figures | None, edition: Edition | None) -> list[Fact]:
    """Eight facts, the first four big. Each label carries its year."""
    row = figures or Figures()
    years = edition.label if edition else ""
    wages = (edition.reference_period if edition else "") or years
    first, last = _pay_facts(row, wages)
    return [
        first,
        Fact(
            "growth",
            "Growth",
            years,
            wording.growth(row),
            _growth_gloss(row, edition),
            is_big=True,
        ),
        Fact(
            "jobs",
            "Jobs",
            str(edition.base_year) if edition else "",
            wording.jobs(row),
            _change_gloss(row, edition),
            is_big=True,
        ),
        Fact(
            "openings",
            "Openings a year",
            years,
            wording.openings(row),
            _openings_gloss(row),
            is_big=True,
        ),
        Fact("education", "Schooling to start", years, wording.education(row)),
        Fact("experience", "Work before", years, row.get_experience_display() or SEE_SECTION),
        Fact("training", "Training on the job", years, row.get_training_display() or SEE_SECTION),
        last,
    ]


def _pay_facts(row: Figures, year: str) -> tuple[Fact, Fact]:
    """The main pay figure, and the one in the other unit."""
    yearly, hourly = row.median_pay_annual, row.median_pay_hourly
    hour = wording.hourly(hourly) if hourly is not None else NOT_PUBLISHED
    if yearly is None and row.pay_at_least is None and hourly is not None:
        return (
            Fact("hourly", "Middle pay an hour", year, hour, HALF, is_big=True),
            Fact("pay", "Middle pay a year", year, NOT_PUBLISHED, "Hours differ too much."),
        )
    if row.pay_at_least is not None:
        first = "The Bureau publishes no higher figure."
    else:
        first = HALF if yearly is not None else ""
    other = "" if hourly is not None or yearly is None else "Most are paid by the year."
    return (
        Fact("pay", "Middle pay a year", year, wording.pay(row), first, is_big=True),
        Fact("hourly", "Middle pay an hour", year, hour, other),
    )


def _growth_gloss(row: Figures, edition: Edition | None) -> str:
    label = row.get_outlook_display()
    average = edition.growth_all if edition else None
    everyone = f"All occupations: {wording.percent(average)}." if average is not None else ""
    return " ".join(part for part in (f"{label}." if label else "", everyone) if part)


def _change_gloss(row: Figures, edition: Edition | None) -> str:
    if row.change is None or edition is None:
        return ""
    if row.change == 0:
        return f"As many in {edition.projection_year}."
    more = "more" if row.change > 0 else "fewer"
    return f"{wording.count(abs(row.change))} {more} by {edition.projection_year}."


def _openings_gloss(row: Figures) -> str:
    if not row.openings or row.change is None:
        return ""
    new_jobs = max(row.change, 0) / 10  # the change is over ten years
    most = "replace people who leave" if new_jobs * 2 < row.openings else "are new jobs"
    return f"Most {most}."


# Sentences that hold a figure are made from data: the written plain version holds none. --------


def pay_sentence(figures: Figures | None, edition: Edition | None) -> str:
    if figures is None or edition is None:
        return ""
    when = f" ({edition.reference_period})" if edition.reference_period else ""
    if figures.median_pay_annual is not None:
        middle = wording.dollars(figures.median_pay_annual)
        return f"The person in the middle earns {middle} a year{when}."
    if figures.pay_at_least is not None:
        least = wording.dollars(figures.pay_at_least)
        return f"More than half earn {least} or more a year{when}; no exact figure is published."
    if figures.median_pay_hourly is not None:
        middle = wording.hourly(figures.median_pay_hourly)
        return f"The person in the middle earns {middle} an hour{when}."
    return "The handbook publishes no pay for this work."


def outlook_sentence(figures: Figures | None, edition: Edition | None) -> str:
    if figures is None or edition is None or figures.growth is None:
        return "The handbook publishes no outlook for this work."
    span = f"from {edition.base_year} to {edition.projection_year}"
    if figures.growth > 0:
        moved = f"grow by {wording.percent(figures.growth)}"
    elif figures.growth < 0:
        moved = f"shrink by {wording.percent(-figures.growth)}"
    else:
        moved = "change little"
    average = edition.growth_all
    against = f" All jobs together: {_signed(average)}." if average is not None else ""
    openings = (
        f" About {wording.count(figures.openings)} jobs open up each year."
        if figures.openings
        else ""
    )
    return f"The number of jobs is expected to {moved} {span}.{against}{openings}"


def _signed(number: Decimal | int) -> str:
    return f"+{wording.percent(number)}" if number > 0 else wording.percent(number)


# Plain version and handbook text ---------------------------------------------------------------


@dataclass(frozen=True)
class PlainPart:
    """Our short version of a section."""

    paragraphs: list[str]
    grade: int | None  # None: only a sentence made from data
    edition: str
    items: list[str] = field(default_factory=list)
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class HandbookPart:
    """The official text of a section, cleaned when it was imported."""

    html: str
    edition: str


def plain_part(rows: GuideRows, part: str, lead: str = "") -> PlainPart | None:
    """Paragraphs after an optional sentence from data; None when there is nothing to say."""
    written = wording.paragraphs(rows.plain_text(part)) if part != "become" else []
    paragraphs = [*([lead] if lead else []), *written]
    plain = rows.plain
    items = plain.tasks if plain and part == "what" else []
    steps = plain.start if plain and part == "become" else []
    if not (paragraphs or items or steps):
        return None
    return PlainPart(
        paragraphs=paragraphs,
        grade=round(plain.grade) if plain else None,
        edition=plain.edition.label if plain else "",
        items=[wording.typographic(item) for item in items],
        steps=[(name, wording.typographic(text)) for name, text in steps],
    )


def handbook_part(rows: GuideRows, key: str) -> HandbookPart | None:
    section = rows.sections.get(key)
    if section is None or not section.html:
        return None
    return HandbookPart(_with_scrolling_tables(section), section.edition.label)


def _with_scrolling_tables(section: Section) -> str:
    """Tables of three columns and more scroll sideways, by keyboard as well."""
    number = count(1)

    def wrapped(match: re.Match[str]) -> str:
        table = match[0]
        if max(len(CELL.findall(row)) for row in table.split("</tr>")) < 3:
            return table
        name = f"{section.get_key_display()}, wide table {next(number)}"
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">{table}</div>'

    return TABLE.sub(wrapped, section.html)


def official_link(rows: GuideRows, key: str) -> str:
    return f"{rows.guide.official_url}#{OFFICIAL_TABS[key]}"


def lines(values: Iterable[str]) -> list[str]:
    return [wording.typographic(value) for value in values]


# Similar careers ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class SimilarLine:
    title: str
    url: str  # empty: the guide itself
    duties: str  # our one line
    pay: str
    growth: str
    openings: str
    education: str
    differs: str
    compare_url: str


@dataclass(frozen=True)
class SortLink:
    label: str
    url: str
    direction: str  # "ascending", "descending": how it is sorted now; empty: by something else
    is_number: bool


SIMILAR_SORTS: dict[str, tuple[str, Callable[[Figures], Any]]] = {
    "pay": ("Pay", hourly_equivalent),
    "growth": ("Growth", lambda row: row.growth),
    "openings": ("Openings a year", lambda row: row.openings),
    "start": ("Schooling to start", preparation),
}


def similar_sorts(asked: str) -> list[SortLink]:
    """A head of the table a measure: the highest first, but the least schooling."""
    return [
        SortLink(
            label,
            f"?similar={key}#similar",
            ("ascending" if key == "start" else "descending") if key == asked else "",
            is_number=key != "start",
        )
        for key, (label, _) in SIMILAR_SORTS.items()
    ]


def similar_lines(here: Entry, others: Sequence[Entry], asked: str = "") -> list[SimilarLine]:
    """The guide itself first, so that the rest can be measured against it: in the handbook's order
    or the one asked for, with what is not published last."""
    ordered = list(others)
    if asked in SIMILAR_SORTS:
        _, value_of = SIMILAR_SORTS[asked]
        values: dict[int, Any] = {
            entry.guide.pk: entry.figures and value_of(entry.figures) for entry in others
        }
        known = [entry for entry in others if values[entry.guide.pk] is not None]
        known.sort(key=lambda entry: values[entry.guide.pk], reverse=asked != "start")
        ordered = [*known, *(entry for entry in others if entry not in known)]
    return [_similar_line(entry, here) for entry in [here, *ordered]]


def _similar_line(entry: Entry, here: Entry) -> SimilarLine:
    row, is_here = entry.figures, entry is here
    return SimilarLine(
        title=entry.guide.title,
        url="" if is_here else entry.guide.get_absolute_url(),
        duties=entry.summary,
        pay=wording.pay(row),
        growth=wording.growth(row),
        openings=wording.openings(row),
        education=wording.education(row),
        differs="" if is_here else what_differs(row, here.figures),
        compare_url="" if is_here else picks.address("careers:compare", [here, entry]),
    )


NEEDS = {
    "none": "no formal credential",
    "high-school": "a high school diploma",
    "some-college": "some college",
    "nondegree": "a certificate",
    "associate": "an associate’s degree",
    "bachelor": "a bachelor’s degree",
    "master": "a master’s degree",
    "doctoral": "a doctoral or professional degree",
}


def what_differs(other: Figures | None, here: Figures | None) -> str:
    """The most telling difference: schooling, then pay, then growth; empty when one is unknown."""
    if other is None or here is None or not other.education or not here.education:
        return ""
    if other.education != here.education:
        return f"Needs {NEEDS[other.education]} instead of {NEEDS[here.education]}"
    gap = _pay_gap(other, here)
    if gap is None or other.growth is None or here.growth is None:
        return ""
    if abs(gap) >= 10:
        return f"Pays {abs(gap)}% {'more' if gap > 0 else 'less'}"
    if abs(other.growth - here.growth) > 2:
        return "Grows faster" if other.growth > here.growth else "Grows more slowly"
    return "Much alike in pay, schooling and growth"


def _pay_gap(other: Figures, here: Figures) -> int | None:
    """In per cent, by the year if both have that, else by the hour."""
    for name in ("median_pay_annual", "median_pay_hourly"):
        theirs, ours = getattr(other, name), getattr(here, name)
        if theirs and ours:
            return round(100 * (float(theirs) / float(ours) - 1))
    return None


# Sources -----------------------------------------------------------------------------------------


def citation(rows: GuideRows, address: str) -> str:
    edition = f"{rows.edition.label} edition" if rows.edition else "current edition"
    return (
        f"Fieldguide. “{rows.guide.title}.” With figures from the U.S. Bureau of Labor Statistics, "
        f"Occupational Outlook Handbook, {edition}. {address}"
    )
