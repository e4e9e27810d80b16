"""Which guide the words of a job title lead to, learned from the names that are known.

Multinomial logistic regression by stochastic gradient descent. Counting takes each word for
evidence of its own; learning finds out what a word is worth beside the others ("manager" little,
"dock" much), from the names that it would get wrong. Two passes over 38,000 names take three
seconds: a weight exists only where a guide has a name with the clue, guides that nobody would
mistake for the right one are not touched, and a name that is sure already is passed over.
"""

from collections.abc import Iterable
from math import exp, sqrt
from random import Random

from careers.search.words import clues

PASSES = 2
RATE = 1.0  # of learning in the first pass; it falls evenly to nothing
COMMON = 100  # guides; a clue that names of more have says too little for its cost
FAR = 4.0  # behind the best, in log odds: no mistake to learn from
SURE = 0.9  # probability of the right guide from which there is nothing to learn
SLIGHT = 0.002  # a step not worth taking

Weights = dict[int, float]  # by guide's primary key


class Learned:
    """Immutable once built; the same names give the same weights."""

    def __init__(self, examples: Iterable[tuple[int, str]]) -> None:
        """Of (guide's primary key, folded name)."""
        self._weights: dict[str, Weights] = {}
        known = [(guide, self._told(guide, name)) for guide, name in sorted(set(examples))]
        lessons = [(guide, _telling(told)) for guide, told in known]
        chance = Random(0)  # noqa: S311  no secret
        for done in range(PASSES):
            chance.shuffle(lessons)
            rate = RATE * (1 - done / PASSES)
            for guide, told in lessons:
                _learn(guide, told, rate)

    def scores(self, folded: str) -> dict[int, float]:
        """By guide, the best 1; only guides that the words speak for."""
        told = [self._weights[clue] for clue in clues(folded) if clue in self._weights]
        sums = _sums(told)
        best = max(sums.values(), default=0.0)
        return {guide: value / best for guide, value in sums.items() if value > 0}

    def _told(self, guide: int, name: str) -> list[Weights]:
        """The weights of a name's clues, with a place for its guide in each."""
        told = [self._weights.setdefault(clue, {}) for clue in clues(name)]
        for weights in told:
            weights.setdefault(guide, 0.0)
        return told


def _telling(told: list[Weights]) -> list[Weights]:
    """Without clues of half the guides; the longest first, since the sums start as a copy of it."""
    return sorted((w for w in told if len(w) <= COMMON), key=len, reverse=True)


def _sums(told: list[Weights]) -> Weights:
    if not told:
        return {}
    sums = told[0].copy()
    known = sums.get
    for weights in told[1:]:
        for guide, weight in weights.items():
            sums[guide] = known(guide, 0.0) + weight
    return sums


def _learn(right: int, told: list[Weights], rate: float) -> None:
    """One step: towards the right guide, and away from each that is taken for it."""
    sums = _sums(told)
    if not sums:
        return
    best = max(sums.values())
    odds = {guide: exp(value - best) for guide, value in sums.items() if value > best - FAR}
    whole = sum(odds.values()) + exp(min(-best, FAR))  # and none of them, whose odds are even
    if odds.get(right, 0.0) > SURE * whole:
        return
    step = rate / sqrt(len(told))
    for weights in told:
        weights[right] += step
    for guide, odd in odds.items():
        less = step * odd / whole
        if less > SLIGHT:
            for weights in told:
                if guide in weights:
                    weights[guide] -= less
