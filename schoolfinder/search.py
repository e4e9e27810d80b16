"""Fields of study and schools for the site's search page: words first, then near spellings."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import Q, QuerySet

from careers.panels import Group, Hit
from schoolfinder.controls import finder_url
from schoolfinder.interests import fields_meant, plain_words
from schoolfinder.models import Field, School

MAX_WORDS = 8
CIP = re.compile(r"\d\d(\.\d\d(\d\d)?)?")
CLOSE = 0.8  # how alike a misspelt word must be (difflib ratio)


def field_group(query: str, limit: int) -> Group:
    return Group(
        slug="fields",
        title="Fields of study",
        key_name="cip",
        title_name="title",
        hits=[
            Hit(field.cip, field.title, finder_url(interest=f"cip:{field.cip}"), f"CIP {field.cip}")
            for field in fields_named(query, limit)
        ],
    )


def school_group(query: str, limit: int) -> Group:
    return Group(
        slug="schools",
        title="Schools",
        key_name="unitid",
        title_name="name",
        hits=[
            Hit(
                school.unitid,
                school.name,
                school.get_absolute_url(),
                f"{school.city}, {school.state}",
            )
            for school in schools_named(query, limit)
        ],
    )


def fields_named(query: str, limit: int) -> list[Field]:
    """Programs and groups of fields whose title has the words; what the words mean leads.

    A code finds its field and those under it.
    """
    if CIP.fullmatch(query.strip()):
        return list(Field.objects.filter(cip__startswith=query.strip()).order_by("cip")[:limit])
    words = _words(query)
    if not words:
        return []
    meant = fields_meant(" ".join(words))
    named = Field.objects.in_bulk(meant)
    merged = {cip: named[cip] for cip in meant if cip in named}
    if len(merged) < limit:
        merged |= {field.cip: field for field in _by_title(words, respelled=not merged)}
    return list(merged.values())[:limit]


def _by_title(words: list[str], respelled: bool) -> list[Field]:
    fields = Field.objects.all()
    found = _saying(fields, ["title"], words)
    if not found and respelled:
        known = fields.values_list("title", flat=True)
        found = _saying(fields, ["title"], _respelled(words, known))
    return sorted(found, key=lambda field: _rank(field.title, words, field.level))


def schools_named(query: str, limit: int, schools: QuerySet[School] | None = None) -> list[School]:
    """By name, another name ("UCLA") or number; open ones, unless others are given."""
    words = _words(query)
    if not words:
        return []
    schools = School.objects.open() if schools is None else schools
    if re.fullmatch(r"[0-9]{6}", query.strip()):
        return list(schools.filter(unitid=int(query)))
    found = _saying(schools, ["name", "aliases"], words) or _saying(
        schools, ["name", "aliases"], _respelled(words, schools.values_list("name", flat=True))
    )
    found.sort(key=lambda school: (_rank_school(school, words), -(school.students or 0)))
    return found[:limit]


def _words(query: str) -> list[str]:
    return plain_words(query).split()[:MAX_WORDS]


def _saying[Row: (Field, School)](
    rows: QuerySet[Row], columns: list[str], words: list[str]
) -> list[Row]:
    """Rows that have every word in one of the columns, at the start of a word."""
    if not words:
        return []
    condition = Q()
    for word in words:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        condition &= anywhere
    starts = [re.compile(rf"\b{re.escape(word)}") for word in words]
    return [
        row
        for row in rows.filter(condition)
        if all(
            any(start.search(getattr(row, column).lower()) for column in columns)
            for start in starts
        )
    ]


def _rank(title: str, words: list[str], level: int) -> tuple[bool, bool, int, int]:
    """The name itself, then names that begin so, then short ones; groups before programs."""
    said, asked = plain_words(title), " ".join(words)
    return (said != asked, not said.startswith(asked), len(said), level)


def _rank_school(school: School, words: list[str]) -> int:
    asked = " ".join(words)
    names = [plain_words(name) for name in (school.name, *school.aliases.splitlines())]
    if asked in names:
        return 0
    return 1 if any(name.startswith(asked) for name in names) else 2


def _respelled(words: list[str], names: Iterable[str]) -> list[str]:
    """Each unknown word as the most alike word of the names; nothing when one has none."""
    known = {word for name in names for word in plain_words(name).split() if len(word) > 2}
    corrected = []
    for word in words:
        close = [word] if word in known else get_close_matches(word, known, n=1, cutoff=CLOSE)
        if not close:
            return []
        corrected += close
    return corrected
