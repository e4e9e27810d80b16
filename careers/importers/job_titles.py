"""Other names of the work: the handbook's A–Z index, and O*NET's alternate titles.

O*NET's are licensed CC BY 4.0 and credited on the data page. They belong to a guide through the
codes of the newest edition; a broad code of the handbook (13-1020) covers its detailed ones.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.records import Origin
from careers.importers.sync import Changes, sync
from careers.models import Edition, Guide, GuideCode, JobTitle, Version
from careers.soc import broad_of

ONET_COLUMNS = ("O*NET-SOC Code", "Alternate Title")
INDEX_COLUMNS = ("profile", "title")
ONET = "job-titles-onet"  # names in ImportRecord
HANDBOOK = "job-titles-handbook"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class OnetTitle:
    soc: str  # the first seven characters of the O*NET-SOC code
    title: str


def read_index(path: Path) -> list[tuple[str, str]]:
    """(profile number, title) of the embedded A–Z index."""
    return [(row["profile"], row["title"]) for _, row in read_table(path, INDEX_COLUMNS)]


def read_onet_titles(path: Path) -> list[OnetTitle]:
    """Of O*NET's "Alternate Titles", text or converted from Excel: tab separated."""
    titles = []
    for line, row in read_table(path, ONET_COLUMNS, delimiter="\t"):
        code = row["O*NET-SOC Code"]
        if not re.fullmatch(r"\d\d-\d{4}\.\d\d", code):
            raise BadFile(path, line, f"{code!r} is not an O*NET-SOC code")
        titles.append(OnetTitle(code[:7], row["Alternate Title"]))
    return titles


def write_index(rows: list[tuple[str, str]], origin: Origin, report: Report = silent) -> Changes:
    guides = dict(Guide.objects.values_list("profile", "pk"))
    titles = ((guides[number], title, "") for number, title in rows if number in guides)
    return _write(JobTitle.Source.HANDBOOK, titles, origin, "", report)


def write_onet_titles(
    rows: list[OnetTitle], origin: Origin, release: str = "", report: Report = silent
) -> Changes:
    """Titles whose code no guide covers are left out."""
    guides = guides_by_code()
    titles = (
        (guide, row.title, row.soc)
        for row in rows
        if (guide := guides.get(row.soc) or guides.get(broad_of(row.soc)))
    )
    return _write(JobTitle.Source.ONET, titles, origin, release, report)


def guides_by_code() -> dict[str, int]:
    """SOC code → primary key of its guide, in the newest edition."""
    newest = Edition.objects.with_guides().newest_first().first()
    return dict(GuideCode.objects.filter(edition=newest).values_list("soc", "guide_id"))


def initial(title: str) -> str:
    """The letter that the A–Z lists the title under; "#" for anything else."""
    first = unicodedata.normalize("NFKD", title)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _write(
    source: str,
    titles: Iterable[tuple[int, str, str]],
    origin: Origin,
    release: str,
    report: Report,
) -> Changes:
    """A name that several codes of one guide share is kept once, with the first code."""
    rows: dict[tuple[int, str], JobTitle] = {}
    for guide, title, soc in titles:
        if not title or len(title) > _LONGEST:
            raise BadFile(origin.path, None, f"{title[:60]!r} is no job title")
        row = JobTitle(guide_id=guide, source=source, title=title, initial=initial(title), soc=soc)
        rows.setdefault((guide, title), row)
    with transaction.atomic():
        changes = sync(
            JobTitle.objects.filter(source=source),
            rows.values(),
            key=["guide_id", "source", "title"],
            fields=["initial", "soc"],
        )
        if changes.any:
            Version.objects.bump(Version.DATA)
        origin.record(f"job-titles-{source}", release, len(rows))
    report(f"Job titles, {JobTitle.Source(source).label}: {changes}")
    return changes
