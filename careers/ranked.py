"""Ranked lists with an address and a name of their own: filters and an order, nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from careers import listing
from careers.catalogue import Catalogue, Entry
from careers.filters import SORTS, Chosen, Facet, facets, ordered, select
from careers.models import Figures

LONGEST = 50
SHOWN_FIRST = 3  # of each list, where all the lists stand

_NO_DEGREE = [
    Figures.Education.NONE,
    Figures.Education.HIGH_SCHOOL,
    Figures.Education.SOME_COLLEGE,
    Figures.Education.NONDEGREE,
]


@dataclass(frozen=True)
class RankedList:
    slug: str
    title: str
    says: str  # by what it ranks, and whom it leaves out
    order: str  # a key of filters.SORTS
    chosen: Chosen = field(default_factory=dict)

    @property
    def url(self) -> str:
        return reverse("careers:ranked_list", args=[self.slug])


RANKED_LISTS = (
    RankedList(
        "highest-paid",
        "Highest paid careers",
        "By middle pay. Where the source only says “or more”, that floor counts.",
        "pay",
    ),
    RankedList(
        "fastest-growing",
        "Fastest growing careers",
        "By expected growth of jobs over ten years. Fast growth of a small field is few jobs.",
        "growth",
    ),
    RankedList(
        "most-openings",
        "Careers with the most openings",
        "By openings a year: new jobs, and those of people who leave.",
        "openings",
    ),
    RankedList(
        "most-jobs", "Careers with the most jobs", "By how many people do the work.", "jobs"
    ),
    RankedList(
        "no-degree-needed",
        "Best paid careers without a degree",
        "By middle pay, among careers that people usually start with a high school diploma, a"
        " certificate, some college or none of these. Training on the job may still be long.",
        "pay",
        {"education": [str(value) for value in _NO_DEGREE]},
    ),
    RankedList(
        "two-year-degree",
        "Best paid careers with a two-year degree",
        "By middle pay, among careers that people usually start with an associate’s degree.",
        "pay",
        {"education": [str(Figures.Education.ASSOCIATE)]},
    ),
    RankedList(
        "apprenticeship",
        "Best paid careers by apprenticeship",
        "By middle pay, among careers that people usually learn as apprentices: paid from the"
        " first day.",
        "pay",
        {"training": [str(Figures.Training.APPRENTICESHIP)]},
    ),
    RankedList(
        "quickest-to-start",
        "Careers that are quickest to start",
        "By schooling, then work before, then training on the job; least first. Many are alike:"
        " those stand in order of title.",
        "start",
    ),
)
BY_SLUG = {ranked.slug: ranked for ranked in RANKED_LISTS}


@dataclass(frozen=True)
class Ranking:
    ranked: RankedList
    entries: list[Entry]  # all of them, in order
    cards: list[listing.Card]
    total: int  # of guides in it, however many are shown
    all_url: str  # the same guides in the same order, to filter on
    csv_url: str


def ranking(ranked: RankedList, held: Catalogue, most: int = LONGEST) -> Ranking:
    """Only guides whose value is published: nobody is ranked by a figure that is not there."""
    every = facets(held)
    chosen = _complete(ranked.chosen, every)
    found = _ranked(select(held.current, every, chosen).entries, ranked.order)
    query = listing.query(chosen, ranked.order)
    return Ranking(
        ranked=ranked,
        entries=found,
        cards=[listing.card(entry) for entry in found[:most]],
        total=len(found),
        all_url=reverse("careers:guide_list") + query,
        csv_url=reverse("careers:ranked_list_csv", args=[ranked.slug]),
    )


def rankings(held: Catalogue) -> list[Ranking]:
    """The first few of each list that has any."""
    made = [ranking(ranked, held, SHOWN_FIRST) for ranked in RANKED_LISTS]
    return [one for one in made if one.cards]


def _complete(chosen: Chosen, every: Sequence[Facet]) -> Chosen:
    return {facet.name: chosen.get(facet.name, []) for facet in every}


def _ranked(entries: Sequence[Entry], order: str) -> list[Entry]:
    value_of = next(sort.value_of for sort in SORTS if sort.key == order)
    return [entry for entry in ordered(entries, order) if value_of(entry) is not None]
