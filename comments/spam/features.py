"""What the learned filter sees of a text: words, pieces of words, hints, and the shape of it.

Words alone travel badly: the next campaign sells something else. So beside them stand hints
that stay the same from one to the next: somebody is asked to do something, something of the
writer's own is praised, money, a link and how little there is around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from math import log2, sqrt

from comments.text import INVISIBLE

HEAD, TAIL = 1500, 500  # characters that are looked at: a link likes to stand at the end
PIECES = (3, 4, 5)  # letters

# How much a group weighs. Words and pieces share theirs among all of their kind in a text;
# each hint has its own. Chosen while looking at comments under three videos, halves and whole
# videos left out alike: figures measured on these lean towards optimism.
WORDS, PIECES_WEIGH, HINT, SHAPE, LINK = 0.7, 0.5, 0.1, 0.1, 0.4
ALWAYS = 0.2  # where the line between good and spam lies

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|watch\?v=\S+"
    r"|\b[\w-]{2,63}\s?\.\s?(?:com|net|org|info|biz|ru|in|ly|se|nl|io|tv|me|us|co|tk|gl|be|link"
    r"|shop|site|online|xyz|club)\b(?:\s?/\s?\S*)?"
)
WARES = (
    r"channels?|pages?|sites?|websites?|videos?|vids?|blogs?|songs?|covers?|remix|store|shop"
    r"|music|rap|album|mixtape|facebook|twitter|instagram|fb|ig|soundcloud|youtube|account"
    r"|profile|group|app|games?|giveaway|contest|survey|links?|course|training|services?"
    r"|offer|deal|products?|ebook"
)
ASKING = (
    r"(?:^|[.!?,;:)\n-]|\b(?:please|pls|plz|and|guys|hey|hi|to|so|can you|go|just|also|should"
    r"|must|u|you|everyone|now|lets|let's))\s*(?:check (?:out|my|this|it|them|him|her|us|me)"
    r"|look (?:at|up)|visit|click|follow|subscribe|sub (?:to|me|my|4|for)|add|watch|listen"
    r"|search|google|type|join|download|buy|order|help|support|share|vote|donate|give|come"
    r"|go to|take|read|hit|try|open|enter|sign|recommend|discover|meet|get|earn|make|win)\b"
)
HINTS = {
    name: re.compile(pattern)
    for name, pattern in {
        "asks for something": ASKING,
        "asks twice": rf"(?s){ASKING}.*?{ASKING}",
        "speaks of itself": r"\b(?:my|our|me|us|mine|im|i'm|i|we)\b",
        "something to visit": rf"\b(?:{WARES})\b",
        "something of its own": rf"\b(?:my|our)\s+(?:\w+\s+){{0,3}}?(?:{WARES})\b",
        "money": r"\$|\b(?:money|earn|earning|cash|free|cheap|prices?|income|profit|paypal|dollars?"
        r"|win|winner|gift|card|discount|sale|rich|richest|job|loan|hacks?)\b",
        "a time": r"\b(?:\d+:\d\d|20[01]\d)\b",
        "a link": ADDRESS.pattern,
    }.items()
}


@lru_cache(maxsize=64)
def features(text: str) -> dict[str, float]:
    """Token → how much of it. The first letter of a token says its kind."""
    shown = _as_read(text)
    found = {"always": ALWAYS}
    found |= _shared(set(_words(shown)), WORDS)
    found |= _shared(set(_pieces(shown)), PIECES_WEIGH)
    found |= dict.fromkeys(_hints(shown), HINT)
    found |= dict.fromkeys(_shape(shown, text), SHAPE)
    return found | _link(shown)


def in_words(token: str) -> str:
    """How a moderator reads a token; empty for pieces of words, which say nothing alone."""
    kind, _, words = token.partition(" ")
    if kind == "word":
        return f"“{words}”"
    return words if kind in ("hint", "shape", "link") else ""


def _as_read(text: str) -> str:
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    return text.replace("’", "'")


def _shared(tokens: set[str], weight: float) -> dict[str, float]:
    return dict.fromkeys(tokens, weight / sqrt(len(tokens))) if tokens else {}


def _words(shown: str) -> Iterator[str]:
    """Words and pairs; figures by their length, so that a price is a price."""
    words = re.findall(r"\w+", _without_figures(shown))
    yield from (f"word {word}" for word in words)
    yield from (f"word {first} {second}" for first, second in pairwise(words))


def _pieces(shown: str) -> Iterator[str]:
    line = f" {' '.join(_without_figures(shown).split())} "
    for size in PIECES:
        yield from (f"piece {line[at : at + size]}" for at in range(len(line) - size + 1))


def _without_figures(shown: str) -> str:
    return re.sub(r"\d", "0", shown)


def _hints(shown: str) -> list[str]:
    """Each hint, and each pair: a link is usual and so is money, both together are not."""
    found = [name for name, pattern in HINTS.items() if pattern.search(shown)]
    pairs = [f"{first} + {second}" for first, second in combinations(found, 2)]
    return [f"hint {name}" for name in [*found, *pairs]] or ["hint none of the usual hints"]


def _shape(shown: str, written: str) -> Iterator[str]:
    yield f"shape about {_step(len(re.findall(r'\w+', shown)), most=6)} words"
    if figures := sum(character.isdigit() for character in shown):
        yield f"shape about {_step(figures, most=4)} figures"
    letters = [character for character in written if character.isalpha()]
    if len(letters) > 10 and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        yield "shape mostly capitals"
    if any(character > "\u2000" and not character.isalnum() for character in shown):
        yield "shape signs and emoji"
    yield f"shape {min(3, shown.count('!'))} exclamation marks"


def _link(shown: str) -> dict[str, float]:
    """A link, and how many words stand around it."""
    if not ADDRESS.search(shown):
        return {}
    around = len(re.findall(r"\w+", ADDRESS.sub(" ", shown)))
    return {"link an address": LINK, f"link with about {_step(around, most=4)} words": LINK / 2}


def _step(number: int, most: int) -> int:
    """1, 2, 4, 8 … at most 2^most: sizes that are worth telling apart."""
    return 1 << min(most, int(log2(number + 1)))
