"""Names that begin with what is being typed, for the list under a search field."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careers.search.contents import ONET, Name


@dataclass(frozen=True, slots=True)
class Suggestion:
    guide_pk: int
    name: str  # empty: the guide's own title


class Suggestions:
    """Immutable once built. O*NET's tens of thousands of names would drown the others here."""

    def __init__(self, names: Iterable[Name]) -> None:
        entries = [
            (start, place, name)
            for name in names
            if name.kind != ONET
            for place, start in enumerate(_starts(name.folded))
        ]
        entries.sort(key=lambda entry: entry[0])
        self._starts = [start for start, _, _ in entries]
        self._entries = entries

    def beginning_with(self, asked: str, limit: int) -> list[Suggestion]:
        """Whole names that begin so, then names one of whose further words does."""
        best: dict[int, Name] = {}
        for _, _, name in sorted(self._matching(asked), key=_order):
            best.setdefault(name.guide_pk, name)
            if len(best) == limit:
                break
        return [Suggestion(name.guide_pk, name.text) for name in best.values()]

    def _matching(self, asked: str) -> Iterator[tuple[str, int, Name]]:
        place = bisect_left(self._starts, asked)
        while place < len(self._starts) and self._starts[place].startswith(asked):
            yield self._entries[place]
            place += 1


def _starts(folded: str) -> list[str]:
    """ "dental assistant" → itself, and "assistant"."""
    words = folded.split()
    return [" ".join(words[place:]) for place in range(len(words))]


def _order(entry: tuple[str, int, Name]) -> tuple[bool, int, int, str]:
    _, place, name = entry
    return (place > 0, name.kind, len(name.folded), name.folded)
