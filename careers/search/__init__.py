"""Search among guides, held in memory: what views ask, and nothing else.

`contents` reads the database, `ranking` answers, `held` keeps one index a process and renews it
when the data version moves. `quality` measures how often the right guide comes up.
"""

from careers.search.held import forget, index, is_current, warm_up
from careers.search.ranking import Answer, Found
from careers.search.suggestions import Suggestion
from careers.search.words import fold

__all__ = [
    "Answer",
    "Found",
    "Suggestion",
    "answer",
    "forget",
    "guides",
    "is_current",
    "suggestions",
    "warm_up",
]


def guides(query: str, limit: int = 10) -> list[Found]:
    """Guides for the words, best first; empty for an empty query."""
    return answer(query, limit).found


def answer(query: str, limit: int = 10) -> Answer:
    """Guides, what was probably meant, and whether the handbook has such a name at all."""
    return index().answer(query, limit) if fold(query) else Answer([])


def suggestions(query: str, limit: int) -> list[Suggestion]:
    """Names for an unfinished query."""
    return index().suggest(query, limit)
