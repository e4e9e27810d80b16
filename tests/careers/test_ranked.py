import pytest

from careers import ranked
from careers.catalogue import catalogue
from careers.filters import SORTS, facets
from tests.careers.builders import make_figures, make_guide

pytestmark = pytest.mark.django_db


def titles(slug, **values):
    found = ranked.ranking(ranked.BY_SLUG[slug], catalogue(), **values)
    return [card.title for card in found.cards]


@pytest.mark.parametrize("one", ranked.RANKED_LISTS, ids=lambda one: one.slug)
def test_it_asks_only_for_what_filters_know(one):
    known = {facet.name: dict(facet.choices) for facet in facets(catalogue())}

    assert one.order in {sort.key for sort in SORTS}
    assert all(value in known[name] for name, values in one.chosen.items() for value in values)
    assert one.chosen.get("education") != []


def test_it_has_one_address_a_list():
    assert len(ranked.BY_SLUG) == len(ranked.RANKED_LISTS)


def test_it_ranks_by_the_figure_and_leaves_out_what_is_not_published():
    make_figures(make_guide(title="Low"), growth=-2)
    make_figures(make_guide(title="High"), growth=9)
    make_figures(make_guide(title="Silent"), growth=None)
    make_guide(title="Bare")

    assert titles("fastest-growing") == ["High", "Low"]


def test_it_knows_which_careers_need_no_degree():
    for education in ("none", "high-school", "some-college", "nondegree", "associate", ""):
        make_figures(make_guide(title=education or "depends"), education=education)

    assert sorted(titles("no-degree-needed")) == [
        "high-school",
        "nondegree",
        "none",
        "some-college",
    ]
    assert titles("two-year-degree") == ["associate"]


def test_it_shows_the_first_and_counts_all():
    for number in range(5):
        make_figures(make_guide(title=f"Guide {number}"), jobs=100 - number)

    found = ranked.ranking(ranked.BY_SLUG["most-jobs"], catalogue(), most=2)

    assert ([card.title for card in found.cards], found.total) == (["Guide 0", "Guide 1"], 5)


def test_it_leads_to_the_same_guides_in_the_same_order():
    found = ranked.ranking(ranked.BY_SLUG["apprenticeship"], catalogue())

    assert found.all_url == "/careers/?training=apprenticeship&sort=pay"
    assert found.csv_url == "/careers/lists/apprenticeship.csv"


def test_it_passes_over_lists_without_a_guide():
    make_figures(training="none", education="bachelor")

    slugs = [one.ranked.slug for one in ranked.rankings(catalogue())]

    assert "highest-paid" in slugs
    assert "apprenticeship" not in slugs
