"""The files of our own words: `fixtures/plain/<slug>.md`, one a guide, and the glossary.

A header of `key: value` lines, an empty line, then the nine parts under `# headings`, in order.
Lines that follow each other are one paragraph; an empty line ends it. `fixtures/README.md`
describes the format for writers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from careers.importers.files import BadFile, read_bytes, read_table

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


def _lines(path: Path) -> list[str]:
    content = read_bytes(path)
    try:
        return content.decode("utf-8").replace("\r\n", "\n").split("\n")
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
    """Headings, paragraphs, list items and steps: a line that begins none of them continues one."""
    block: _Block | None = None
    for number, raw in enumerate(lines[len(HEADER) :], start=len(HEADER) + 1):
        line = raw.strip()
        heading, item = line.startswith("#"), line.startswith("- ")
        begins = heading or item or line.startswith(tuple(f"{step}:" for step in STEPS))
        if block and (begins or not line):
            yield block
            block = None
        if heading:
            yield _Block(number, line, is_item=False)
        elif line and block is None:
            block = _Block(number, line.removeprefix("- ").strip(), is_item=item)
        elif line and block:
            block = replace(block, text=f"{block.text} {line}")
    if block:
        yield block


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
