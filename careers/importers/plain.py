"""Our own plain versions: `fixtures/plain/<slug>.md`, one readable file a guide.

A header of `key: value` lines, an empty line, then the nine parts under `# headings`, in order.
Lines that follow each other are one paragraph; an empty line ends it. `fixtures/README.md`
describes the format for writers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from careers.importers.files import BadFile, read_bytes, read_table
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

HEADER = ("slug", "profile", "edition", "grade", "terms", "words")
PARTS = {
    "Summary": "summary",
    "What the work is": "what",
    "Where and when": "where",
    "How to start": "start",
    "What pay depends on": "pay",
    "Where it is heading": "outlook",
    "You may like it if": "like",
    "Think twice if": "twice",
}
STEPS = ("Now", "Next", "Later")

_HEADER_FORMS = {
    "slug": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "profile": re.compile(r"[0-9]{3}"),
    "edition": re.compile(r"20[0-9]{2}-[0-9]{2}"),
    "grade": re.compile(r"[0-9]{1,2}\.[0-9]"),
    "terms": re.compile(r"[a-z0-9-]+(, [a-z0-9-]+)*"),
    "words": re.compile(r"[^,\s][^,]*(, [^,\s][^,]*)*"),
}


@dataclass(frozen=True)
class PlainText:
    """One file. Texts hold paragraphs separated by an empty line."""

    slug: str
    profile: str  # "035"
    edition: str  # "2024-34"
    grade: Decimal
    terms: tuple[str, ...]  # slugs of the glossary
    words: tuple[str, ...]  # familiar names of the work, for search
    summary: str
    what: str
    tasks: tuple[str, ...]
    where: str
    start: tuple[tuple[str, str], ...]  # (("Now", "…"), ("Next", "…"), ("Later", "…"))
    pay: str
    outlook: str
    like: tuple[str, ...]
    twice: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """A paragraph or a list item, and the line it begins at."""

    line: int
    text: str
    is_item: bool


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
    _report_overrides(report)
    report(f"Plain versions and glossary: {changes}")
    return changes


def read_plain(path: Path) -> PlainText:
    """Raises BadFile with the line where the text leaves the format."""
    lines = _lines(path)
    header = _header(path, lines)
    parts = _parts(path, lines)
    return PlainText(
        slug=header["slug"],
        profile=header["profile"],
        edition=header["edition"],
        grade=Decimal(header["grade"]),
        terms=tuple(header["terms"].split(", ")),
        words=tuple(header["words"].split(", ")),
        summary=_one_line(path, parts["summary"]),
        what=_prose(path, parts["what"], may_end_in_items=True),
        tasks=tuple(block.text for block in parts["what"] if block.is_item),
        where=_prose(path, parts["where"]),
        start=_steps(path, parts["start"]),
        pay=_prose(path, parts["pay"]),
        outlook=_prose(path, parts["outlook"]),
        like=_items(path, parts["like"]),
        twice=_items(path, parts["twice"]),
    )


def plain_paths(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def read_glossary(path: Path) -> dict[str, tuple[str, str]]:
    """(term, definition) by slug."""
    terms: dict[str, tuple[str, str]] = {}
    for line, row in read_table(path, ["slug", "term", "definition"]):
        if row["slug"] in terms:
            raise BadFile(path, line, f"{row['slug']} stands here a second time")
        terms[row["slug"]] = row["term"], row["definition"]
    return terms


def typographic(text: str) -> str:
    """Straight quotes, which are easy to write, as the curly ones that are good to read."""
    text = re.sub(r'(?<![^\s(])"', "“", text).replace('"', "”")
    return text.replace("'", "’")


def _lines(path: Path) -> list[str]:
    content = read_bytes(path)
    try:
        return content.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile(path, line, "is not UTF-8") from error


def _header(path: Path, lines: list[str]) -> dict[str, str]:
    header = {}
    for number, (key, line) in enumerate(zip(HEADER, lines, strict=False), start=1):
        start, _, value = line.partition(": ")
        if start != key:
            raise BadFile(path, number, f"“{key}: …” is missing here")
        if not _HEADER_FORMS[key].fullmatch(value):
            raise BadFile(path, number, f"{key} has a wrong form: {value!r}")
        header[key] = value
    if len(lines) <= len(HEADER) or lines[len(HEADER)].strip():
        raise BadFile(path, len(HEADER) + 1, "an empty line must end the header")
    if header["slug"] != path.stem:
        raise BadFile(path, 1, f"slug {header['slug']} differs from the file's name")
    return header


def _parts(path: Path, lines: list[str]) -> dict[str, list[_Block]]:
    """Blocks by part; every part once, in the order of PARTS, none of them empty."""
    parts: dict[str, list[_Block]] = {}
    expected = iter(PARTS.items())
    blocks: list[_Block] | None = None
    for block in _blocks(lines):
        if block.text.startswith("#"):
            heading, part = next(expected, ("", ""))
            if block.text != f"# {heading}":
                wanted = f"“# {heading}”" if heading else "no further heading"
                raise BadFile(path, block.line, f"{wanted} should stand here")
            blocks = parts[part] = []
        elif blocks is None:
            raise BadFile(path, block.line, "text before the first heading")
        else:
            blocks.append(block)
    missing = next(expected, None)
    if missing:
        raise BadFile(path, len(lines), f"“# {missing[0]}” is missing")
    for heading, part in PARTS.items():
        if not parts[part]:
            raise BadFile(path, len(lines), f"“# {heading}” is empty")
    return parts


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Headings, items and steps stand on a line of their own; other lines join to paragraphs."""
    first, paragraph = 0, ""
    for number, raw in enumerate(lines[len(HEADER) :], start=len(HEADER) + 1):
        line = raw.strip()
        alone = line.startswith(("#", "- ", *(f"{step}:" for step in STEPS)))
        if paragraph and (alone or not line):
            yield _Block(first, paragraph, is_item=False)
            paragraph = ""
        if alone:
            yield _Block(number, line.removeprefix("- ").strip(), is_item=line.startswith("- "))
        elif line:
            first = first if paragraph else number
            paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield _Block(first, paragraph, is_item=False)


def _one_line(path: Path, blocks: list[_Block]) -> str:
    if len(blocks) != 1:
        raise BadFile(path, blocks[1].line, "the summary is one line")
    return _prose(path, blocks)


def _prose(path: Path, blocks: list[_Block], *, may_end_in_items: bool = False) -> str:
    """Paragraphs; where items may follow, none of the paragraphs may come after them."""
    paragraphs = [block.text for block in blocks if not block.is_item]
    for before, block in enumerate(blocks):
        misplaced = before < len(paragraphs) if may_end_in_items else True
        if block.is_item and misplaced:
            raise BadFile(path, block.line, "no list item belongs here")
    return "\n\n".join(paragraphs)


def _steps(path: Path, blocks: list[_Block]) -> tuple[tuple[str, str], ...]:
    steps = []
    for position, block in enumerate(blocks):
        label, colon, text = block.text.partition(": ")
        if not colon or position >= len(STEPS) or label != STEPS[position]:
            reason = "the steps are one line each: “Now: …”, “Next: …”, “Later: …”"
            raise BadFile(path, block.line, reason)
        steps.append((label, text))
    if len(steps) != len(STEPS):
        raise BadFile(path, blocks[-1].line, f"“{STEPS[len(steps)]}: …” is missing")
    return tuple(steps)


def _items(path: Path, blocks: list[_Block]) -> tuple[str, ...]:
    for block in blocks:
        if not block.is_item:
            raise BadFile(path, block.line, "only lines that begin with “- ” belong here")
    return tuple(block.text for block in blocks)


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
    guide_ids = dict(Guide.objects.values_list("profile", "pk"))
    known = {guide_ids[text.profile]: text for text in texts if text.profile in guide_ids}
    for text in texts:
        if text.profile not in guide_ids:
            report(f"{text.slug}: no guide has profile {text.profile}; left out")
    editions = {slug: _edition(slug) for slug in {text.edition for text in known.values()}}
    rows = [_version(guide_id, editions, text) for guide_id, text in known.items()]
    titles = [
        JobTitle(
            guide_id=guide_id,
            source=JobTitle.Source.FAMILIAR,
            title=word,
            initial=word[0].upper() if word[0].isalpha() else "#",
        )
        for guide_id, text in known.items()
        for word in text.words
    ]
    return (
        sync(PlainVersion.objects.all(), rows, key=["guide_id"], fields=_FIELDS, gone="keep")
        + _drop_versions(known)
        + sync(
            JobTitle.objects.filter(source=JobTitle.Source.FAMILIAR),
            titles,
            key=["guide_id", "source", "title"],
            fields=["initial"],
        )
    )


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
    """ "2024-34": made when its handbook is not loaded, so that the text can name it."""
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
