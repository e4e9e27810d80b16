"""A linear classifier that learns one example at a time and can forget each one exactly.

Dual coordinate ascent on the squared hinge: every lesson has a share, and what is kept of a
token is nothing but the sum over all lessons with it: share × side × amount, and in how many
spam and good lessons it stood. A token that stood as often in both tells nothing, whatever its
sum; so each weighs by the log ratio of its counts (Wang and Manning 2012 do this with naive
Bayes and a support vector machine). Taking a lesson back is taking its share and its counts
away; what remains is what the others alone had taught. Going through the lessons again moves
the shares closer to the best ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from math import log
from random import Random

TRUST = 1.0  # in single lessons; higher follows each more closely
PASSES = 5  # how often a lesson is gone through


@dataclass
class Lesson[Token: Hashable]:
    """One text that a person called spam or good."""

    features: Mapping[Token, float]
    is_spam: bool
    share: float = 0.0

    @property
    def side(self) -> int:
        return 1 if self.is_spam else -1


@dataclass
class Counts:
    """How many lessons of each kind."""

    spam: int = 0
    good: int = 0

    def count(self, is_spam: bool, by: int) -> None:
        if is_spam:
            self.spam = max(0, self.spam + by)
        else:
            self.good = max(0, self.good + by)


@dataclass
class Trace(Counts):
    """What lessons left of one token: how many had it, and how they pull together."""

    pull: float = 0.0


@dataclass
class Memory[Token: Hashable]:
    """All lessons counted, and the trace of each token (or of those that matter just now)."""

    lessons: Counts = field(default_factory=Counts)
    traces: dict[Token, Trace] = field(default_factory=dict)
    _telling: dict[Token, float] = field(default_factory=dict)

    def score(self, features: Mapping[Token, float]) -> float:
        """Above zero is spam; lessons are drawn to 1 and −1."""
        return sum(self.weight(token) * amount for token, amount in features.items())

    def weight(self, token: Token) -> float:
        trace = self.traces.get(token)
        return trace.pull * self.telling(token) if trace else 0.0

    def telling(self, token: Token) -> float:
        """How well a token tells spam from good: 0 is not at all."""
        if token not in self._telling:
            trace = self.traces.get(token, Trace())
            # Both shares are smoothed alike: where good texts are many and spam is rare, a token
            # that was never seen would otherwise tell a lot.
            a_little = 2 / max(1, self.lessons.spam + self.lessons.good)
            in_spam = trace.spam / max(1, self.lessons.spam) + a_little
            in_good = trace.good / max(1, self.lessons.good) + a_little
            self._telling[token] = abs(log(in_spam / in_good))
        return self._telling[token]

    def count(self, lesson: Lesson[Token], by: int) -> None:
        """One lesson more (1) or less (-1)."""
        self.lessons.count(lesson.is_spam, by)
        for token in lesson.features:
            self.traces.setdefault(token, Trace()).count(lesson.is_spam, by)
        self._telling.clear()

    def growth(self, lesson: Lesson[Token]) -> float:
        """By how much the lesson's share grows to fit it best; never below none."""
        size = sum(
            amount * amount * self.telling(token) for token, amount in lesson.features.items()
        )
        softness = 1 / (2 * TRUST)
        miss = 1 - lesson.side * self.score(lesson.features) - lesson.share * softness
        return max(-lesson.share, miss / (size + softness))

    def shift(self, lesson: Lesson[Token], by: float) -> None:
        """Change the lesson's share by that, and the traces with it."""
        for token, amount in lesson.features.items():
            self.traces.setdefault(token, Trace()).pull += by * lesson.side * amount
        lesson.share = max(0.0, lesson.share + by)


def train[Token: Hashable](lessons: list[Lesson[Token]], seed: int = 1) -> Memory[Token]:
    """Taught from nothing, and gone through as often as a site goes through its own.

    In random order, as comments arrive: files are often sorted by label or day.
    """
    memory: Memory[Token] = Memory()
    lessons = Random(seed).sample(lessons, len(lessons))  # noqa: S311  no secret
    for lesson in lessons:
        memory.count(lesson, 1)
    for _ in range(PASSES):
        for lesson in lessons:
            memory.shift(lesson, memory.growth(lesson))
    return memory
