"""Shapes of lists of guides: cards, filters with counts, tags that remove one, pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from careers import plots, wording
from careers.catalogue import MEASURES, Catalogue, Entry, Ranks
from careers.filters import Chosen, Facet, Selection, select, without
from careers.models import Cluster, ImportRecord, Topic
from careers.search import Found

CARDS, TABLE = "cards", "table"
VIEWS = ((CARDS, "Cards"), (TABLE, "Table"))
PAGE_SIZES = {CARDS: 20, TABLE: 50}
SHOWN_FIRST, FOLDED_FROM = 6, 9  # a filter of more than 9 choices shows 6 and folds the rest


@dataclass(frozen=True)
class Measure:
    label: str
    value: str

    @property
    def absent(self) -> bool:
        return self.value in (wording.NOT_PUBLISHED, wording.SEE_SECTION)


@dataclass(frozen=True)
class Card:
    """A guide as a line of the catalogue."""

    slug: str
    title: str
    url: str
    number: str
    cluster: str
    summary: str
    petals: list[plots.Petal]
    measures: list[Measure]


def card(entry: Entry) -> Card:
    figures = entry.figures
    return Card(
        slug=entry.guide.slug,
        title=entry.guide.title,
        url=entry.guide.get_absolute_url(),
        number=entry.guide.profile,
        cluster=entry.cluster.slug if entry.cluster else "",
        summary=entry.summary,
        petals=plots.mark(entry.ranks),
        measures=[
            Measure("Pay", wording.pay(figures)),
            Measure("Schooling", wording.education(figures)),
            Measure("Growth", wording.growth(figures)),
            Measure("Openings a year", wording.openings(figures)),
        ],
    )


def common_mark(entries: Sequence[Entry]) -> list[plots.Petal]:
    """The mark of a group: the mean rank of its guides, petal by petal."""
    means: Ranks = {}
    for measure in MEASURES:
        known = [rank for entry in entries if (rank := entry.ranks[measure]) is not None]
        means[measure] = sum(known) / len(known) if known else None
    return plots.mark(means)


# Filters -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class FilterGroup:
    name: str
    legend: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        return self.choices if len(self.choices) <= FOLDED_FROM else self.choices[:SHOWN_FIRST]

    @property
    def folded(self) -> list[Choice]:
        return self.choices[len(self.first) :]

    @property
    def is_unfolded(self) -> bool:
        return any(choice.checked for choice in self.folded)


@dataclass(frozen=True)
class AppliedTag:
    """One chosen value, the address without it, and how many guides that would show."""

    label: str
    url: str
    count: int


def filter_groups(every: Sequence[Facet], chosen: Chosen, found: Selection) -> list[FilterGroup]:
    """Facets with at least two choices that lead somewhere, or one that is in use.

    Topics are offered within a cluster: ninety at once help nobody.
    """
    groups = []
    for facet in every:
        if facet.name == "topic" and not (chosen["cluster"] or chosen["topic"]):
            continue
        choices = [
            Choice(value, label, count, checked)
            for value, label in facet.choices
            if (count := found.counts.get((facet.name, value), 0))
            + (checked := value in chosen[facet.name])
        ]
        if len(choices) > 1 or any(choice.checked for choice in choices):
            groups.append(FilterGroup(facet.name, facet.legend, choices))
    return groups


def applied_tags(
    entries: Iterable[Entry],
    every: Sequence[Facet],
    chosen: Chosen,
    order: str = "title",
    view: str = CARDS,
) -> list[AppliedTag]:
    pool = list(entries)
    tags = []
    for facet in every:
        for value in chosen[facet.name]:
            rest = without(chosen, facet.name, value)
            tags.append(
                AppliedTag(
                    label=facet.label(value),
                    url=f"{reverse('careers:guide_list')}{query(rest, order, view)}",
                    count=len(select(pool, every, rest).entries),
                )
            )
    return tags


def query(chosen: Chosen, order: str = "title", view: str = CARDS, **more: str) -> str:
    """The query string of a list, leading "?" and all; empty when nothing is chosen."""
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    if order != "title":
        pairs.append(("sort", order))
    if view != CARDS:
        pairs.append(("view", view))
    pairs += [(name, value) for name, value in more.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class ViewLink:
    label: str
    url: str
    is_here: bool


def view_links(chosen: Chosen, order: str, view: str) -> list[ViewLink]:
    """The same list in its two shapes."""
    address = reverse("careers:guide_list")
    return [
        ViewLink(label, address + query(chosen, order, key), key == view) for key, label in VIEWS
    ]


def heading(total: int, every: Sequence[Facet], chosen: Chosen) -> str:
    """The count, and where when that is one place: "17 guides in health careers"."""
    if not total:
        return "No guide fits all of this"
    place = chosen["topic"] or chosen["cluster"]
    where = ""
    if len(place) == 1:
        facet = next(f for f in every if f.name == ("topic" if chosen["topic"] else "cluster"))
        label = facet.label(place[0])
        where = f" in {label[:1].lower()}{label[1:]}"
    return wording.plural(total, "guide") + where


# Pages ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageLink:
    label: str
    url: str = ""  # empty: the page one is on, or a gap
    rel: str = ""
    is_gap: bool = False


def page_links(page: Page[Entry], chosen: Chosen, order: str, view: str = CARDS) -> list[PageLink]:
    """Back, first and last, the neighbours, next."""

    def link(number: int, label: str = "", rel: str = "") -> PageLink:
        more = {"page": str(number)} if number > 1 else {}
        address = f"{reverse('careers:guide_list')}{query(chosen, order, view, **more)}"
        return PageLink(label or str(number), address, rel)

    links = [link(page.previous_page_number(), "Back", "prev")] if page.has_previous() else []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if not isinstance(number, int):  # Django's ellipsis, a lazy text
            links.append(PageLink("…", is_gap=True))
        else:
            links.append(PageLink(str(number)) if number == page.number else link(number))
    if page.has_next():
        links.append(link(page.next_page_number(), "Next", "next"))
    return links


# Home, clusters, topics ----------------------------------------------------------------------


@dataclass(frozen=True)
class Plate:
    """A cluster, with the mark of the mean of its guides."""

    cluster: Cluster
    count: int
    petals: list[plots.Petal]


def plates(held: Catalogue) -> list[Plate]:
    """Clusters that have a guide."""
    made = []
    for cluster in held.clusters:
        entries = held.in_cluster(cluster.slug)
        if entries:
            made.append(Plate(cluster, len(entries), common_mark(entries)))
    return made


@dataclass(frozen=True)
class Featured:
    card: Card
    petals: list[plots.Petal]
    says: str


def featured(held: Catalogue) -> Featured | None:
    """The guide with a plain version whose weakest rank is the best: a full mark to explain."""
    candidates = [entry for entry in held.current if entry.summary and _is_whole(entry)]
    if not candidates:
        return None
    best = max(candidates, key=lambda entry: min(rank or 0 for rank in entry.ranks.values()))
    says = mark_sentence(best, len(held.current))
    return Featured(card(best), plots.mark(best.ranks), says)


def _is_whole(entry: Entry) -> bool:
    return None not in entry.ranks.values()


def mark_sentence(entry: Entry, total: int) -> str:
    """The mark in words: "It outranks 89% on pay, 98% on growth and 83% on openings." """
    said = [
        f"{int(100 * rank)}% on {measure}"
        for measure in ("pay", "growth", "openings")
        if (rank := entry.ranks[measure]) is not None
    ]
    if not said:
        return "Its figures are not published."
    return f"Among {total} guides it outranks {wording.listed(said)}."


@dataclass(frozen=True)
class TopicGroup:
    topic: Topic
    cards: list[Card]


def topic_groups(held: Catalogue, cluster_slug: str) -> list[TopicGroup]:
    """Topics of a cluster that have a guide, in their own order."""
    groups = [
        TopicGroup(topic, [card(entry) for entry in held.in_topic(topic.slug)])
        for topic in held.topics
        if topic.cluster.slug == cluster_slug
    ]
    return [group for group in groups if group.cards]


# A–Z -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    name: str
    url: str
    count: int
    is_here: bool


@dataclass(frozen=True)
class Named:
    """A title: of a guide itself when `guide_title` is empty, else another name for one."""

    title: str
    slug: str
    url: str
    guide_title: str


LETTERS = ("#", *ascii_uppercase)


def letters(counts: dict[str, int], held: Catalogue, here: str) -> list[Letter]:
    """All letters, "#" for digits; `counts` are the job titles of each."""
    own = Counter(_initial(entry.guide.title) for entry in held.current)
    address = reverse("careers:a_to_z")
    return [
        Letter(
            name="0–9" if name == "#" else name,
            url=f"{address}?{urlencode({'letter': name})}",
            count=counts.get(name, 0) + own[name],
            is_here=name == here,
        )
        for name in LETTERS
    ]


def names(rows: Iterable[tuple[str, int]], held: Catalogue, letter: str) -> list[Named]:
    """Guides' own titles and the job titles of `rows` (title, guide), in one alphabet.

    Of one letter, or of all when it is empty.
    """
    own = [
        _named(entry.guide.title, entry)
        for entry in held.current
        if not letter or _initial(entry.guide.title) == letter
    ]
    others = [
        _named(title, held.by_pk[pk])
        for title, pk in rows
        if title.casefold() != held.by_pk[pk].guide.title.casefold()
    ]
    return sorted([*own, *others], key=lambda name: (name.title.casefold(), name.guide_title))


def _named(title: str, entry: Entry) -> Named:
    guide = entry.guide
    other = "" if title == guide.title else guide.title
    return Named(title, guide.slug, guide.get_absolute_url(), other)


def _initial(title: str) -> str:
    first = title[:1].upper()
    return first if first in ascii_uppercase else "#"


# Glossary ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    slug: str
    term: str
    definition: str


def terms(held: Catalogue) -> list[Term]:
    """In one alphabet, whatever the database thinks of capitals."""
    made = [
        Term(one.slug, wording.typographic(one.term), wording.typographic(one.definition))
        for one in held.terms.values()
    ]
    return sorted(made, key=lambda one: one.term.casefold())


# Search --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GuideHit:
    card: Card
    through: str  # the other name that matched; empty for the guide's own title


def hits(found: Iterable[Found], held: Catalogue) -> list[GuideHit]:
    """Found guides as cards; one that the catalogue does not know yet is left out."""
    made = []
    for hit in found:
        entry = held.by_pk.get(hit.guide_pk)
        if entry:
            through = "" if hit.name == entry.guide.title else hit.name
            made.append(GuideHit(card(entry), through))
    return made


# Imports -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    """One line of what is loaded here."""

    title: str
    label: str
    rows: str
    imported: datetime


SHORT_NAMES = {"cip", "ipeds", "oews", "ooh", "soc"}


def imports(records: Iterable[ImportRecord]) -> list[Import]:
    return [
        Import(_source_title(row.source), row.label, wording.count(row.rows), row.imported)
        for row in records
    ]


def _source_title(source: str) -> str:
    """ "ipeds-directory" → "IPEDS directory"; how it came to us ("-embedded") is left out."""
    words = source.removesuffix("-embedded").split("-")
    written = [word.upper() if word in SHORT_NAMES else word for word in words]
    return f"{written[0][:1].upper()}{written[0][1:]} {' '.join(written[1:])}".strip()
