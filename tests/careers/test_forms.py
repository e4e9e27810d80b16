import pytest
from django.http import QueryDict

from careers.catalogue import catalogue
from careers.filters import facets
from careers.forms import LONGEST_QUERY, GuideFilterForm, SearchForm
from tests.careers.builders import make_topic


def filter_form(query):
    return GuideFilterForm(QueryDict(query), facets(catalogue()))


@pytest.mark.django_db
def test_it_takes_what_the_facets_know_in_their_own_order():
    make_topic()

    form = filter_form("education=bachelor&education=associate&cluster=health&sort=pay")

    assert form.chosen["education"] == ["associate", "bachelor"]
    assert form.chosen["cluster"] == ["health"]
    assert form.order == "pay"
    assert form.unknown == []


@pytest.mark.django_db
def test_it_drops_unknown_values_and_names_their_parameters():
    form = filter_form("education=bachelor&education=wizard&cluster=%F0%9F&sort=zzz&page=x")

    assert form.chosen["education"] == ["bachelor"]
    assert form.chosen["cluster"] == []
    assert form.order == "title"
    assert form.unknown == ["cluster", "education", "sort"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("q=  x-ray   tech ", "x-ray tech"),
        ("", ""),
        ("q=", ""),
        ("q=%00", ""),
        ("q=" + "a" * 5_000, "a" * LONGEST_QUERY),
    ],
)
def test_it_reads_a_query_of_a_sane_length(typed, query):
    assert SearchForm(QueryDict(typed)).query == query
