import pytest

from careers.catalogue import catalogue
from careers.filters import facets
from careers.loosening import ways_out
from tests.careers.builders import make_figures, make_guide

pytestmark = pytest.mark.django_db


def ways(order="title", view="cards", **values):
    held = catalogue()
    every = facets(held)
    chosen = {facet.name: values.get(facet.name, []) for facet in every}
    return ways_out(held.current, every, chosen, order, view)


def test_it_names_the_filters_whose_end_would_help_most_guides_first():
    make_figures(make_guide(title="A"), education="associate", outlook="faster")
    make_figures(make_guide(title="B"), education="associate", outlook="faster")
    make_figures(make_guide(title="C"), education="bachelor", outlook="decline")

    found = ways(education=["associate"], growth=["decline"])

    assert [(way.labels, way.count) for way in found] == [
        (["Decline"], 2),
        (["Associate’s degree"], 1),
    ]


def test_it_drops_all_values_of_a_facet_since_one_alone_never_helps():
    make_figures(education="associate", outlook="faster")

    (way,) = ways(education=["associate"], growth=["decline", "average"], order="pay", view="table")

    assert way.labels == ["Decline", "As fast as average"]
    assert way.url == "/careers/?education=associate&sort=pay&view=table"


def test_it_drops_two_where_no_one_alone_is_enough():
    make_figures(education="associate", outlook="faster", training="none")

    found = ways(education=["master"], growth=["decline"], training=["none"])

    assert [len(way.labels) for way in found] == [2]
    assert found[0].url == "/careers/?training=none"


def test_it_finds_no_way_when_there_is_no_guide():
    assert ways(education=["master"]) == []
