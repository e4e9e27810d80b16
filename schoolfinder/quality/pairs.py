"""Pairs of a guide and a field of study with a grade, 0 (unrelated) to 3 (leads there)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from careers.importers.files import BadFile, read_table
from careers.models import Guide
from schoolfinder.bands import Band, Bands
from schoolfinder.interests import bands_of_guide, crosswalk_links
from schoolfinder.quality import Figures

LEADS_THERE, RELATED = 3, 2
COLUMNS = ("guide_slug", "cip", "grade")


class Pair(NamedTuple):
    guide: str  # its slug
    cip: str
    grade: int


def read_pairs(path: Path) -> list[Pair]:
    """More columns than the three may be there. Raises BadFile with file and line."""
    pairs = []
    for line, row in read_table(path, COLUMNS):
        if row["grade"] not in {"0", "1", "2", "3"}:
            raise BadFile(path, line, f"“{row['grade']}” is no grade from 0 to 3")
        pairs.append(Pair(row["guide_slug"], row["cip"], int(row["grade"])))
    return pairs


def bands_of(pairs: Iterable[Pair]) -> dict[str, Bands]:
    """Slug → bands, as the finder has them. Raises KeyError with a slug that is no guide."""
    return {guide.slug: bands_of_guide(guide) for guide in _guides(pairs)}


def raw_bands_of(pairs: Iterable[Pair]) -> dict[str, Bands]:
    """The baseline: every crosswalk link counts as exact, teaching at colleges included."""
    return {
        guide.slug: dict.fromkeys(crosswalk_links(guide), Band.EXACT) for guide in _guides(pairs)
    }


def measure(pairs: list[Pair], bands: Mapping[str, Bands]) -> Figures:
    """Shares from 0 to 1; of none at all, 0."""
    exact = [pair for pair in pairs if _band(pair, bands) == Band.EXACT]
    close = [pair for pair in pairs if _band(pair, bands) >= Band.RELATED]
    right = [pair for pair in pairs if pair.grade == LEADS_THERE]
    return {
        "exact_precision": _share(pair.grade == LEADS_THERE for pair in exact),
        "exact_related_precision": _share(pair.grade >= RELATED for pair in close),
        "exact_recall": _share(_band(pair, bands) == Band.EXACT for pair in right),
    }


def _guides(pairs: Iterable[Pair]) -> list[Guide]:
    slugs = {pair.guide for pair in pairs}
    guides = {guide.slug: guide for guide in Guide.objects.current().filter(slug__in=slugs)}
    return [guides[slug] for slug in sorted(slugs)]


def _band(pair: Pair, bands: Mapping[str, Bands]) -> Band:
    return bands[pair.guide].get(pair.cip, Band.OTHER)


def _share(found: Iterable[bool]) -> float:
    answers = list(found)
    return round(sum(answers) / len(answers), 4) if answers else 0.0
