"""When no guide fits all filters: which to drop so that some do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.urls import reverse

from careers import listing
from careers.catalogue import Entry
from careers.filters import Chosen, Facet, select

MOST = 5


@dataclass(frozen=True)
class Way:
    labels: list[str]  # of all the values that go
    url: str
    count: int  # guides that this would show


def ways_out(
    entries: Iterable[Entry], every: Sequence[Facet], chosen: Chosen, order: str, view: str
) -> list[Way]:
    """Most guides first. A whole facet goes, since more values of it only widen; two together
    where no one alone is enough."""
    pool = list(entries)
    used = [facet for facet in every if chosen[facet.name]]
    for size in (1, 2):
        ways = [_way(pool, every, chosen, drop, order, view) for drop in combinations(used, size)]
        helpful = sorted((way for way in ways if way.count), key=lambda way: -way.count)
        if helpful:
            return helpful[:MOST]
    return []


def _way(
    pool: list[Entry],
    every: Sequence[Facet],
    chosen: Chosen,
    dropped: Sequence[Facet],
    order: str,
    view: str,
) -> Way:
    rest = {**chosen, **{facet.name: [] for facet in dropped}}
    return Way(
        labels=[facet.label(value) for facet in dropped for value in chosen[facet.name]],
        url=reverse("careers:guide_list") + listing.query(rest, order, view),
        count=len(select(pool, every, rest).entries),
    )
