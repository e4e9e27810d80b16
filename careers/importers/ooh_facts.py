"""Facts that the handbook gives only in prose and tables: found by pattern, never guessed."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from lxml.html import HtmlElement

from careers.importers.amounts import (
    amount,
    is_top_coded,
    top_code_hour,
    top_code_year,
    whole,
)
from careers.importers.handbook import Pay, Percentiles, Share
from careers.importers.ooh_html import fold, parse, profile_group, profile_slug, text_of
from careers.soc import is_code

_DOLLARS = r"\$([\d,]+(?:\.\d\d)?)"
_MEDIAN = re.compile(
    rf"median (annual|hourly) wage for (.+?) was (?:equal to or greater than )?{_DOLLARS}"
    r"(?: or more)?(?: per year| per hour)? in (May \d{4})",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"lowest 10 percent earned less than {_DOLLARS},? and the highest 10 percent earned "
    rf"(?:more than|at least|equal to or (?:greater|more) than) {_DOLLARS}",
    re.IGNORECASE,
)
_EMPLOYERS = re.compile(r"largest employers of (.+?) (?:were|was) as follows", re.IGNORECASE)
_INDUSTRIES = re.compile(
    r"median (annual|hourly) wages? for (.+?) in the top industr", re.IGNORECASE
)
_OPENINGS = re.compile(r"about ([\d,]+) openings", re.IGNORECASE)
_FLOOR = re.compile(rf"equal to or greater than {_DOLLARS} per year", re.IGNORECASE)
_GROWTH_ALL = re.compile(r"average growth rate for all occupations is (-?\d+(?:\.\d)?) percent")
_MEDIAN_ALL = re.compile(rf"median annual wage for all workers was {_DOLLARS}")
_UNITS = {"annual": "year", "hourly": "hour"}


def percentiles(pay_body: str, period: str) -> tuple[Percentiles, ...]:
    """One row for the guide, or one a member where the prose goes through the members.

    `period` ("May 2024") is used only where the prose names none.
    """
    text = text_of(pay_body)
    medians = list(_MEDIAN.finditer(text))
    pairs = list(_PAIR.finditer(text))
    return tuple(
        _percentiles(pair, _last_before(pair, medians), period, named=len(pairs) > 1)
        for pair in pairs
    )


def _last_before(pair: re.Match[str], medians: list[re.Match[str]]) -> re.Match[str] | None:
    return next((m for m in reversed(medians) if m.end() <= pair.start()), None)


def _percentiles(
    pair: re.Match[str], median: re.Match[str] | None, period: str, *, named: bool
) -> Percentiles:
    low, high = _decimal(pair[1]), _decimal(pair[2])
    if median is None:
        unit, member, middle = "hour" if "." in pair[1] else "year", "", None
    else:
        unit, member = _UNITS[median[1].lower()], median[2] if named else ""
        middle, period = _decimal(median[3]), median[4]
    return Percentiles(
        member=capitalised(member),
        unit=unit,
        period=period,
        p10=low,
        median=middle,
        p90=high,
        p90_top_coded=high >= _top_code(unit, period),
    )


def _top_code(unit: str, period: str) -> Decimal:
    year = int(period[-4:])
    return Decimal(top_code_year(year)) if unit == "year" else top_code_hour(year)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


# Tables --------------------------------------------------------------------------------------


def shares(environment_body: str) -> tuple[Share, ...]:
    """The largest employers, for the guide or for each member; other tables are left out."""
    tables = list(_tables_after(environment_body, _EMPLOYERS))
    return tuple(
        Share(capitalised(said[1]) if len(tables) > 1 else "", industry, percent)
        for said, table in tables
        for industry, cell in _pairs(table)
        if (percent := whole(cell)) is not None
    )


def industry_pay(pay_body: str) -> tuple[Pay, ...]:
    """Median pay in the industries that employ most; means and other tables are left out."""
    tables = list(_tables_after(pay_body, _INDUSTRIES))
    return tuple(
        Pay(
            capitalised(said[2]) if len(tables) > 1 else "",
            industry,
            _UNITS[said[1].lower()],
            median,
            is_top_coded(cell),
        )
        for said, table in tables
        for industry, cell in _pairs(table)
        if (median := amount(cell)) is not None
    )


def _tables_after(
    body: str, statement: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], HtmlElement]]:
    """Tables whose last paragraph before them makes the statement, with its match."""
    paragraph = ""
    for element in parse(body).iter("p", "table"):
        if element.tag == "table":
            if said := statement.search(paragraph):
                yield said, element
            paragraph = ""
        elif text := fold(element.text_content()):
            paragraph = text


def _pairs(table: HtmlElement) -> Iterator[tuple[str, str]]:
    for row in table.iter("tr"):
        cells = [fold(cell.text_content()) for cell in row.iterchildren("th", "td")]
        if len(cells) == 2:
            yield cells[0], cells[1]


def code_titles(datatable: str) -> dict[str, str]:
    """SOC code → title of its row. The first row may be the group's, with "—" for a code."""
    titles = {}
    for row in parse(datatable).iter("tr"):
        cells = [fold(cell.text_content()) for cell in row.iterchildren("th", "td")]
        if len(cells) > 1 and is_code(cells[1]):
            titles[cells[1]] = cells[0]
    return titles


def similar(table: str, own_slug: str) -> tuple[str, ...]:
    """Slugs in the table's order. A row begins with links to its page; its text may hold others."""
    firsts = (next(row.iter("a"), None) for row in parse(table).iter("tr"))
    found = (profile_slug(link.get("href") or "") for link in firsts if link is not None)
    return tuple(dict.fromkeys(slug for slug in found if slug and slug != own_slug))


def address(citation: str) -> tuple[str, str] | None:
    """(group, slug) of the profile, from the suggested citation: they stand nowhere else."""
    for link in parse(citation).iter("a"):
        href = link.get("href") or ""
        group, slug = profile_group(href), profile_slug(href)
        if group and slug:
            return group, slug
    return None


# Prose ---------------------------------------------------------------------------------------


def openings(*bodies: str) -> int | None:
    """Openings a year, from the first body that names them."""
    for body in bodies:
        if found := _OPENINGS.search(text_of(body)):
            return whole(found[1])
    return None


def pay_floor(note: str) -> int | None:
    """What the median is at or above, where BLS publishes no more than that."""
    found = _FLOOR.search(note)
    return whole(found[1]) if found else None


def growth_all(helps: Collection[str]) -> Decimal | None:
    found = next(filter(None, map(_GROWTH_ALL.search, helps)), None)
    return Decimal(found[1]) if found else None


def median_pay_all(helps: Collection[str]) -> int | None:
    found = next(filter(None, map(_MEDIAN_ALL.search, helps)), None)
    return whole(found[1]) if found else None
