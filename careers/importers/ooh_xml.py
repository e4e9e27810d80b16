"""BLS's own file of the whole handbook, `xml-compilation.xml`, as a `Handbook`.

Read as a stream: an occupation's elements are dropped once its texts are taken. Sections are HTML
fragments inside the XML; what they hold beyond prose is found by `ooh_facts`.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree

from careers.importers import ooh_facts, ooh_html
from careers.importers.amounts import NotAnAmount, amount, whole
from careers.importers.files import BadFile, Limited, open_unpacked
from careers.importers.handbook import Handbook, Profile, Text
from careers.importers.progress import Report, silent
from careers.soc import is_code

MOST_BYTES = 256 * 1024 * 1024  # twenty times the real file

# Our key of a section and its element, in page order.
SECTIONS = {
    "what": "what_they_do",
    "where": "work_environment",
    "become": "how_to_become_one",
    "pay": "pay",
    "outlook": "job_outlook",
    "more": "more_information",
}
_SUMMARIES = {
    "what": "summary_what_they_do",
    "where": "summary_work_environment",
    "become": "summary_how_to_become_one",
    "pay": "summary_pay",
    "outlook": "summary_outlook",
    "more": "summary_more_information",
}
_TEXTS = (
    *("title", "occupation_code", "occupation_name_short_singular", "video_link", "publish_date"),
    *(
        f"quick_facts/{name}"
        for name in (
            "qf_median_pay_annual/value",
            "qf_median_pay_annual/note",
            "qf_median_pay_annual/help",
            "qf_median_pay_hourly/value",
            "qf_median_pay_hourly/note",
            "qf_entry_level_education/value",
            "qf_work_experience/value",
            "qf_on_the_job_training/value",
            "qf_number_of_jobs/value",
            "qf_employment_outlook/value",
            "qf_employment_outlook/description",
            "qf_employment_outlook/help",
            "qf_employment_openings/value",
        )
    ),
    *_SUMMARIES.values(),
    *(f"{element}/section_title" for element in SECTIONS.values()),
    *(f"{element}/section_body" for element in SECTIONS.values()),
    "job_outlook/section_datatable",
    "similar_occupations/section_body",
    "citation",
)

EDUCATION = {
    "no formal educational credential": "none",
    "high school diploma or equivalent": "high-school",
    "some college, no degree": "some-college",
    "postsecondary nondegree award": "nondegree",
    "associate's degree": "associate",
    "bachelor's degree": "bachelor",
    "master's degree": "master",
    "doctoral or professional degree": "doctoral",
}
EXPERIENCE = {"none": "none", "less than 5 years": "under-5", "5 years or more": "over-5"}
TRAINING = {
    "none": "none",
    "short-term on-the-job training": "short",
    "moderate-term on-the-job training": "moderate",
    "long-term on-the-job training": "long",
    "apprenticeship": "apprenticeship",
    "internship/residency": "internship",
}
OUTLOOK = {
    "decline": "decline",
    "declining": "decline",
    "little or no change": "little",
    "slower than average": "slower",
    "as fast as average": "average",
    "faster than average": "faster",
    "much faster than average": "much-faster",
}
_NOT_GIVEN = {"", "see how to become one"}


@dataclass(frozen=True)
class _Raw:
    """The texts of one occupation, as they stand in the file."""

    line: int
    texts: Mapping[str, str]
    codes: tuple[str, ...]


@dataclass
class _File:
    """What the stream gives: the edition's own elements by name, and the occupations."""

    heads: dict[str, tuple[str, int]] = field(default_factory=dict)
    occupations: list[_Raw] = field(default_factory=list)


def read_handbook(
    path: Path, known_slugs: Collection[str] = (), report: Report = silent
) -> Handbook:
    """Raises BadFile with the line.

    Links to `known_slugs` lead to our pages, as do links to the file's own profiles.
    """
    raw = _read(path)
    if not raw.occupations:
        raise BadFile(path, None, "holds no occupation")
    addresses = [_address(path, occupation) for occupation in raw.occupations]
    slugs = {slug for _, slug in addresses} | set(known_slugs)
    report(f"{len(addresses)} profiles read; cleaning their text")
    period = ooh_html.plain(_head(path, raw, "reference_period"))
    if not re.fullmatch(r"[A-Z][a-z]+ \d{4}", period):
        raise BadFile(path, raw.heads["reference_period"][1], f"{period!r} is not a month and year")
    first = [occupation.texts for occupation in raw.occupations[:20]]
    handbook = Handbook(
        base_year=_year(path, raw, "current_year"),
        projection_year=_year(path, raw, "projection_year"),
        reference_period=period,
        last_updated=_last_updated(path, raw),
        growth_all=ooh_facts.growth_all(
            [texts["quick_facts/qf_employment_outlook/help"] for texts in first]
        ),
        median_pay_all=ooh_facts.median_pay_all(
            [texts["quick_facts/qf_median_pay_annual/help"] for texts in first]
        ),
        profiles=tuple(
            _profile(path, occupation, group, slug, period, slugs)
            for occupation, (group, slug) in zip(raw.occupations, addresses, strict=True)
        ),
    )
    _refuse_doubles(path, raw, handbook)
    return handbook


# The stream ----------------------------------------------------------------------------------


def _read(path: Path) -> _File:
    try:
        with open_unpacked(path) as stream:
            return _stream(path, Limited(stream, path, MOST_BYTES))
    except FileNotFoundError as error:
        raise BadFile(path, None, "there is no such file") from error
    except (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile) as error:
        raise BadFile(path, None, f"cannot be unpacked ({error})") from error


def _stream(path: Path, stream: Limited) -> _File:
    """Entities are never resolved, nothing is fetched, and a text node has libxml2's own limit."""
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        return _collect(path, events)
    except etree.XMLSyntaxError as error:
        # The first error is the cause; the exception may tell of a later one, without a line.
        first = next(iter(events.error_log), None)
        message, line = (first.message, first.line) if first else (str(error.msg), error.lineno)
        raise BadFile(
            path, line or 1, f"is not well-formed XML: {ooh_html.fold(without_quote(message))}"
        ) from error


def without_quote(message: str) -> str:
    """The parser's words only: after them it may quote a piece of the document."""
    return message.partition("\n")[0].partition("<")[0]


def _collect(path: Path, events: Iterable[tuple[str, etree._Element]]) -> _File:
    """What has been taken is dropped from the tree, so that it never holds much."""
    found = _File()
    root: etree._Element | None = None
    for event, element in events:
        if root is None:
            root = element
            _check_root(path, root)
        if event == "start" or element.getparent() is not root:
            continue
        if element.tag == "occupation":
            found.occupations.append(_raw(path, element))
        else:
            found.heads[str(element.tag)] = (element.text or "", _line(element))
        element.clear()
        while element.getprevious() is not None:
            del root[0]
    return found


def _check_root(path: Path, root: etree._Element) -> None:
    if root.tag != "ooh":
        name = str(root.tag).rpartition("}")[2]
        what = "a web page" if name.lower() == "html" else f"<{name}>"
        raise BadFile(path, _line(root), f"is {what}, not the handbook's <ooh>")
    definition = root.getroottree().docinfo.internalDTD
    if definition is not None and list(definition.iterentities()):  # type: ignore[attr-defined]
        raise BadFile(path, 1, "defines entities; the handbook does not")


def _raw(path: Path, occupation: etree._Element) -> _Raw:
    for entity in occupation.iter(etree.Entity):
        raise BadFile(path, _line(entity), f"the entity {entity.text} is not defined")
    return _Raw(
        line=_line(occupation),
        texts={name: occupation.findtext(name) or "" for name in _TEXTS},
        codes=tuple(ooh_html.plain(code.text) for code in occupation.iterfind(".//soc_code")),
    )


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


# The edition ---------------------------------------------------------------------------------


def _head(path: Path, raw: _File, name: str) -> str:
    if name not in raw.heads:
        raise BadFile(path, None, f"lacks <{name}>")
    return raw.heads[name][0]


def _year(path: Path, raw: _File, name: str) -> int:
    text = _head(path, raw, name).strip()
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise BadFile(path, raw.heads[name][1], f"<{name}> is {text!r}, not a year")
    return int(text)


def _last_updated(path: Path, raw: _File) -> date | None:
    """M/D/YYYY without leading zeros; a spreadsheet may have shortened the year."""
    text, line = raw.heads.get("last_updated", ("", 1))
    if not text.strip():
        return None
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", text.strip())
    try:
        if match is None:
            return date.fromisoformat(text.strip())
        month, day, year = (int(part) for part in match.groups())
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError as error:
        raise BadFile(path, line, f"<last_updated> is {text!r}, not a date") from error


def _address(path: Path, raw: _Raw) -> tuple[str, str]:
    found = ooh_facts.address(raw.texts["citation"])
    if found is None:
        title = ooh_html.plain(raw.texts["title"])
        raise BadFile(path, raw.line, f"the citation of {title!r} names no address")
    return found


def _refuse_doubles(path: Path, raw: _File, handbook: Handbook) -> None:
    """Profile numbers, slugs and SOC codes each belong to one profile."""
    seen: set[str] = set()
    for occupation, profile in zip(raw.occupations, handbook.profiles, strict=True):
        for key in (profile.number, profile.slug, *(soc for soc, _ in profile.codes)):
            if key in seen:
                raise BadFile(path, occupation.line, f"{key} stands in two profiles")
            seen.add(key)


# One profile ---------------------------------------------------------------------------------


def _profile(
    path: Path, raw: _Raw, group: str, slug: str, period: str, slugs: Collection[str]
) -> Profile:
    try:
        return _read_profile(raw, group, slug, period, slugs)
    except (NotAnAmount, ValueError) as error:
        raise BadFile(path, raw.line, f"profile {slug}: {error}") from error


def _read_profile(raw: _Raw, group: str, slug: str, period: str, slugs: Collection[str]) -> Profile:
    texts = raw.texts
    annual = whole(_fact(texts, "qf_median_pay_annual/value"))
    notes = " ".join(_fact(texts, f"qf_median_pay_{unit}/note") for unit in ("annual", "hourly"))
    return Profile(
        number=_number(ooh_html.plain(texts["occupation_code"])),
        slug=slug,
        group=group,
        title=_title(texts),
        singular=ooh_html.plain(texts["occupation_name_short_singular"]),
        video_url=_video(texts["video_link"].strip()),
        last_changed=_publish_date(texts["publish_date"].strip()),
        median_pay_annual=annual,
        median_pay_hourly=amount(_fact(texts, "qf_median_pay_hourly/value")),
        pay_at_least=ooh_facts.pay_floor(notes) if annual is None else None,
        jobs=whole(_fact(texts, "qf_number_of_jobs/value")),
        growth=whole(_fact(texts, "qf_employment_outlook/value")),
        # Misnamed by BLS: the change in employment over ten years, not openings.
        change=whole(_fact(texts, "qf_employment_openings/value")),
        openings=ooh_facts.openings(texts["job_outlook/section_body"], texts["summary_outlook"]),
        outlook=_choice(OUTLOOK, _fact(texts, "qf_employment_outlook/description")),
        education=_choice(EDUCATION, _fact(texts, "qf_entry_level_education/value")),
        experience=_choice(EXPERIENCE, _fact(texts, "qf_work_experience/value")),
        training=_choice(TRAINING, _fact(texts, "qf_on_the_job_training/value")),
        codes=_codes(raw),
        similar=ooh_facts.similar(texts["similar_occupations/section_body"], slug),
        percentiles=ooh_facts.percentiles(texts["pay/section_body"], period),
        shares=ooh_facts.shares(texts["work_environment/section_body"]),
        industry_pay=ooh_facts.industry_pay(texts["pay/section_body"]),
        sections=tuple(_sections(texts, slugs)),
    )


def _fact(texts: Mapping[str, str], name: str) -> str:
    return ooh_html.plain(texts[f"quick_facts/{name}"])


def _number(code: str) -> str:
    """The digits: the letter before them changes with the edition (Y047, B047)."""
    match = re.fullmatch(r"[A-Z]?(\d{3})", code)
    if not match:
        raise ValueError(f"occupation_code is {code!r}")
    return match[1]


def _title(texts: Mapping[str, str]) -> str:
    title = ooh_html.plain(texts["title"])
    if not title:
        raise ValueError("has no title")
    return title


def _video(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""


def _publish_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _choice(choices: Mapping[str, str], text: str) -> str:
    """Our key; empty where BLS says nothing, which differs from its "None"."""
    wanted = text.replace("’", "'").lower()
    if wanted in _NOT_GIVEN:
        return ""
    if wanted not in choices:
        raise ValueError(f"{text!r} is not among {', '.join(choices)}")
    return choices[wanted]


def _codes(raw: _Raw) -> tuple[tuple[str, str], ...]:
    titles = ooh_facts.code_titles(raw.texts["job_outlook/section_datatable"])
    for soc in raw.codes:
        if not is_code(soc):
            raise ValueError(f"soc_code is {soc!r}")
    return tuple(sorted((soc, titles.get(soc, "")) for soc in set(raw.codes)))


def _sections(texts: Mapping[str, str], slugs: Collection[str]) -> Iterator[Text]:
    """Those that say something; the members' projections follow the text of the outlook."""
    for key, element in SECTIONS.items():
        body = texts[f"{element}/section_body"]
        if key == "outlook":
            body += _members_table(texts["job_outlook/section_datatable"])
        cleaned = ooh_html.clean(body, slugs)
        if cleaned:
            yield Text(
                key=key,
                title=ooh_html.plain(texts[f"{element}/section_title"]),
                summary=_summary(texts[_SUMMARIES[key]]),
                html=cleaned,
                words=ooh_html.words_outside_tables(cleaned),
            )


def _members_table(datatable: str) -> str:
    """Only where there are members: one row would repeat the quick facts."""
    table = next(iter(ooh_html.parse(datatable).iter("table")), None)
    if table is None or len(ooh_facts.code_titles(datatable)) < 2:
        return ""
    for row in table.iter("tr"):
        last = list(row)[-1]
        if "data" in last.text_content().lower() or "industry" in last.text_content().lower():
            last.drop_tree()  # "Get data": a link to BLS's query tool
    return ooh_html.source_of(table)


def _summary(source: str) -> str:
    """Plain text, without the heading that each begins with."""
    tree = ooh_html.parse(source)
    for heading in list(tree.iter("h3", "h4")):
        heading.drop_tree()
    return ooh_html.text_of(ooh_html.source_of(tree))
