"""What the learned filter sees of a text: words, pieces of words, hints, and the shape of it.

Words alone travel badly: the next campaign sells something else. So beside them stand hints
(hints.py) that stay the same from one to the next, and how many of each kind meet in one text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log2, sqrt

from comments.spam.hints import ADDRESS, NEITHER, PROMOTION, REFERENCE, TALK, as_spoken, found
from comments.text import INVISIBLE

VERSION = 3  # of what a token means; the filter relearns everything when it changes

HEAD, TAIL = 800, 300  # characters that are looked at: a link likes to stand at the end
PIECES = (3, 4, 5)  # letters

# How much a group weighs. Words and pieces share theirs among all of their kind in a text; each
# hint has its own. Chosen on comments under three videos, whole videos left out: any weights near
# these do as well, hints that weigh less do worse.
WORDS, PIECES_WEIGH, HINT, SHAPE, LINK = 0.6, 0.4, 0.2, 0.1, 0.3
FEW_WORDS = 3
MOST_COUNTED = {"advertising": 6, "talk": 4}


@lru_cache(maxsize=64)
def features(text: str) -> dict[str, float]:
    """Token → how much of it. The first word of a token says its kind."""
    shown = _as_read(text)
    spoken = as_spoken(ADDRESS.sub(" LINK ", shown))
    seen = _shared({*_words(spoken), *_hosts(shown)}, WORDS)
    seen |= _shared(set(_pieces(spoken)), PIECES_WEIGH)
    seen |= dict.fromkeys(_hints(spoken, shown), HINT)
    seen |= dict.fromkeys(_shape(shown, text), SHAPE)
    return seen | _link(shown)


def advertising(text: str) -> list[str]:
    """What advertises in a text that links to where nobody else does; nothing without a link."""
    shown = _as_read(text)
    if not _leads_elsewhere(shown):
        return []
    return found(PROMOTION, as_spoken(ADDRESS.sub(" LINK ", shown)))


def without_links(text: str) -> str:
    """What is said around the links; the text itself where that is next to nothing."""
    rest = re.sub(f"(?i:{ADDRESS.pattern})", " ", text)
    return rest if len(re.findall(r"\w+", rest)) >= FEW_WORDS else text


def in_words(token: str) -> str:
    """How a moderator reads a token; empty for pieces of words, which say nothing alone."""
    kind, _, words = token.partition(" ")
    if kind == "word":
        return f"“{words}”"
    if kind == "count":
        return f"several signs of {words.split()[0]}"
    if kind == "link":
        return token
    return words if kind in ("hint", "shape") else ""


def _as_read(text: str) -> str:
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    return re.sub("[’`´]", "'", text)


def _shared(tokens: set[str], weight: float) -> dict[str, float]:
    return dict.fromkeys(tokens, weight / sqrt(len(tokens))) if tokens else {}


def _words(spoken: str) -> Iterator[str]:
    """Words and pairs; figures by their length, so that a price is a price."""
    words = re.findall(r"\w+(?:'\w+)?", _without_figures(spoken))
    yield from (f"word {word}" for word in words)
    yield from (f"word {first} {second}" for first, second in pairwise(words))


def _hosts(shown: str) -> Iterator[str]:
    for address in ADDRESS.findall(shown):
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.replace(" ", ""))
        yield f"word {re.split('[/?#:]', host, maxsplit=1)[0][:80]}"


def _pieces(spoken: str) -> Iterator[str]:
    line = f" {' '.join(_without_figures(spoken).split())} "
    for size in PIECES:
        yield from (f"piece {line[at : at + size]}" for at in range(len(line) - size + 1))


def _without_figures(text: str) -> str:
    return re.sub(r"\d", "0", text)


def _hints(spoken: str, shown: str) -> Iterator[str]:
    promotion = found(PROMOTION, spoken) + ["a link"] * _leads_elsewhere(shown)
    talk = found(TALK, spoken)
    named = [*promotion, *talk, *found(NEITHER, spoken)]
    yield from (f"hint {name}" for name in named or ["none of the usual hints"])
    if not promotion:
        yield "hint no sign of advertising"
    yield from _counted("advertising", len(promotion))
    yield from _counted("talk", len(talk))


def _counted(kind: str, number: int) -> Iterator[str]:
    for least in range(1, min(number, MOST_COUNTED[kind]) + 1):
        yield f"count {kind} {least}"


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
    """A link, and how many words stand around it; less when it leads where everybody looks."""
    if not _leads_elsewhere(shown):
        return {"link to a place of reference": LINK / 2} if ADDRESS.search(shown) else {}
    around = len(re.findall(r"\w+", ADDRESS.sub(" ", shown)))
    return {"link elsewhere": LINK, f"link with about {_step(around, most=4)} words": LINK / 2}


def _leads_elsewhere(shown: str) -> bool:
    return bool(ADDRESS.search(REFERENCE.sub(" ", shown)))


def _step(number: int, most: int) -> int:
    """1, 2, 4, 8 … at most 2^most: sizes that are worth telling apart."""
    return 1 << min(most, int(log2(number + 1)))
