"""One text by itself: its lengths, its reading grade, and words that it does without."""

import re
from collections.abc import Iterator
from decimal import Decimal

from careers.edition_check import reading_grade
from careers.edition_check.defects import Defect, units
from careers.plain_text import PlainText

HIGHEST_GRADE = Decimal("8.0")
WORDS = {  # in order of the page
    "summary": (8, 25),
    "what": (80, 140),
    "where": (40, 80),
    "start": (60, 120),
    "pay": (30, 60),
    "outlook": (30, 60),
}
LINES = {"tasks": (4, 6), "like": (3, 4), "twice": (3, 4), "terms": (3, 5), "words": (3, 6)}

FIGURES = (
    (re.compile(r"\$"), "a dollar sign"),
    (re.compile(r"%|\bper ?cent\b"), "a percentage"),
    (re.compile(r"\b(?!911\b|401\b|990\b)\d{3,}\b|\b\d{1,3},\d{3}\b"), "a number of 100 or more"),
    (re.compile(r"\b\d+[.\d]* (?:jobs?|openings|workers|dollars|positions)\b"), "a figure"),
    (
        re.compile(
            r"\b(?:hundreds?|thousands?|millions?|billions?) (?:of )?(?:new )?"
            r"(?:dollars|jobs|openings|workers|positions)\b"
        ),
        "a figure in words",
    ),
    (
        re.compile(
            r"\b(?:one|two|three|four|nine)(?: \w+)? (?:in|out of)(?: every)? "
            r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)\b"
        ),
        "a share in words",
    ),
)
UNWANTED = (
    (re.compile(r"\b(?:he|she|his|hers?|him|himself|herself)\b"), "a gendered pronoun"),
    (
        re.compile(
            r"\b(?:manpower|workman|workmen|\w+(?<!hu)(?<!wo)man's job|salesm[ae]n|firem[ae]n"
            r"|policem[ae]n|mailm[ae]n|chairm[ae]n|foreman|foremen|craftsm[ae]n|repairm[ae]n"
            r"|housewi\w+|waitress(?!es)|stewardess|girls?|boys?|ladies|guys?|male nurse)\b"
        ),
        "a gendered word",
    ),
    (
        re.compile(
            r"\b(?:dream job|dream career|rewarding|exciting|passion\w*|guarantee[sd]?"
            r"|recession.proof|secure your future|sky is the limit|best jobs?|perfect job"
            r"|you will love|never be out of work|fulfilling|world.class|cutting.edge"
            r"|fast.paced|fieldguide)\b"
        ),
        "a promise or empty praise",
    ),
    (
        re.compile(r"\b(?:licence|programme|organis\w+|colour\w*|centre|labour\w*|behaviour\w*)\b"),
        "British spelling",
    ),
)
_YOU = re.compile(r"\byou(?:r|rs|rself|'re|'ll|'ve|'d)?\b")


def true_grade(text: PlainText) -> Decimal:
    """Of the paragraphs and the lists together, each list line a sentence."""
    return reading_grade.grade(unit for _, unit in units(text))


def alone(text: PlainText) -> Iterator[Defect]:
    yield from _lengths(text)
    yield from _grades(text)
    yield from _wording(text)


def _lengths(text: PlainText) -> Iterator[Defect]:
    for part, (least, most) in WORDS.items():
        count = sum(len(unit.split()) for p, unit in units(text) if p == part)
        if not least <= count <= most:
            yield Defect(
                text.slug, "length", f"{part} has {count} words; {least}–{most} are wanted"
            )
    for part, (least, most) in LINES.items():
        lines = getattr(text, part)
        if not least <= len(lines) <= most:
            yield Defect(text.slug, "length", f"{part} has {len(lines)}; {least}–{most} are wanted")
        if len(set(lines)) != len(lines):
            yield Defect(text.slug, "length", f"{part} says the same twice")


def _grades(text: PlainText) -> Iterator[Defect]:
    true = true_grade(text)
    if true > HIGHEST_GRADE:
        yield Defect(text.slug, "grade", f"{true} is above {HIGHEST_GRADE}")
    if abs(true - text.grade) > Decimal("0.05"):
        yield Defect(text.slug, "grade", f"the header says {text.grade}, the text is {true}")
    prose = reading_grade.grade(unit for part, unit in units(text) if part not in LINES)
    if prose > HIGHEST_GRADE:
        yield Defect(text.slug, "grade", f"without its lists {prose} is above {HIGHEST_GRADE}")


def _wording(text: PlainText) -> Iterator[Defect]:
    for part, unit in units(text):
        plain = reading_grade.straight(unit).lower()
        for pattern, what in (*FIGURES, *UNWANTED):
            if found := pattern.search(plain):
                yield Defect(text.slug, "wording", f"{part} has {what}: “{found[0]}”")
    for part in ("what", "start"):
        if not any(_YOU.search(unit.lower()) for p, unit in units(text) if p == part):
            yield Defect(text.slug, "wording", f"{part} does not speak to “you”")
