"""What a plain version must be, as checks over files: no database is touched.

`check` gives one Defect for each thing that is wrong. Overlap and the rules about licenses need
the handbook's own file; where it is not there, `Report.handbook` is empty and they are left out.
"""

import html
import re
import statistics
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from careers.edition_check.defects import Defect, units
from careers.edition_check.facts import Facts, fact_defects
from careers.edition_check.overlap import Overlap
from careers.edition_check.sameness import sameness
from careers.edition_check.wording import alone, true_grade
from careers.importers.files import BadFile, read_bytes, read_table
from careers.importers.handbook import Handbook, Profile
from careers.importers.ooh_csv import GUIDES, read_slices
from careers.importers.ooh_xml import read_handbook
from careers.plain_text import PlainText, plain_paths, read_glossary, read_plain

__all__ = ["Defect", "Report", "check", "true_grade", "units"]

HIGHEST_MEDIAN = Decimal("7.0")


@dataclass
class Report:
    grades: list[Decimal] = field(default_factory=list)  # one for each text checked
    facts: str = ""  # edition whose figures the facts were checked against, "2024-34"
    handbook: str = ""  # edition of the handbook's own file, when it was there
    onet: bool = False
    runs_compared: int = 0
    defects: list[Defect] = field(default_factory=list)

    @property
    def median_grade(self) -> Decimal:
        return Decimal(statistics.median(self.grades)) if self.grades else Decimal(0)


def check(
    fixtures: Path, data: Path, *, only: Collection[str] = (), fix_grades: bool = False
) -> Report:
    """Check `fixtures/plain`: every guide, or those in `only` against all others.

    Raises reading_grade.NoDictionary, and BadFile when one of the other files is broken.
    """
    profiles = _profile_numbers(fixtures)
    report = Report()
    wanted = set(only) or set(profiles)
    texts = dict(_read_all(fixtures / "plain", wanted, report, whole=not only))
    if fix_grades:
        texts |= {slug: _with_true_grade(fixtures, texts[slug]) for slug in wanted & texts.keys()}
    checked = {slug: text for slug, text in texts.items() if slug in wanted or not only}
    report.grades = [true_grade(text) for text in checked.values()]
    report.defects += _presence(profiles, wanted, checked)
    for text in checked.values():
        report.defects += alone(text)
    report.defects += _references(checked, profiles, set(read_glossary(fixtures / "glossary.csv")))
    report.defects += (defect for defect in sameness(texts) if defect.slug in checked)
    if not only and report.median_grade > HIGHEST_MEDIAN:
        report.defects.append(Defect("all", "grade", f"the median is {report.median_grade}"))
    _check_against_sources(checked, fixtures, data, report)
    report.defects.sort(key=lambda defect: (defect.slug, defect.rule, defect.message))
    return report


def _profile_numbers(fixtures: Path) -> dict[str, str]:
    """By slug, of every guide that must have a plain version."""
    rows = read_table(fixtures / "guide_topics.csv", ["guide", "profile"])
    return {row["guide"]: row["profile"] for _, row in rows}


def _read_all(
    folder: Path, wanted: set[str], report: Report, *, whole: bool
) -> Iterator[tuple[str, PlainText]]:
    """A broken file is a defect, or no concern of ours when it was not asked for."""
    for path in plain_paths(folder):
        try:
            yield path.stem, read_plain(path)
        except BadFile as error:
            if whole or path.stem in wanted:
                report.defects.append(Defect(path.stem, "format", str(error)))


def _with_true_grade(fixtures: Path, text: PlainText) -> PlainText:
    true = true_grade(text)
    if true == text.grade:
        return text
    path = fixtures / "plain" / f"{text.slug}.md"
    content = path.read_text(encoding="utf-8")
    content = re.sub(r"(?m)^grade: .*$", f"grade: {true}", content, count=1)
    path.write_text(content, encoding="utf-8")
    return read_plain(path)


def _presence(
    profiles: Mapping[str, str], wanted: set[str], checked: Mapping[str, PlainText]
) -> Iterator[Defect]:
    for slug in sorted(wanted - checked.keys()):
        yield Defect(slug, "presence", "has no plain version that can be read")
    for slug in sorted(checked.keys() - profiles.keys()):
        yield Defect(slug, "presence", "is no guide of guide_topics.csv")


def _references(
    checked: Mapping[str, PlainText], profiles: Mapping[str, str], terms: set[str]
) -> Iterator[Defect]:
    for slug, text in checked.items():
        if text.profile != profiles.get(slug, text.profile):
            yield Defect(slug, "header", f"the guide's profile is {profiles[slug]}")
        for term in text.terms:
            if term not in terms:
                yield Defect(slug, "terms", f"{term} is not in glossary.csv")


def _check_against_sources(
    checked: Mapping[str, PlainText], fixtures: Path, data: Path, report: Report
) -> None:
    """Fills what the report says of sources, and the defects of overlap and facts."""
    overlap = Overlap(checked.values())
    official = next(iter(sorted((data / "ooh").glob("ooh-20??-??.xml.xz"), reverse=True)), None)
    handbook = read_handbook(official) if official else None
    if handbook:
        report.handbook = _label(handbook)
        for profile in handbook.profiles:
            overlap.compare(_official_blocks(profile), "the handbook")
    tasks = next(iter((data / "onet").glob("onet-*-task-statements.tsv.xz")), None)
    if tasks:
        report.onet = True
        for line in read_bytes(tasks).decode().split("\n")[1:]:
            overlap.compare(line.split("\t"), "O*NET")
    report.runs_compared = overlap.compared
    report.defects += overlap.defects()
    report.defects += _facts(checked, handbook or _embedded(fixtures), report)


def _embedded(fixtures: Path) -> Handbook | None:
    folder = next((path.parent for path in fixtures.glob(f"*/{GUIDES}")), None)
    return read_slices(folder) if folder else None


def _facts(
    checked: Mapping[str, PlainText], handbook: Handbook | None, report: Report
) -> Iterator[Defect]:
    if handbook is None:
        return
    report.facts = _label(handbook)
    for profile in handbook.profiles:
        if text := checked.get(profile.slug):
            become = " ".join(
                b for s in profile.sections if s.key == "become" for b in _blocks(s.html)
            )
            facts = Facts(profile.education, profile.experience, profile.training, become.lower())
            yield from fact_defects(text, facts)


def _official_blocks(profile: Profile) -> Iterator[str]:
    for section in profile.sections:
        yield section.summary
        yield from _blocks(section.html)


_BLOCK_TAG = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|td|tr|th|table|div|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def _blocks(markup: str) -> list[str]:
    """Paragraphs and list items of cleaned HTML, as text."""
    parts = _BLOCK_TAG.split(markup)
    return [html.unescape(_TAG.sub("", part)) for part in parts if part.strip()]


def _label(handbook: Handbook) -> str:
    return f"{handbook.base_year}-{handbook.projection_year % 100:02}"
