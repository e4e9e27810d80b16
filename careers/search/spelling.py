"""The word that somebody meant: nearest of those that names are made of."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from careers.search.words import grams, singular

SHORTEST = 4  # letters; shorter words are acronyms, and every one is near another
LONG = 8  # letters from which two slips are forgiven
NEAREST = 12  # words compared letter by letter


class Spelling:
    """Immutable once built."""

    def __init__(self, names: Iterable[str]) -> None:
        """Of folded names."""
        words = [word for name in names for word in name.split()]
        self._counts = Counter([*words, *map(singular, words)])
        self._sorted = sorted(self._counts)
        self._by_gram: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= SHORTEST:
                for gram in grams(word):
                    self._by_gram[gram].append(word)

    def knows(self, word: str) -> bool:
        return word in self._counts or singular(word) in self._counts

    def begins_a_word(self, start: str) -> bool:
        place = bisect_left(self._sorted, start)
        return place < len(self._sorted) and self._sorted[place].startswith(start)

    def corrected(self, folded: str) -> str:
        """With unknown words replaced; empty when there is nothing to replace, or nothing near.

        The last word may be unfinished: it is left alone as long as some word begins so.
        """
        words = folded.split()
        meant = [self._meant(word) for word in words]
        if words and self.begins_a_word(words[-1]):
            meant[-1] = words[-1]
        return " ".join(meant) if meant != words else ""

    def _meant(self, word: str) -> str:
        if len(word) < SHORTEST or word.isdigit() or self.knows(word):
            return word
        allowed = 2 if len(word) >= LONG else 1
        near = [(slips(word, other), -self._counts[other], other) for other in self._alike(word)]
        best = min(near, default=None)
        return best[2] if best and best[0] <= allowed else word

    def _alike(self, word: str) -> list[str]:
        shared = Counter(
            other
            for gram in grams(word)
            for other in self._by_gram.get(gram, ())
            if abs(len(other) - len(word)) <= 2
        )
        return [other for other, _ in shared.most_common(NEAREST)]


def slips(typed: str, meant: str) -> int:
    """Letters left out, added, changed, or swapped with the next: Damerau and Levenshtein."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for y, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [y]
        for x, other in enumerate(meant, 1):
            cost = min(before[x] + 1, row[-1] + 1, before[x - 1] + (letter != other))
            if x > 1 and y > 1 and letter == meant[x - 2] and typed[y - 2] == other:
                cost = min(cost, earlier[x - 2] + 1)
            row.append(cost)
    return row[-1]
