"""Guides that an address names one by one: `?g=bakers&g=chefs-and-head-cooks`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from careers.catalogue import Catalogue, Entry
from careers.models import FormerSlug

LONGEST_NAME = 60  # of what could not be found, as it is shown again
MOST_NAMES = 5


@dataclass(frozen=True)
class Picks:
    entries: list[Entry]
    unknown: list[str]  # names that no guide has, cut to a sane length
    left_out: list[Entry]  # beyond the most that the page takes


def pick(names: Iterable[str], held: Catalogue, most: int) -> Picks:
    """In the order asked for, each once, retired guides too. One query, for names now changed."""
    asked = list(dict.fromkeys(name.strip().lower() for name in names if name.strip()))
    by_slug = {entry.guide.slug: entry for entry in held.by_pk.values()}
    missing = [name for name in asked if name not in by_slug]
    moved = _once_called(missing, held) if missing else {}
    found = [by_slug.get(name) or moved.get(name) for name in asked]
    entries = list({entry.guide.pk: entry for entry in found if entry}.values())
    unknown = [name[:LONGEST_NAME] for name in missing if name not in moved]
    return Picks(entries[:most], unknown[:MOST_NAMES], entries[most:])


def _once_called(names: Sequence[str], held: Catalogue) -> dict[str, Entry]:
    former = FormerSlug.objects.filter(slug__in=names).values_list("slug", "guide_id")
    return {slug: held.by_pk[pk] for slug, pk in former if pk in held.by_pk}


def address(view: str, entries: Iterable[Entry], *more: tuple[str, str]) -> str:
    """Of a page that takes guides by name."""
    pairs = [*(("g", entry.guide.slug) for entry in entries), *more]
    return reverse(view) + (f"?{urlencode(pairs)}" if pairs else "")
