"""A linear classifier that learns one example at a time and can forget each one exactly.

Dual coordinate ascent on the squared hinge: every lesson has a share, and the weights are
nothing but the sum of all lessons' features, each times its share and its side. Taking a
lesson back is taking its share away; what remains is what the others alone had taught.
Going through the lessons again moves the shares closer to the best ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

TRUST = 1.0  # in single lessons; higher follows each more closely
PASSES = 3  # how often a lesson is gone through


@dataclass
class Lesson[Token: Hashable]:
    """One text that a person called spam or good."""

    features: Mapping[Token, float]
    is_spam: bool
    share: float = 0.0

    @property
    def side(self) -> int:
        return 1 if self.is_spam else -1


def score[Token: Hashable](
    features: Mapping[Token, float], weights: Mapping[Token, float]
) -> float:
    """Above zero is spam; lessons are drawn to 1 and −1."""
    return sum(weights.get(token, 0.0) * amount for token, amount in features.items())


def growth[Token: Hashable](lesson: Lesson[Token], weights: Mapping[Token, float]) -> float:
    """By how much the lesson's share grows to make the weights fit it best; never below none."""
    size = sum(amount * amount for amount in lesson.features.values())
    softness = 1 / (2 * TRUST)
    miss = 1 - lesson.side * score(lesson.features, weights) - lesson.share * softness
    return max(-lesson.share, miss / (size + softness))


def moved[Token: Hashable](
    lesson: Lesson[Token], by: float, weights: Mapping[Token, float]
) -> dict[Token, float]:
    """The new weights of the lesson's tokens when its share changes by that much."""
    return {
        token: weights.get(token, 0.0) + by * lesson.side * amount
        for token, amount in lesson.features.items()
    }


def train[Token: Hashable](lessons: list[Lesson[Token]]) -> dict[Token, float]:
    """Weights from nothing, in the order and as often as a site would learn them."""
    weights: dict[Token, float] = {}
    for _ in range(PASSES):
        for lesson in lessons:
            by = growth(lesson, weights)
            weights |= moved(lesson, by, weights)
            lesson.share += by
    return weights
