"""How good a school's programs are for a search, inside one match band; 0 to 1.

Each part is 0 to 1, or None when the figure is not published: that counts as the middle, and the
page says so. Weights and middles stand in `fixtures/matching/weights.csv`. Whether a school is a
partner is not known here, and must not be.
"""

import math
from dataclasses import dataclass

from schoolfinder import reviewed
from schoolfinder.awards import AwardGroup

NEUTRAL = 0.5
_STEPS = list(AwardGroup)


@dataclass(frozen=True, slots=True)
class Parts:
    """Field order is the order in which equal reasons are told."""

    distance: float | None
    award: float | None
    cost: float | None
    size: float | None
    outcomes: float | None

    def items(self) -> list[tuple[str, float | None]]:
        return [(name, getattr(self, name)) for name in self.__slots__]


_WITHOUT_DISTANCE = tuple(name for name in Parts.__slots__ if name != "distance")


def score(parts: Parts, by_distance: bool) -> float:
    """Weighted mean; without a place to start from distance drops out and the rest counts more."""
    weights = reviewed.weights()
    total = counted = 0.0
    for name in Parts.__slots__ if by_distance else _WITHOUT_DISTANCE:
        value = getattr(parts, name)
        total += weights[name] * (NEUTRAL if value is None else value)
        counted += weights[name]
    return total / counted


def contributions(parts: Parts, by_distance: bool) -> dict[str, float]:
    """How far each known part lifts (+) or lowers (−) the school against the middle."""
    weights = reviewed.weights()
    return {
        name: weights[name] * (value - NEUTRAL)
        for name, value in parts.items()
        if value is not None and (by_distance or name != "distance")
    }


def distance(miles: float) -> float:
    return float(0.5 ** (miles / reviewed.weights()["half_life_miles"]))


def award(own: AwardGroup, usual: AwardGroup) -> float:
    """1 for the schooling that most start with; too little loses more than too much."""
    weights = reviewed.weights()
    steps = _STEPS.index(own) - _STEPS.index(usual)
    lost = weights["step_above"] * steps if steps > 0 else -weights["step_below"] * steps
    return max(0.0, 1 - lost)


def cost(net_price: int | None, level: int | None) -> float | None:
    """Half at the middle of schools of that level; free is 1."""
    if net_price is None:
        return None
    middle = reviewed.weights()[f"middle_price_{level or 1}"]
    return middle / (middle + max(0, net_price))


def size(graduates: float) -> float | None:
    """Half at the middle program; a new program has no graduates to go by."""
    if not graduates:
        return None
    return _against(math.log1p(graduates), math.log1p(reviewed.weights()["middle_graduates"]))


def outcomes(graduation_rate: float | None, earnings: int | None) -> float | None:
    weights = reviewed.weights()
    known = [
        _against(value, weights[middle])
        for value, middle in (
            (graduation_rate, "middle_graduation"),
            (earnings, "middle_earnings"),
        )
        if value is not None
    ]
    return sum(known) / len(known) if known else None


def _against(value: float, middle: float) -> float:
    return value / (value + middle)
