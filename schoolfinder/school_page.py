"""The page of one school: facts with their years, what to know first, its programs."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from careers.wording import NOT_PUBLISHED, plural
from schoolfinder import plots, wording
from schoolfinder.asking import get_info_url
from schoolfinder.awards import CREDENTIAL, RANK
from schoolfinder.bands import family
from schoolfinder.codes import program_code
from schoolfinder.controls import Link
from schoolfinder.geo import Point
from schoolfinder.models import Field, Program, ProgramEarnings, School
from schoolfinder.presenters import Figure, outbound_links, program_earnings

# More programs than this are shown one family of fields at a time: one school has 700.
MOST_AT_ONCE = 120

# The Education Department's list of accredited schools cannot be linked by school: only searched.
ACCREDITATION_SEARCH = "https://ope.ed.gov/dapip/"


@dataclass(frozen=True)
class Notice:
    kind: str  # "warn", "error", "" (plain)
    title: str
    text: str


@dataclass(frozen=True)
class ProgramRow:
    title: str
    cip: str
    award: str
    graduates: str
    bars: plots.YearBars
    earnings: str
    get_info_url: str  # "" where nobody can be asked any more
    code: str  # unitid-cip-award


@dataclass(frozen=True)
class Family:
    digits: str
    title: str
    count: str
    rows: list[ProgramRow]  # empty: another family is open
    is_open: bool


@dataclass(frozen=True)
class SchoolPage:
    place: str
    kind: str
    address: str
    figures: list[Figure]
    facts: list[tuple[str, str]]
    aliases: list[str]
    notices: list[Notice]
    links: list[Link]
    families: list[Family]
    programs: str
    accreditation: Link
    campus: plots.CloseUp | None
    json_ld: SafeString


def school_page(school: School, chosen_family: str, url: str) -> SchoolPage:
    """`chosen_family`: two digits of the fields to show when there are too many for one page."""
    programs = list(
        school.programs.filter(retired_at=None)
        .select_related("field")
        .only(
            *("school", "field__title", "award"),
            *("graduates", "graduates_latest", "latest_year", "is_new"),
        )
    )
    families = _families(school, programs, chosen_family)
    return SchoolPage(
        place=f"{school.city}, {school.state}",
        kind=wording.kind(school),
        address=", ".join(
            part for part in (school.address, school.city, f"{school.state} {school.zip}") if part
        ),
        figures=_figures(school),
        facts=_facts(school),
        aliases=[alias for alias in school.aliases.splitlines() if alias],
        notices=_notices(school),
        links=outbound_links(school),
        families=families,
        programs=plural(len(programs), "program"),
        accreditation=Link("accreditation search", ACCREDITATION_SEARCH),
        campus=plots.campus(Point(school.lat, school.lon), school.state, school.name),
        json_ld=_json_ld(school, families, url),
    )


# Facts --------------------------------------------------------------------------------------


def _figures(school: School) -> list[Figure]:
    rows: list[tuple[str, str, str, float | None]] = [
        ("Students", wording.size(school) or NOT_PUBLISHED, school.students_year, school.students),
        *_tuition(school),
        (
            "Net price a year",
            wording.net_price(school.net_price),
            school.net_price_year,
            school.net_price,
        ),
        (
            "Students who graduate",
            wording.share(school.graduation_rate),
            school.graduation_year,
            school.graduation_rate,
        ),
        (
            "First-year students who return",
            wording.share(school.retention_rate),
            school.retention_year,
            school.retention_rate,
        ),
        (
            "Earned ten years after entry, any field",
            wording.money(school.earnings_10y),
            school.earnings_year,
            school.earnings_10y,
        ),
        _admission(school),
    ]
    return [
        Figure(label, value, wording.span(year) if known else "", value == NOT_PUBLISHED)
        for label, value, year, known in rows
    ]


def _tuition(school: School) -> list[tuple[str, str, str, float | None]]:
    year, inside, outside = school.tuition_year, school.tuition_in, school.tuition_out
    if outside in (None, inside):
        return [("Tuition and fees a year", wording.money(inside), year, inside)]
    return [
        ("Tuition and fees, living in the state", wording.money(inside), year, inside),
        ("Tuition and fees, from elsewhere", wording.money(outside), year, outside),
    ]


def _admission(school: School) -> tuple[str, str, str, float | None]:
    if school.open_admission:
        return ("Admission", "Open: a diploma is enough", "", None)
    rate = school.admission_rate
    value = f"{wording.share(rate)} of applicants" if rate is not None else NOT_PUBLISHED
    return ("Admits", value, school.admission_year, rate)


def _facts(school: School) -> list[tuple[str, str]]:
    rows = [
        ("Kind", wording.kind(school)),
        ("Longest study", wording.level(school)),
        ("Surroundings", wording.locale(school)),
        ("Online", wording.online(school) or "No online programs reported"),
        ("Students only online", _online_share(school)),
        ("History", "Historically Black college or university" if school.hbcu else ""),
        ("Founded by", "Tribal college or university" if school.tribal else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _online_share(school: School) -> str:
    if school.online_share is None:
        return ""
    year = f" ({wording.span(school.online_year)})" if school.online_year else ""
    return f"{wording.share(school.online_share)}{year}"


def _notices(school: School) -> list[Notice]:
    found = []
    if school.retired_at or school.status == School.Status.CLOSED:
        found.append(_closed(school))
    elif school.status == School.Status.CLOSING:
        text = "Ask the school what happens to students who have begun, before you apply."
        found.append(Notice("error", "This school is closing", text))
    if not school.title_iv:
        text = (
            "Its students cannot use federal grants or loans."
            " Ask what aid there is instead, and whether other schools accept its credits."
        )
        found.append(Notice("warn", "No federal student aid", text))
    if school.service_academy:
        text = "Applicants need a nomination or a commission, and serve after graduation."
        found.append(Notice("warn", "A school of the armed services", text))
    return found


def _closed(school: School) -> Notice:
    closed = school.closed_on
    when = f" on {closed:%B} {closed.day}, {closed.year}" if closed else ""
    return Notice(
        "error",
        "This school is closed or has joined another",
        f"It left the national directory of schools{when}. We keep this page for those who"
        " studied here; the figures are the last that were published.",
    )


# Programs -----------------------------------------------------------------------------------


def _families(school: School, programs: list[Program], chosen: str) -> list[Family]:
    """By family of fields, the largest first; all open, or the chosen one when they are many."""
    by_family: dict[str, list[Program]] = defaultdict(list)
    for program in programs:
        by_family[family(program.field_id)].append(program)
    ordered = sorted(by_family, key=lambda digits: (-len(by_family[digits]), digits))
    if len(programs) <= MOST_AT_ONCE:
        shown = set(ordered)
    else:
        shown = {chosen if chosen in by_family else ordered[0]}
    titles = dict(Field.objects.filter(cip__in=ordered).values_list("cip", "title"))
    earnings = _earnings(school)
    return [
        Family(
            digits=digits,
            title=titles.get(digits, digits),
            count=plural(len(by_family[digits]), "program"),
            rows=_rows(school, by_family[digits], earnings) if digits in shown else [],
            is_open=digits in shown,
        )
        for digits in ordered
    ]


def _earnings(school: School) -> dict[tuple[str, int], ProgramEarnings]:
    return {(row.cip4, row.credential): row for row in school.program_earnings.all()}


def _rows(
    school: School,
    programs: Sequence[Program],
    earnings: dict[tuple[str, int], ProgramEarnings],
) -> list[ProgramRow]:
    """By field, then from the shortest award to the longest."""
    ordered = sorted(programs, key=lambda program: (program.field.title, RANK[program.award]))
    return [
        ProgramRow(
            title=program.field.title,
            cip=program.field_id,
            award=str(program.get_award_display()),
            graduates=wording.graduates(program),
            bars=plots.year_bars(program.graduates, program.latest_year),
            earnings=program_earnings(
                earnings.get((program.field_id[:5], CREDENTIAL[program.award]))
            ),
            get_info_url="" if school.retired_at else get_info_url(program),
            code=program_code(program),
        )
        for program in ordered
    ]


# For machines -------------------------------------------------------------------------------


def _json_ld(school: School, families: list[Family], url: str) -> SafeString:
    """Schema.org data as text that is safe inside a script element, which browsers do not run:
    the school, and a course for each program that the page shows."""
    data = {
        "@type": "EducationalOrganization",
        "@id": url,
        "name": school.name,
        "url": school.website or url,
        "alternateName": [alias for alias in school.aliases.splitlines() if alias],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": school.address,
            "addressLocality": school.city,
            "addressRegion": school.state,
            "postalCode": school.zip,
            "addressCountry": "US",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": school.lat, "longitude": school.lon},
    }
    organization = {name: value for name, value in data.items() if value}
    courses = [] if school.retired_at else _courses(families, url)
    graph = {"@context": "https://schema.org", "@graph": [organization, *courses]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)


def _courses(families: list[Family], url: str) -> list[dict[str, object]]:
    return [
        {
            "@type": "Course",
            "name": f"{row.title}, {row.award}",
            "description": f"{row.title}, {row.award}: {row.graduates}.",
            "courseCode": row.cip,
            "educationalCredentialAwarded": row.award,
            "provider": {"@id": url},
        }
        for family in families
        for row in family.rows
    ]
