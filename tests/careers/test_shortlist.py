import pytest

from careers import shortlist
from careers.catalogue import catalogue
from careers.panels import Hit
from tests.careers.builders import make_guide

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_list_without_each():
    make_guide("bakers")
    make_guide("cooks")
    hit = Hit("145600-512001-5", "Culinary arts", "/s/")

    made = shortlist.shortlist(catalogue().current, [hit])

    assert made.count == 3
    assert [kept.without_url for kept in made.guides] == [
        "/shortlist/?g=cooks&p=145600-512001-5",
        "/shortlist/?g=bakers&p=145600-512001-5",
    ]
    assert made.programs[0].without_url == "/shortlist/?g=bakers&g=cooks"
    assert made.compare_url == "/careers/compare/?g=bakers&g=cooks"
    assert made.csv_url == "/shortlist.csv?g=bakers&g=cooks&p=145600-512001-5"


def test_it_compares_nothing_alone():
    make_guide("bakers")

    assert shortlist.shortlist(catalogue().current, []).compare_url == ""


def test_it_reads_each_key_once_and_no_endless_one():
    assert shortlist.program_keys([" a ", "b", "a", "", "x" * 81]) == ["a", "b"]
    assert len(shortlist.program_keys(map(str, range(99)))) == shortlist.MOST
