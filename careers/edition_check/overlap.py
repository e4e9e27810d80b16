"""Finds runs of words that our texts share with a source: its facts are ours, its sentences not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from careers.edition_check.defects import Defect, units
from careers.edition_check.reading_grade import split_words
from careers.plain_text import PlainText

SHORTEST_RUN = 7  # words


class Overlap:
    """Give it our texts, then the blocks of each source, then ask for the defects."""

    def __init__(self, texts: Iterable[PlainText]) -> None:
        self.compared = 0  # runs of the sources
        self._units: list[tuple[str, str, list[str]]] = []
        self._where: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._hits: dict[tuple[int, str], set[int]] = defaultdict(set)
        for text in texts:
            for part, unit in units(text):
                self._add(text.slug, part, _words(unit))

    def compare(self, blocks: Iterable[str], source: str) -> None:
        for block in blocks:
            for run in _runs(_words(block)):
                self.compared += 1
                for unit, position in self._where.get(run, ()):
                    self._hits[unit, source].add(position)

    def defects(self) -> Iterator[Defect]:
        for (unit, source), positions in self._hits.items():
            slug, part, words = self._units[unit]
            for first, last in _stretches(sorted(positions)):
                shared = " ".join(words[first : last + SHORTEST_RUN])
                yield Defect(slug, "overlap", f"{part} shares with {source}: “{shared}”")

    def _add(self, slug: str, part: str, words: list[str]) -> None:
        for position, run in enumerate(_runs(words)):
            self._where[run].append((len(self._units), position))
        self._units.append((slug, part, words))


def _words(text: str) -> list[str]:
    return [word.lower() for word in split_words(text)]


def _runs(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words) - SHORTEST_RUN + 1):
        yield " ".join(words[start : start + SHORTEST_RUN])


def _stretches(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each row of neighbours."""
    first = last = positions[0]
    for position in positions[1:]:
        if position > last + 1:
            yield first, last
            first = position
        last = position
    yield first, last
