"""No template: the same opening, or the same sentence, in one guide after another."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from careers.edition_check.defects import Defect, units
from careers.edition_check.reading_grade import split_sentences, split_words
from careers.plain_text import PlainText

OPENING = 5  # words
# First steps are told to everyone in much the same way; elsewhere sameness is a defect sooner.
MOST_GUIDES_IN_START = 10
MOST_GUIDES = 3


def sameness(texts: Mapping[str, PlainText]) -> Iterator[Defect]:
    openings: dict[tuple[bool, str], set[str]] = defaultdict(set)
    sentences: Counter[str] = Counter()
    first: dict[str, str] = {}
    for slug, part, words in _sentences(texts):
        if len(words) >= OPENING:
            openings[part == "start", " ".join(words[:OPENING])].add(slug)
        sentence = " ".join(words)
        sentences[sentence] += 1
        if sentences[sentence] > 1:
            for of in {slug, first[sentence]}:
                yield Defect(of, "twice", f"{slug} and {first[sentence]} both have “{sentence}”")
        first.setdefault(sentence, slug)
    for (in_start, opening), slugs in openings.items():
        if len(slugs) > (MOST_GUIDES_IN_START if in_start else MOST_GUIDES):
            for slug in slugs:
                yield Defect(
                    slug, "opening", f"“{opening} …” opens sentences of {len(slugs)} guides"
                )


def _sentences(texts: Mapping[str, PlainText]) -> Iterator[tuple[str, str, list[str]]]:
    for slug in sorted(texts):
        for part, unit in units(texts[slug]):
            for sentence in split_sentences(unit):
                yield slug, part, [word.lower() for word in split_words(sentence)]
