"""Which guide a job title sounds like, counted from all names that are known.

Complement naive Bayes (Rennie and others, 2003): a feature speaks for a guide when it is rare in
the names of all *other* guides. Guides with hundreds of names and guides with five are then
judged alike. Its letters survive a typo, which `learned.py` does not look at.
"""

from collections.abc import Iterable
from math import log

from careers.search.words import features

SMOOTHING = 0.2


class Counted:
    """Immutable once built. Counts are kept, not weights: small integers cost no memory."""

    def __init__(self, examples: Iterable[tuple[int, str]]) -> None:
        """Of (guide's primary key, folded name)."""
        self._seen: dict[str, dict[int, int]] = {}
        for guide, name in examples:
            for feature in features(name):
                counts = self._seen.setdefault(feature, {})
                counts[guide] = counts.get(guide, 0) + 1

    def scores(self, folded: str) -> dict[int, float]:
        """By guide, the best 1; empty when nothing of it was ever seen."""
        sums: dict[int, float] = {}
        for feature in features(folded):
            counts = self._seen.get(feature, {})
            total = sum(counts.values()) + SMOOTHING
            whole = log(total)
            for guide, count in counts.items():
                sums[guide] = sums.get(guide, 0.0) + whole - log(total - count)
        best = max(sums.values(), default=1.0)
        return {guide: value / best for guide, value in sums.items()}
