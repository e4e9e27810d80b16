import pytest

from careers import picks
from careers.catalogue import catalogue
from tests.careers.builders import make_former_slug, make_guide

pytestmark = pytest.mark.django_db


def picked(*names, most=4):
    found = picks.pick(names, catalogue(), most)
    slugs = [entry.guide.slug for entry in found.entries]
    return slugs, found.unknown, [entry.guide.slug for entry in found.left_out]


def test_it_takes_each_guide_once_in_the_order_asked_for():
    make_guide("bakers")
    make_guide("cooks")

    assert picked("cooks", " Bakers ", "cooks", "") == (["cooks", "bakers"], [], [])


def test_it_takes_retired_guides_and_former_names():
    guide = make_guide("bakers", retired_at="2026-01-01T00:00Z")
    make_former_slug("bread-makers", guide)

    assert picked("bread-makers", "bakers") == (["bakers"], [], [])


def test_it_names_what_is_unknown_and_cuts_it():
    make_guide("bakers")

    assert picked("x" * 500, "bakers", "💥")[:2] == (["bakers"], ["x" * 60, "💥"])
    assert len(picked(*(f"no-{number}" for number in range(50)))[1]) == picks.MOST_NAMES


def test_it_leaves_out_what_does_not_fit():
    for name in "abc":
        make_guide(name)

    assert picked("c", "a", "b", most=2) == (["c", "a"], [], ["b"])


def test_it_asks_no_query_for_known_names(django_assert_num_queries):
    make_guide("bakers")
    held = catalogue()

    with django_assert_num_queries(0):
        picks.pick(["bakers"], held, 4)
    with django_assert_num_queries(1):
        picks.pick(["nobody", "no-one"], held, 4)


def test_it_writes_the_address_of_a_list():
    make_guide("bakers")

    entries = catalogue().current

    assert picks.address("careers:compare", entries) == "/careers/compare/?g=bakers"
    assert picks.address("careers:shortlist", [], ("p", "1 2")) == "/shortlist/?p=1+2"
    assert picks.address("careers:shortlist", []) == "/shortlist/"
