"""Every guide with its newest figures, held in memory while the data version stands.

A few hundred guides make lists, counts per filter, marks and similar careers; reading them once
per version leaves a page with the one query that asks for the version.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from careers.models import (
    Cluster,
    Edition,
    Figures,
    GlossaryTerm,
    Guide,
    GuideCode,
    JobTitle,
    PlainVersion,
    SimilarGuide,
    SocSuccession,
    Topic,
    Version,
)
from careers.soc import Succession
from careers.wording import typographic

# Petals of the mark, clockwise from the top.
MEASURES = ("pay", "growth", "openings", "jobs", "start")
HOURS_A_YEAR = 2080  # BLS's own factor between hourly and annual wages

Ranks = dict[str, float | None]  # by measure, 0–1; None: not published


@dataclass(frozen=True, slots=True)
class Entry:
    """One guide, as lists show it."""

    guide: Guide  # with topic, cluster and plain version
    figures: Figures | None  # of the newest edition that has the guide
    summary: str  # our one line; empty while the plain version is being written
    clusters: frozenset[str]
    topics: frozenset[str]
    codes: tuple[GuideCode, ...]
    similar: tuple[int, ...]  # primary keys, in the handbook's order
    ranks: Ranks

    @property
    def cluster(self) -> Cluster | None:
        return self.guide.topic.cluster if self.guide.topic else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    version: int
    by_pk: dict[int, Entry]  # retired guides too
    current: tuple[Entry, ...]  # in order of title
    clusters: tuple[Cluster, ...]
    topics: tuple[Topic, ...]
    terms: dict[str, GlossaryTerm]
    edition: Edition | None  # the newest whose guides were imported
    projected: tuple[Edition, ...]  # editions whose projections were imported, newest first
    succession: Succession
    job_titles: int  # in the handbook's A–Z

    def in_cluster(self, slug: str) -> list[Entry]:
        return [entry for entry in self.current if slug in entry.clusters]

    def in_topic(self, slug: str) -> list[Entry]:
        return [entry for entry in self.current if slug in entry.topics]

    def with_slugs(self, slugs: Iterable[str]) -> list[Entry]:
        """In the order asked for; slugs without a current guide are left out."""
        by_slug = {entry.guide.slug: entry for entry in self.current}
        return [by_slug[slug] for slug in slugs if slug in by_slug]

    def found(self, keys: Iterable[int]) -> list[Entry]:
        """Index and catalogue are renewed apart: for a moment one may know more than the other."""
        return [self.by_pk[key] for key in keys if key in self.by_pk]

    def similar_to(self, pk: int) -> list[Entry]:
        """The handbook's similar occupations that are still in it."""
        entry = self.by_pk.get(pk)
        neighbours = [self.by_pk[other] for other in entry.similar] if entry else []
        return [other for other in neighbours if other.guide.retired_at is None]


_held: Catalogue | None = None


def catalogue(holding: int | None = None) -> Catalogue:
    """Of the present data version: one query, and a dozen more when the version has moved.

    A guide that it must hold and does not, since it came without a new version, is read as well.
    """
    global _held
    version = Version.objects.number_of(Version.DATA)
    held = _held
    if held is None or held.version != version or (holding and holding not in held.by_pk):
        held = _held = _load(version)
    return held


def forget() -> None:
    """For tests, whose rows come and go without a new version."""
    global _held
    _held = None


def _load(version: int) -> Catalogue:
    guides = list(
        Guide.objects.with_topic()
        .with_newest_figures()
        .prefetch_related("topics__cluster", "plain__overrides")
    )
    guides.sort(key=lambda guide: guide.title.casefold())  # databases disagree on capitals
    figures = {guide.pk: _newest(guide) for guide in guides}
    ranks = _ranks({guide.pk: figures[guide.pk] for guide in guides if guide.retired_at is None})
    codes = _of_newest_edition(GuideCode.objects.order_by("-edition__base_year", "soc"))
    similar = _of_newest_edition(SimilarGuide.objects.order_by("-edition__base_year", "position"))
    entries = {
        guide.pk: Entry(
            guide=guide,
            figures=figures[guide.pk],
            summary=_summary(guide),
            clusters=frozenset(topic.cluster.slug for topic in _topics(guide)),
            topics=frozenset(topic.slug for topic in _topics(guide)),
            codes=tuple(codes[guide.pk]),
            similar=tuple(link.similar_id for link in similar[guide.pk]),
            ranks=ranks.get(guide.pk, dict.fromkeys(MEASURES)),
        )
        for guide in guides
    }
    return Catalogue(
        version=version,
        by_pk=entries,
        current=tuple(e for e in entries.values() if e.guide.retired_at is None),
        clusters=tuple(Cluster.objects.all()),
        topics=tuple(Topic.objects.select_related("cluster")),
        terms={term.slug: term for term in GlossaryTerm.objects.all()},
        edition=Edition.objects.with_guides().newest_first().first(),
        projected=tuple(Edition.objects.with_projections().newest_first()),
        succession=Succession.of(SocSuccession.objects.values_list("soc_2010", "soc_2018")),
        job_titles=JobTitle.objects.filter(
            source=JobTitle.Source.HANDBOOK, guide__retired_at=None
        ).count(),
    )


def _newest(guide: Guide) -> Figures | None:
    newest: list[Figures] = guide.newest_figures  # type: ignore[attr-defined]
    return newest[0] if newest else None


def _of_newest_edition(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """Rows by guide, only those of its newest edition; `rows` come newest edition first."""
    kept: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        mine = kept[row.guide_id]
        if not mine or mine[0].edition_id == row.edition_id:
            mine.append(row)
    return kept


def _topics(guide: Guide) -> list[Topic]:
    return [*([guide.topic] if guide.topic else []), *guide.topics.all()]


def _summary(guide: Guide) -> str:
    plain: PlainVersion | None = getattr(guide, "plain", None)
    if plain is None:
        return ""
    overrides = {override.part: override.text for override in plain.overrides.all()}
    return typographic(overrides.get("summary") or plain.summary)


# Ranks ---------------------------------------------------------------------------------------


def hourly_equivalent(figures: Figures) -> float | None:
    """One scale for ranking and sorting, never shown: 4 guides are paid by the hour only."""
    if figures.median_pay_annual is not None:
        return figures.median_pay_annual / HOURS_A_YEAR
    if figures.pay_at_least is not None:
        return figures.pay_at_least / HOURS_A_YEAR
    if figures.median_pay_hourly is not None:
        return float(figures.median_pay_hourly)
    return None


def preparation(figures: Figures) -> tuple[int, int, int] | None:
    """How much comes before the first job, least first: schooling, then experience, then training.

    None where the handbook says "see how to become one". Training comes last: one is paid by then.
    """
    if not figures.education:
        return None
    return (
        _order(Figures.Education, figures.education),
        _order(Figures.Experience, figures.experience),
        _order(Figures.Training, figures.training),
    )


def _order(choices: Any, value: str) -> int:
    return choices.values.index(value) if value else 0


def _start(figures: Figures) -> tuple[int, ...] | None:
    """A quicker start is the higher value, as with the other measures."""
    steps = preparation(figures)
    return tuple(-step for step in steps) if steps else None


_VALUE_OF: dict[str, Callable[[Figures], Any]] = {
    "pay": hourly_equivalent,
    "growth": lambda figures: figures.growth,
    "openings": lambda figures: figures.openings,
    "jobs": lambda figures: figures.jobs,
    "start": _start,
}


def _ranks(figures: dict[int, Figures | None]) -> dict[int, Ranks]:
    found: dict[int, Ranks] = {pk: dict.fromkeys(MEASURES) for pk in figures}
    for measure, value_of in _VALUE_OF.items():
        values = {pk: value_of(row) for pk, row in figures.items() if row is not None}
        known = {pk: value for pk, value in values.items() if value is not None}
        rank = mid_ranks(list(known.values()))
        for pk, value in known.items():
            found[pk][measure] = rank[value]
    return found


def mid_ranks(values: Sequence[Any]) -> dict[Any, float]:
    """The share of values below each, ties counted half: 0–1, and 0.5 for the middle."""
    ordered = sorted(values)
    first: dict[Any, int] = {}
    count: dict[Any, int] = defaultdict(int)
    for position, value in enumerate(ordered):
        first.setdefault(value, position)
        count[value] += 1
    return {value: (first[value] + count[value] / 2) / len(ordered) for value in first}
