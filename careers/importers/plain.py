"""Our own plain versions and glossary, from files to rows. `careers.plain_text` reads them."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction

from careers.importers import records
from careers.importers.files import BadFile
from careers.importers.job_titles import initial
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, sync
from careers.models import (
    Edition,
    GlossaryTerm,
    Guide,
    JobTitle,
    PlainOverride,
    PlainVersion,
    Version,
)
from careers.plain_text import HEADER, PlainText, plain_paths, read_glossary, read_plain


def import_plain(folder: Path, report: Report = silent) -> Changes:
    """Load `plain/` and `glossary.csv` of a folder; run this after its guides are loaded.

    Local overrides stay as they are and are reported. A file for a guide that is not there is
    left out and reported.
    """
    texts = [read_plain(path) for path in plain_paths(folder / "plain")]
    terms = read_glossary(folder / "glossary.csv")
    _check_terms(folder, texts, terms)
    with transaction.atomic():
        changes = _write_glossary(terms) + _write_texts(texts, report)
        if changes.any:
            Version.objects.bump(Version.DATA)
        records.record("plain", "", _digest(folder), len(texts))
    _report_overrides(report)
    report(f"Plain versions and glossary: {changes}")
    return changes


def typographic(text: str) -> str:
    """Straight quotes, which are easy to write, as the curly ones that are good to read."""
    text = re.sub(r'(?<![^\s(])"', "“", text).replace('"', "”")
    return text.replace("'", "’")


def _digest(folder: Path) -> str:
    """Of all the files together."""
    content = (path.read_bytes() for path in plain_paths(folder / "plain"))
    return hashlib.sha256(
        b"\0".join([*content, (folder / "glossary.csv").read_bytes()])
    ).hexdigest()


def _check_terms(folder: Path, texts: Iterable[PlainText], terms: Mapping[str, object]) -> None:
    for text in texts:
        for term in text.terms:
            if term not in terms:
                path = folder / "plain" / f"{text.slug}.md"
                raise BadFile(path, HEADER.index("terms") + 1, f"the glossary has no {term}")


def _write_glossary(terms: Mapping[str, tuple[str, str]]) -> Changes:
    rows = [
        GlossaryTerm(slug=slug, term=typographic(term), definition=typographic(definition))
        for slug, (term, definition) in terms.items()
    ]
    return sync(GlossaryTerm.objects.all(), rows, key=["slug"], fields=["term", "definition"])


def _write_texts(texts: Iterable[PlainText], report: Report) -> Changes:
    known = _by_guide(texts, report)
    editions = {slug: _edition(slug) for slug in {text.edition for text in known.values()}}
    rows = [_version(guide_id, editions, text) for guide_id, text in known.items()]
    changes = sync(PlainVersion.objects.all(), rows, key=["guide_id"], fields=_FIELDS, gone="keep")
    return changes + _drop_versions(known) + _write_words(known)


def _by_guide(texts: Iterable[PlainText], report: Report) -> dict[int, PlainText]:
    """By primary key of the guide, which is found by its number: slugs change."""
    guide_ids = dict(Guide.objects.values_list("profile", "pk"))
    known = {}
    for text in texts:
        if text.profile in guide_ids:
            known[guide_ids[text.profile]] = text
        else:
            report(f"{text.slug}: no guide has profile {text.profile}; left out")
    return known


def _write_words(known: Mapping[int, PlainText]) -> Changes:
    familiar = JobTitle.Source.FAMILIAR
    titles = [
        JobTitle(guide_id=guide_id, source=familiar, title=word, initial=initial(word))
        for guide_id, text in known.items()
        for word in text.words
    ]
    scope = JobTitle.objects.filter(source=familiar)
    return sync(scope, titles, key=["guide_id", "source", "title"], fields=["initial"])


_FIELDS = (
    "edition_id",
    "grade",
    "summary",
    "what",
    "tasks",
    "where",
    "start",
    "pay",
    "outlook",
    "like",
    "twice",
    "terms",
)


def _version(guide_id: int, editions: Mapping[str, Edition], text: PlainText) -> PlainVersion:
    return PlainVersion(
        guide_id=guide_id,
        edition=editions[text.edition],
        grade=text.grade,
        summary=typographic(text.summary),
        what=typographic(text.what),
        tasks=[typographic(line) for line in text.tasks],
        where=typographic(text.where),
        start=[[label, typographic(step)] for label, step in text.start],
        pay=typographic(text.pay),
        outlook=typographic(text.outlook),
        like=[typographic(line) for line in text.like],
        twice=[typographic(line) for line in text.twice],
        terms=list(text.terms),
    )


def _edition(slug: str) -> Edition:
    """Made when its handbook is not loaded, so that the text can name it; slug as "2024-34"."""
    base, short = slug.split("-")
    projection = int(base[:2] + short)
    edition, _ = Edition.objects.get_or_create(base_year=int(base), projection_year=projection)
    return edition


def _drop_versions(known: Mapping[int, PlainText]) -> Changes:
    """Those whose file is gone, unless somebody has corrected them here."""
    gone, _ = PlainVersion.objects.exclude(guide__in=known).filter(overrides=None).delete()
    return Changes(gone=gone)


def _report_overrides(report: Report) -> None:
    for override in PlainOverride.objects.select_related("plain__guide"):
        report(f"{override.plain.guide.slug}: {override.part} is overridden here and was kept")
