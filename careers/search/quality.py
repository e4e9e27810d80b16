"""How often the right guide comes up: asked of an index, for sets of questions from files.

Held out are a tenth of O*NET's titles, chosen by a hash of their words: an index without them is
asked for them. Some are in the handbook's A–Z too; `unseen` is the stricter set without those.
"""

import hashlib
import random
import string
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from careers.search.contents import ONET, Contents
from careers.search.ranking import Index
from careers.search.words import fold

TENTH = 10
DEEPEST = 5  # places looked at

Questions = dict[str, set[int]]  # words → primary keys of the guides that are right


@dataclass(slots=True)
class Score:
    """Where the first right guide stood, question by question, and how long each took."""

    places: list[int | None] = field(default_factory=list)  # from 1; None: not among the first
    seconds: list[float] = field(
        default_factory=list
    )  # of the processor: what else runs is left out
    missed: list[str] = field(default_factory=list)

    def top(self, depth: int) -> float:
        """The share of questions with a right guide among the first so many."""
        hits = sum(place is not None and place <= depth for place in self.places)
        return round(hits / len(self.places), 4) if self.places else 0.0


def score(index: Index, questions: Questions) -> Score:
    result = Score()
    for words, right in questions.items():
        started = time.thread_time()
        found = [hit.guide_pk for hit in index.answer(words, DEEPEST).found]
        result.seconds.append(time.thread_time() - started)
        place = next((place for place, guide in enumerate(found, 1) if guide in right), None)
        result.places.append(place)
        if place is None:
            result.missed.append(words)
    return result


def percentile(seconds: Sequence[float], share: float) -> float:
    """Nearest rank: `percentile(all, 0.99)` is a time that one in a hundred exceeds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def questions(rows: Iterable[tuple[str, int]]) -> Questions:
    """Of (words, guide): a name of several guides has several right answers."""
    found: Questions = {}
    for words, guide in rows:
        found.setdefault(words, set()).add(guide)
    return found


def with_typos(asked: Questions, seed: int) -> Questions:
    """The same questions with one random slip in each; the same seed gives the same slips."""
    return {
        one_typo(words, random.Random(f"{seed} {words}")): right  # noqa: S311  no secret
        for words, right in asked.items()
    }


def one_typo(words: str, chance: random.Random) -> str:
    """A letter left out, added, changed, or swapped with the next."""
    place = chance.choice([n for n, letter in enumerate(words) if letter.isalnum()] or [0])
    before, at, after = words[:place], words[place : place + 1], words[place + 1 :]
    letter = chance.choice(string.ascii_lowercase)
    slips = [before + after, before + letter + at + after, before + letter + after]
    if after[:1].isalnum():
        slips.append(before + after[0] + at + after[1:])
    return chance.choice(slips)


def is_held_out(title: str) -> bool:
    """One title in ten, by its words: it does not change when other titles come or go."""
    digest = hashlib.sha256(fold(title).encode()).hexdigest()
    return int(digest[:8], 16) % TENTH == 0


def without_held_out(contents: Contents) -> Contents:
    names = [n for n in contents.names if n.kind != ONET or not is_held_out(n.text)]
    return replace(contents, names=names)


def held_out(rows: Iterable[tuple[str, int]]) -> Questions:
    return questions((title, guide) for title, guide in rows if is_held_out(title))


def unseen(held: Questions, contents: Contents) -> Questions:
    """Of the held-out titles, those that contents without them have from no other source."""
    known = {name.folded for name in contents.names}
    return {title: right for title, right in held.items() if fold(title) not in known}
