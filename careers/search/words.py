"""Text as the index sees it: folded words, and pieces of words that survive a typo."""

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+")
# "X-ray", "x ray" and "xray", "e-mail" and "email" are one word; "C programmer" stays two.
SPLIT_WORD = re.compile(r"\b([a-z])-(?=[a-z]{2})|\b([ex]) (?=[a-z]{3})")
SHORTEST_PLURAL = 4  # letters; "gas" and "his" are no plurals
TRIGRAM, FOURGRAM = 3, 4
BEGINNING = 4  # letters that words of one stem share


def fold(text: str) -> str:
    """Lower case, no accents, words and digits only: "X-ray Tech" → "xray tech"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = SPLIT_WORD.sub(lambda letter: letter[0][0], plain.replace("'", ""))
    return " ".join(WORD.findall(joined))


def singular(word: str) -> str:
    """Without the ending of a plural: "secretaries" → "secretary", "nurses" → "nurse"."""
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > SHORTEST_PLURAL:
        return word[:-3] + "y"
    return word[:-1]


def singulars(folded: str) -> list[str]:
    return [singular(word) for word in folded.split()]


def grams(folded: str, size: int = TRIGRAM) -> frozenset[str]:
    """Runs of letters with the edges of each word marked, so that beginnings weigh."""
    found: set[str] = set()
    for word in folded.split():
        marked = f"_{word}_"
        found.update(marked[n : n + size] for n in range(max(1, len(marked) - size + 1)))
    return frozenset(found)


def pieces(folded: str) -> set[str]:
    """What two names of one kind of work share: words, and runs of three and four letters."""
    words = singulars(folded)
    text = " ".join(words)
    return {*words, *_marked(grams(text)), *_marked(grams(text, FOURGRAM))}


def features(folded: str) -> set[str]:
    """What says which guide a name belongs to: words, pairs of words in any order, fourgrams.

    Pairs tell a "sales engineer" from sales and from engineers.
    """
    words = singulars(folded)
    pairs = {
        "|".join(sorted((first, second)))
        for place, first in enumerate(words)
        for second in words[place + 1 :]
    }
    return {*words, *pairs, *_marked(grams(" ".join(words), FOURGRAM))}


def clues(folded: str) -> list[str]:
    """What a name is learned by: words, pairs of beginnings, which word is first and which last.

    The last names the kind of work ("assistant"), most often; beginnings join "nursing" to "nurse".
    """
    words = singulars(folded)
    begun = [word[:BEGINNING] for word in words]
    pairs = [
        "|".join(sorted((first, second)))
        for place, first in enumerate(begun)
        for second in begun[place + 1 :]
    ]
    edges = [f"^{words[0]}", f"${words[-1]}"] if words else []
    return list(dict.fromkeys([*words, *pairs, *(f"~{start}" for start in begun), *edges]))


def _marked(runs: frozenset[str]) -> set[str]:
    """Apart from whole words of the same letters."""
    return {f"#{run}" for run in runs}
