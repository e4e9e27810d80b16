"""Guides for what somebody typed: exact names first, then a blend of four looks at all names.

- learned: which guide the words lead to (`learned.py`);
- counted: which guide the words and their letters speak for (`counted.py`);
- votes: the names most alike by BM25, each for its guide. tantivy's fuzzy hits all score the
  same, so typos are caught by runs of letters instead;
- likeness: how near the nearest name of the guide comes, letter by letter and word by word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from heapq import nlargest
from typing import Self

from careers.search.contents import FAMILIAR, HANDBOOK, ONET, SINGULAR, TITLE, Contents, Name
from careers.search.counted import Counted
from careers.search.engine import Engine
from careers.search.learned import Learned
from careers.search.spelling import Spelling
from careers.search.suggestions import Suggestion, Suggestions
from careers.search.words import fold, grams, singulars
from careers.soc import broad_of

SOC = re.compile(r"\b(\d\d)-?(\d{4})\b(?:\.\d\d)?")  # O*NET adds two digits
VOTERS = 60  # names that vote
BEGUN = 20  # names with an unfinished word
TEXTS = 10
FAINT = 0.1  # of the best guide's sum; those below it are noise
BLENDED = 30  # guides of the blend; those after them never reach the first page
SHARPNESS = 4  # a name half as alike as the best has a sixteenth of its vote
COUNTED, VOTES, LIKENESS = 0.4, 0.5, 0.3  # weights beside the learned score's 1
BESIDE_A_NAME = 0.2  # score of guides still worth showing beside one of that very name
FLOOR = 0.3  # names less alike than this are noise
SHOWN = 0.5  # "found as" is said of names at least so alike

# Scores: codes, then exact names, then exact names after correction, topics, and all the rest.
CODE, EXACT, CORRECTED, TOPIC, BLEND, TEXT = 4.0, 2.0, 1.2, 0.95, 0.9, 0.45
KIND_BONUS = {TITLE: 0.06, SINGULAR: 0.05, FAMILIAR: 0.05, HANDBOOK: 0.03, ONET: 0.0}


@dataclass(frozen=True, slots=True)
class Found:
    """One guide, and the name through which it was found."""

    guide_pk: int
    name: str  # empty: found by its sound, through its topic or in our plain text
    score: float  # 1 and above: an exact name


@dataclass(frozen=True, slots=True)
class Answer:
    found: list[Found]  # best first
    meant: str = ""  # the words without their typos; empty when there is none
    outside: bool = False  # no guide has such a name: these are only the nearest


class Index:
    """Immutable once built. It may be asked in many threads at once."""

    def __init__(self, contents: Contents, learned: Learned | None = None) -> None:
        """Ready at once, with what was `learned` before; `taught` gives the better one."""
        self.is_taught = False
        self._names = contents.names
        self._codes = contents.codes
        self._topics = contents.topics
        self._exact: dict[str, list[Name]] = defaultdict(list)
        for name in contents.names:
            self._exact[_key(name.folded)].append(name)
        self._engine = Engine(contents.names, contents.texts)
        self._counted = Counted((name.guide_pk, name.folded) for name in contents.names)
        self.learned = learned or Learned([])
        self._spelling = Spelling(name.folded for name in contents.names)
        self._suggestions = Suggestions(contents.names)

    def taught(self) -> Self:
        """The same index, with weights learned from its own names: that takes seconds."""
        better = copy(self)
        better.learned = Learned((name.guide_pk, name.folded) for name in self._names)
        better.is_taught = True
        return better

    def answer(self, query: str, limit: int) -> Answer:
        """Nothing is found for words that share nothing with any name."""
        asked = fold(query)
        if SOC.fullmatch(query.strip()):
            return self._answer_to_code(query, limit)
        meant = self._spelling.corrected(asked)
        found = _best([*self._by_code(query), *self._find(asked), *self._find_meant(meant)])
        found = [hit for hit in found if hit.score >= _least(found[0])]
        return Answer(found[:limit], meant if found else "", self._is_outside(asked, found))

    def suggest(self, query: str, limit: int) -> list[Suggestion]:
        """One name a guide, for an unfinished query: names that begin so stand first."""
        asked = fold(query)
        if not asked:
            return []
        begun = self._suggestions.beginning_with(asked, limit)
        if len(begun) < limit:
            have = {suggestion.guide_pk for suggestion in begun}
            begun += [
                Suggestion(hit.guide_pk, hit.name)
                for hit in self.answer(query, limit).found
                if hit.guide_pk not in have
            ]
        return begun[:limit]

    def _find(self, asked: str) -> Iterator[Found]:
        blend = {found.guide_pk: found for found in self._by_blend(asked)} if asked else {}
        yield from blend.values()
        yield from self._by_topic(asked)
        names = self._exact.get(_key(asked), ())
        if not names:  # a guide that only speaks of nurses is not what "nurse" asks for
            yield from self._by_text(asked)
        for name in names:
            near = blend[name.guide_pk].score if name.guide_pk in blend else 0.0
            yield Found(name.guide_pk, name.text, EXACT + _bonus(name, asked) + near / 10)

    def _find_meant(self, meant: str) -> Iterator[Found]:
        for found in self._find(meant):
            exact = found.score >= EXACT
            score = found.score - EXACT + CORRECTED if exact else found.score
            yield Found(found.guide_pk, found.name, score)

    def _by_code(self, query: str) -> Iterator[Found]:
        for major, minor in SOC.findall(query):
            soc = f"{major}-{minor}"
            guide = self._codes.get(soc) or self._codes.get(broad_of(soc))
            if guide:
                yield Found(guide, f"SOC {soc}", CODE)

    def _answer_to_code(self, query: str, limit: int) -> Answer:
        """A number is like no name: its guide, or the nearest codes of its minor group."""
        found = _best(self._by_code(query))
        if found:
            return Answer(found)
        major, minor = SOC.findall(query)[0]
        codes = sorted(self._codes, key=lambda soc: abs(int(soc[3:]) - int(minor)))
        near = [soc for soc in codes if soc[:4] == f"{major}-{minor[0]}"]
        guides = dict.fromkeys(self._codes[soc] for soc in near)
        return Answer([Found(guide, "", TEXT) for guide in guides][:limit], outside=bool(guides))

    def _by_topic(self, asked: str) -> Iterator[Found]:
        """ "Nursing" is no job title: its guides stand above names that are merely alike."""
        for place, guide in enumerate(self._topics.get(asked, ())):
            yield Found(guide, "", TOPIC - place / 10_000)

    def _by_text(self, asked: str) -> Iterator[Found]:
        """Our plain text: only guides that have all the words, below any good match by name."""
        if asked:
            for place, (guide, _) in enumerate(self._engine.texts_with(asked, TEXTS)):
                yield Found(guide, "", TEXT - place / 100)

    def _by_blend(self, asked: str) -> Iterator[Found]:
        alike = self._engine.names_alike(asked, VOTERS)
        nearest = self._nearest(asked, [row for row, _ in alike])
        if not nearest and not any(map(self._spelling.knows, asked.split())):
            return  # a few letters in common are no reason
        sums, votes = self.learned.scores(asked), self._votes(alike)
        for guide, share in self._counted.scores(asked).items():
            sums[guide] = sums.get(guide, 0.0) + COUNTED * share
        for guide, vote in votes.items():
            sums[guide] = sums.get(guide, 0.0) + VOTES * vote
        for guide, (likeness, _) in nearest.items():
            sums[guide] = sums.get(guide, 0.0) + LIKENESS * likeness
        enough = FAINT * max(sums.values(), default=0.0)
        for guide in nlargest(BLENDED, sums, key=sums.__getitem__):
            if sums[guide] < enough:
                return
            likeness, name = nearest.get(guide, (0.0, ""))
            shown = name if likeness >= SHOWN else ""
            yield Found(guide, shown, BLEND * sums[guide] / (1 + COUNTED + VOTES + LIKENESS))

    def _votes(self, alike: list[tuple[int, float]]) -> dict[int, float]:
        """By guide, the strongest 1."""
        votes: dict[int, float] = defaultdict(float)
        for row, score in alike:
            votes[self._names[row].guide_pk] += (score / alike[0][1]) ** SHARPNESS
        most = max(votes.values(), default=1.0)
        return {guide: vote / most for guide, vote in votes.items()}

    def _nearest(self, asked: str, rows: list[int]) -> dict[int, tuple[float, str]]:
        """By guide, its name that is most like the one asked for: likeness 0–1, and the name."""
        wanted = Wanted(asked)
        begun = [row for row, _ in self._engine.names_begun(asked, BEGUN)]
        nearest: dict[int, tuple[float, str]] = {}
        for row in {*rows, *begun}:
            name = self._names[row]
            likeness = wanted.score(name.folded) + KIND_BONUS[name.kind]
            if likeness >= max(FLOOR, nearest.get(name.guide_pk, (0.0, ""))[0]):
                nearest[name.guide_pk] = (likeness, name.text)
        return nearest

    def _is_outside(self, asked: str, found: list[Found]) -> bool:
        """No exact name, code or topic, and no name of the first guide has all the words."""
        if not found or found[0].score > BLEND:
            return False
        theirs = fold(found[0].name).split()
        return not all(any(their.startswith(word) for their in theirs) for word in asked.split())


class Wanted:
    """How near names come to what was asked for: 0–1."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.words = asked.split()
        self.grams = grams(asked)

    def score(self, name: str) -> float:
        """Shared trigrams of the whole, raised when every word asked for begins a word of it."""
        theirs = grams(name)
        shared = len(self.grams & theirs)
        dice = 2 * shared / (len(self.grams) + len(theirs))
        covered = shared / len(self.grams)
        begun = self._begun(name.split())
        return 0.6 * dice + 0.15 * covered + 0.25 * begun

    def _begun(self, theirs: list[str]) -> float:
        """The share of asked words that stand in the name, whole or as a beginning."""
        hits = sum(
            1.0 if word in theirs else 0.8 if any(t.startswith(word) for t in theirs) else 0.0
            for word in self.words
        )
        return hits / len(self.words)


def _least(best: Found) -> float:
    """A name that is known needs no long tail of guides that merely sound like it."""
    return BESIDE_A_NAME if best.score >= CORRECTED else 0.0


def _key(folded: str) -> str:
    """Names that differ by a plural are the same name."""
    return " ".join(singulars(folded))


def _bonus(name: Name, asked: str) -> float:
    return KIND_BONUS[name.kind] + (0.01 if name.folded == asked else 0.0)


def _best(found: Iterable[Found]) -> list[Found]:
    """Each guide once, with its best score."""
    best: dict[int, Found] = {}
    for one in found:
        known = best.get(one.guide_pk)
        if known is None or one.score > known.score:
            best[one.guide_pk] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.guide_pk))
