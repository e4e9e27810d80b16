"""Choosing among all guides: facets, counts per choice, order. All of it lives in the address."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from careers.catalogue import Catalogue, Entry, hourly_equivalent, preparation
from careers.models import Figures

Chosen = dict[str, list[str]]  # facet name → chosen values; within one facet any of them will do


@dataclass(frozen=True)
class Facet:
    """A question with choices. `values_of` gives an entry's own values, usually one."""

    name: str
    legend: str
    choices: tuple[tuple[str, str], ...]
    values_of: Callable[[Entry], Iterable[str]]

    def label(self, value: str) -> str:
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class Sort:
    key: str
    label: str
    value_of: Callable[[Entry], float | tuple[int, ...] | None]
    descending: bool


UNKNOWN = "unknown"
PAY_BANDS = (
    ("under-37500", "Under $37,500", 0),
    ("37500", "$37,500 to $49,999", 37_500),
    ("50000", "$50,000 to $74,999", 50_000),
    ("75000", "$75,000 to $99,999", 75_000),
    ("100000", "$100,000 or more", 100_000),
)
OPENING_BANDS = (
    ("under-1000", "Under 1,000", 0),
    ("1000", "1,000 to 9,999", 1_000),
    ("10000", "10,000 to 49,999", 10_000),
    ("50000", "50,000 or more", 50_000),
)
Bands = Sequence[tuple[str, str, int]]


def facets(held: Catalogue) -> tuple[Facet, ...]:
    """In page order. Clusters and topics come from the data, the rest from BLS's fixed words."""
    return (
        Facet(
            "cluster",
            "Cluster",
            tuple((cluster.slug, cluster.title) for cluster in held.clusters),
            lambda entry: entry.clusters,
        ),
        Facet(
            "topic",
            "Topic",
            tuple((topic.slug, topic.title) for topic in held.topics),
            lambda entry: entry.topics,
        ),
        Facet(
            "pay",
            "Middle pay a year",
            (
                *((value, label) for value, label, _ in PAY_BANDS),
                ("hourly", "Paid by the hour only"),
                (UNKNOWN, "Not published"),
            ),
            _pay_band,
        ),
        Facet(
            "education",
            "Schooling to start",
            (*Figures.Education.choices, (UNKNOWN, "See the guide: it depends")),
            lambda entry: (entry.figures.education if entry.figures else "") or UNKNOWN,
        ),
        Facet(
            "training",
            "Training on the job",
            (*Figures.Training.choices, (UNKNOWN, "See the guide: it depends")),
            lambda entry: (entry.figures.training if entry.figures else "") or UNKNOWN,
        ),
        Facet(
            "experience",
            "Work before",
            (*Figures.Experience.choices, (UNKNOWN, "See the guide: it depends")),
            lambda entry: (entry.figures.experience if entry.figures else "") or UNKNOWN,
        ),
        Facet(
            "growth",
            "Growth",
            (*reversed(Figures.Outlook.choices), (UNKNOWN, "Not published")),
            lambda entry: (entry.figures.outlook if entry.figures else "") or UNKNOWN,
        ),
        Facet(
            "openings",
            "Openings a year",
            (*((value, label) for value, label, _ in OPENING_BANDS), (UNKNOWN, "Not published")),
            lambda entry: _band(entry.figures.openings if entry.figures else None, OPENING_BANDS),
        ),
    )


def _pay_band(entry: Entry) -> str:
    figures = entry.figures
    if figures is None:
        return UNKNOWN
    yearly = figures.median_pay_annual or figures.pay_at_least
    if yearly is None and figures.median_pay_hourly is not None:
        return "hourly"
    return _band(yearly, PAY_BANDS)


def _band(value: int | None, bands: Bands) -> str:
    if value is None:
        return UNKNOWN
    return next(name for name, _, least in reversed(bands) if value >= least)


# Order ---------------------------------------------------------------------------------------

SORTS = (
    Sort("title", "Title, A to Z", lambda entry: None, descending=False),
    Sort(
        "pay",
        "Pay, highest first",
        lambda entry: hourly_equivalent(entry.figures) if entry.figures else None,
        descending=True,
    ),
    Sort(
        "growth",
        "Growth, fastest first",
        lambda entry: entry.figures.growth if entry.figures else None,
        descending=True,
    ),
    Sort(
        "openings",
        "Openings, most first",
        lambda entry: entry.figures.openings if entry.figures else None,
        descending=True,
    ),
    Sort(
        "jobs",
        "Jobs, most first",
        lambda entry: entry.figures.jobs if entry.figures else None,
        descending=True,
    ),
    Sort(
        "start",
        "Quickest to start",
        lambda entry: preparation(entry.figures) if entry.figures else None,
        descending=False,
    ),
)
SORT_CHOICES = tuple((sort.key, sort.label) for sort in SORTS)
_SORTS = {sort.key: sort for sort in SORTS}


def ordered(entries: Iterable[Entry], key: str) -> list[Entry]:
    """Unpublished values come last either way; ties stay in order of title."""
    sort = _SORTS[key]
    by_title = sorted(entries, key=lambda entry: entry.guide.title.casefold())
    known = [entry for entry in by_title if sort.value_of(entry) is not None]
    unknown = [entry for entry in by_title if sort.value_of(entry) is None]
    known.sort(key=lambda entry: sort.value_of(entry), reverse=sort.descending)  # type: ignore[arg-type,return-value]
    return known + unknown


# Choosing ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Selection:
    """What passes, and for each choice of each facet how many it would give."""

    entries: list[Entry]
    counts: dict[tuple[str, str], int]


def select(entries: Iterable[Entry], every: Sequence[Facet], chosen: Chosen) -> Selection:
    """A choice counts the entries that pass all the other facets and have it."""
    passing: list[Entry] = []
    counts: dict[tuple[str, str], int] = {}
    for entry in entries:
        values = {facet.name: _values(facet, entry) for facet in every}
        missed = [
            name for name, wanted in chosen.items() if wanted and values[name].isdisjoint(wanted)
        ]
        if not missed:
            passing.append(entry)
        for name in missed if len(missed) == 1 else values if not missed else ():
            for value in values[name]:
                counts[name, value] = counts.get((name, value), 0) + 1
    return Selection(passing, counts)


def _values(facet: Facet, entry: Entry) -> frozenset[str]:
    values = facet.values_of(entry)
    return frozenset([values]) if isinstance(values, str) else frozenset(values)


def without(chosen: Chosen, name: str, value: str) -> Chosen:
    return {
        facet: [v for v in values if (facet, v) != (name, value)]
        for facet, values in chosen.items()
    }
