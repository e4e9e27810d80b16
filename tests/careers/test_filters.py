from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.filters import SORTS, facets, ordered, select, without
from tests.careers.builders import make_cluster, make_figures, make_guide, make_topic

pytestmark = pytest.mark.django_db


def chosen(**values):
    names = ("cluster", "topic", "pay", "education", "training", "experience", "growth", "openings")
    return {name: values.get(name, []) for name in names}


def found(**values):
    held = catalogue()
    return select(held.current, facets(held), chosen(**values))


def titles(selection):
    return [entry.guide.title for entry in selection.entries]


def test_it_passes_any_value_within_a_facet_and_all_facets_together():
    make_figures(make_guide(title="A"), education="associate", growth=5)
    make_figures(make_guide(title="B"), education="bachelor", outlook="faster")
    make_figures(make_guide(title="C"), education="bachelor", outlook="decline")
    make_figures(make_guide(title="D"), education="master")

    assert titles(found(education=["associate", "bachelor"])) == ["A", "B", "C"]
    assert titles(found(education=["bachelor"], growth=["decline"])) == ["C"]


def test_it_counts_each_choice_as_if_the_others_of_its_facet_were_not_chosen():
    make_figures(education="associate", outlook="faster")
    make_figures(education="bachelor", outlook="faster")
    make_figures(education="bachelor", outlook="decline")

    counts = found(education=["associate"]).counts

    assert counts["education", "associate"] == 1
    assert counts["education", "bachelor"] == 2
    assert counts["growth", "faster"] == 1
    assert ("growth", "decline") not in counts


@pytest.mark.parametrize(
    ("values", "band"),
    [
        ({"median_pay_annual": 37_499}, "under-37500"),
        ({"median_pay_annual": 37_500}, "37500"),
        ({"median_pay_annual": 99_999}, "75000"),
        ({"median_pay_annual": 100_000}, "100000"),
        ({"median_pay_annual": None, "pay_at_least": 239_200}, "100000"),
        ({"median_pay_annual": None, "median_pay_hourly": Decimal("23.33")}, "hourly"),
        ({"median_pay_annual": None, "median_pay_hourly": None}, "unknown"),
    ],
)
def test_it_puts_pay_into_a_band(values, band):
    make_figures(**values)

    assert len(found(pay=[band]).entries) == 1


@pytest.mark.parametrize(
    ("openings", "band"),
    [(999, "under-1000"), (1_000, "1000"), (50_000, "50000"), (None, "unknown")],
)
def test_it_puts_openings_into_a_band(openings, band):
    make_figures(openings=openings)

    assert len(found(openings=[band]).entries) == 1


def test_it_finds_guides_without_figures_under_unknown():
    make_guide()

    for facet in ("pay", "education", "training", "experience", "growth", "openings"):
        assert len(found(**{facet: ["unknown"]}).entries) == 1


def test_it_filters_by_cluster_and_topic():
    make_guide(title="A", topic=make_topic("drawing", make_cluster("arts")))
    make_guide(title="B")

    assert titles(found(cluster=["arts"])) == ["A"]
    assert titles(found(topic=["health-administration"])) == ["B"]
    assert titles(found(cluster=["arts"], topic=["health-administration"])) == []


@pytest.mark.parametrize("key", [sort.key for sort in SORTS])
def test_it_puts_unpublished_values_last_and_ties_by_title(key):
    values = {"median_pay_annual": 50_000}
    for title in ("C", "B"):
        make_figures(make_guide(title=title), **values)
    make_guide(title="A")

    shown = [entry.guide.title for entry in ordered(catalogue().current, key)]

    assert shown == (["A", "B", "C"] if key == "title" else ["B", "C", "A"])


def test_it_sorts_pay_downwards_and_preparation_upwards():
    make_figures(make_guide(title="Low"), median_pay_annual=30_000, education="none")
    make_figures(make_guide(title="High"), median_pay_annual=90_000, education="master")

    entries = catalogue().current

    assert [e.guide.title for e in ordered(entries, "pay")] == ["High", "Low"]
    assert [e.guide.title for e in ordered(entries, "start")] == ["Low", "High"]


def test_it_drops_one_value_and_keeps_the_rest():
    before = chosen(education=["associate", "bachelor"], growth=["faster"])

    after = without(before, "education", "associate")

    assert after["education"] == ["bachelor"]
    assert after["growth"] == ["faster"]
