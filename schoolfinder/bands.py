"""How a field of study fits an interest: the four bands, and the rules that find them.

Exact needs more than a crosswalk link: the links are loose (a manager's code hangs on dozens of
fields). What we reviewed by hand is in `fixtures/matching/core.csv`; a guide nobody has reviewed
falls under a rule: the field's title names the work, or the field leads to few other occupations.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum

# A field that leads to no more other occupations than this is close to the one it leads to.
FEW_OTHERS = 1
# Share of a guide's or field's words that must be found in the other's name.
ALIKE = 0.6
# Two fields are related when at least this share of the occupations they lead to is common.
COMMON_OCCUPATIONS = 0.5

_FILLER = frozenset(
    [
        "and",
        "or",
        "of",
        "the",
        "for",
        "in",
        "to",
        "with",
        "general",
        "other",
        "all",
        "technology",
        "technician",
        "technologist",
        "program",
        "programs",
        "studies",
        "science",
        "sciences",
        "worker",
        "workers",
        "services",
        "service",
    ]
)


class Band(IntEnum):
    """Higher fits better; the number is also the count of filled rungs."""

    OTHER = 1
    SIMILAR = 2
    RELATED = 3
    EXACT = 4

    @property
    def slug(self) -> str:
        return self.name.lower()


Bands = dict[str, Band]  # six-digit field code → band; a code that is not in it is OTHER


def group(cip: str) -> str:
    """ "51.38" of "51.3801"."""
    return cip[:5]


def family(cip: str) -> str:
    """ "51" of "51.3801"."""
    return cip[:2]


def bands_of_guides(
    names: Iterable[str],
    links: dict[str, str],
    other_occupations: dict[str, int],
    reviewed: dict[str, Band] | None,
) -> Bands:
    """Exact and related fields of a guide, from its crosswalk links.

    `names`: its title and other official names; `links`: linked field → title;
    `other_occupations`: field → how many occupations beside the guide's own it leads to.
    """
    if reviewed is not None:
        return dict.fromkeys(links, Band.RELATED) | reviewed
    words = [_words(name) for name in names]
    return {
        cip: Band.EXACT
        if other_occupations.get(cip, 0) <= FEW_OTHERS or _names_the_work(title, words)
        else Band.RELATED
        for cip, title in links.items()
    }


def bands_of_fields(chosen: Collection[str], occupations: dict[str, set[str]]) -> Bands:
    """Fields chosen themselves are exact; related ones lead to much the same occupations."""
    bands = dict.fromkeys(chosen, Band.EXACT)
    chosen_occupations = [occupations.get(cip, set()) for cip in chosen]
    for cip, leads_to in occupations.items():
        if cip not in bands and any(_overlap(leads_to, own) for own in chosen_occupations):
            bands[cip] = Band.RELATED
    return bands


def merge(many: Iterable[Bands]) -> Bands:
    """The best band of each field."""
    merged: Bands = {}
    for bands in many:
        for cip, band in bands.items():
            merged[cip] = max(band, merged.get(cip, band))
    return merged


def widen(
    bands: Bands,
    all_fields: Iterable[str],
    similar: Iterable[str],
    occupations: Mapping[str, set[str]],
) -> Bands:
    """Add the neighbours, and keep what is known of a field itself.

    Same group as an exact field is related, unless it leads to other occupations only (groups as
    "other health professions" hold a dozen); else the same family is similar, and so are the
    `similar` fields, which lead to similar guides.
    """
    exact = [cip for cip, band in bands.items() if band == Band.EXACT]
    groups = {group(cip) for cip in exact}
    families = {family(cip) for cip in exact or bands}
    own = {soc for cip in exact for soc in occupations.get(cip, ())}
    widened: Bands = dict.fromkeys(similar, Band.SIMILAR)
    for cip in all_fields:
        leads_to = occupations.get(cip, set())
        if group(cip) in groups and (not leads_to or leads_to & own):
            widened[cip] = Band.RELATED
        elif family(cip) in families:
            widened[cip] = Band.SIMILAR
    return {cip: band for cip, band in (widened | bands).items() if band > Band.OTHER}


def _overlap(one: set[str], other: set[str]) -> bool:
    union = one | other
    return bool(union) and len(one & other) / len(union) >= COMMON_OCCUPATIONS


def _names_the_work(title: str, names: list[frozenset[str]]) -> bool:
    return any(_likeness(title, name) >= ALIKE for name in names)


def likeness(title: str, name: str) -> float:
    """How far a field's title says what the name of an occupation says, 0 to 1."""
    return _likeness(title, _words(name))


def _likeness(title: str, name: frozenset[str]) -> float:
    """A part of the title ("Registered Nursing/Registered Nurse") may say it all."""
    parts = [_words(part) for part in (*title.split("/"), title)]
    return max((len(part & name) / len(part | name) for part in parts if part), default=0.0)


def _words(text: str) -> frozenset[str]:
    """Stems of the telling words: "Nurses" and "Nursing" are one."""
    found = re.findall(r"[a-z]+", text.lower())
    return frozenset(_stem(word) for word in found if word not in _FILLER)


# Longest first, since the first that fits is cut.
_ENDINGS = (
    *("ologists", "ologist", "ology", "ians", "ings", "ists", "ants", "ers", "ors"),
    *("ian", "ing", "ist", "ics", "ant", "er", "or", "es", "s", "y", "e"),
)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
