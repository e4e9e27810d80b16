"""The figures of a guide that can be cited one by one: each with its source, edition and date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from careers import presenters
from careers.guideplots import growth, industries, openings, pay, schooling, states, timeline
from careers.guiderows import GuideRows

HANDBOOK = "Occupational Outlook Handbook"
PROJECTIONS = "Employment Projections"
WAGES = "Occupational Employment and Wage Statistics"


@dataclass(frozen=True)
class Citable:
    """`key` is what an address asks for; `section` is where the figure stands on the page."""

    key: str
    name: str  # "Middle pay a year, May 2024"
    says: str  # "$117,960", or the sentence of a plot
    section: str
    container: str  # the publication of the Bureau
    edition: str  # "2024–34 edition", "May 2025"
    changed: date | None


def citable_figures(rows: GuideRows, asked: Mapping[str, str]) -> list[Citable]:
    """In page order. What is not published cannot be cited."""
    return [*_facts(rows), *_plots(rows, asked)]


def _facts(rows: GuideRows) -> Iterator[Citable]:
    for fact in presenters.quick_facts(rows.newest, rows.edition):
        if fact.can_be_cited:
            container, edition, changed = _handbook(rows)
            yield Citable(fact.key, fact.label, fact.value, "facts", container, edition, changed)


def _handbook(rows: GuideRows) -> tuple[str, str, date | None]:
    edition = rows.edition
    changed = rows.guide.last_changed or (edition.last_updated if edition else None)
    return HANDBOOK, f"{edition.label} edition" if edition else "", changed


def _plots(rows: GuideRows, asked: Mapping[str, str]) -> Iterator[Citable]:
    """Every plot of the page that has a sentence. Dates are the edition's where it gives one."""
    edition = rows.edition
    updated = edition.last_updated if edition else None
    label = f"{edition.label} edition" if edition else ""
    employers, by_industry = industries.employers(rows), industries.pay_by_industry(rows)
    schooled, spread = schooling.schooling_figure(rows), pay.pay_spread(rows)
    grown = growth.growth_figure(rows.newest, edition)
    opened, looked_back = openings.openings_figure(rows), timeline.timeline(rows)
    by_state = states.state_figure(rows, asked)
    found = [
        ("employers", "Largest employers", employers, "where", HANDBOOK, label, updated),
        (
            "schooling",
            "Schooling that workers have",
            schooled,
            "become",
            f"{PROJECTIONS}, table 5.3",
            f"{schooled.edition} edition" if schooled else "",
            None,
        ),
        (
            "spread",
            f"Pay from low to high, {spread.period}" if spread else "",
            spread,
            "pay",
            HANDBOOK,
            label,
            updated,
        ),
        ("industries", "Middle pay by industry", by_industry, "pay", HANDBOOK, label, updated),
        ("outlook", "Growth beside all occupations", grown, "outlook", PROJECTIONS, label, updated),
        (
            "causes",
            "Why places open up",
            opened,
            "outlook",
            f"{PROJECTIONS}, table 1.10",
            label,
            updated,
        ),
        (
            "editions",
            "What each edition expected",
            looked_back,
            "outlook",
            PROJECTIONS,
            "all editions",
            updated,
        ),
        (
            "states",
            f"Pay and jobs by state{_of(by_state)}",
            by_state,
            "states",
            WAGES,
            by_state.month if by_state else "",
            None,
        ),
    ]
    for key, name, figure, section, container, of_edition, changed in found:
        if figure is not None:
            yield Citable(key, name, figure.says, section, container, of_edition, changed)


def _of(by_state: states.StateFigure | None) -> str:
    return f", {by_state.occupation}" if by_state and by_state.occupation else ""
