"""The search page's own words, and the suggestions under a search field."""

import re

import pytest

from tests.careers.builders import make_guide, make_job_title

pytestmark = pytest.mark.django_db


def page(client, words):
    text = client.get("/search/", {"q": words}).content.decode()
    return re.sub(r"\s+", " ", text)


def test_it_asks_whether_a_word_was_meant(client):
    make_guide(title="Plumbers")

    assert 'Did you mean <a href="?q=plumber">plumber</a>?' in page(client, "plumer")
    assert "Did you mean" not in page(client, "plumber")


def test_it_says_that_a_title_is_outside_the_handbook_and_shows_the_nearest(client):
    make_guide(title="Airline Pilots")

    text = page(client, "starship pilot")

    assert "“starship pilot” is no title in the handbook" in text
    assert "This guide comes nearest" in text
    assert "Airline Pilots" in text
    assert "no title in" not in page(client, "airline pilot")


def test_it_suggests_names_and_where_they_lead(client):
    guide = make_guide("bakers", title="Bakers")
    other = make_guide("cooks", title="Cooks")
    make_job_title(other, "Baking Cook")

    assert client.get("/search/suggest.json?q=bak").json() == {
        "query": "bak",
        "suggestions": [
            {"name": "Bakers", "guide": "Bakers", "url": guide.get_absolute_url()},
            {"name": "Baking Cook", "guide": "Cooks", "url": other.get_absolute_url()},
        ],
    }


@pytest.mark.parametrize("typed", ["", "?!", "zzzz", "a" * 500])
def test_it_suggests_nothing_for_nothing(client, typed):
    make_guide(title="Bakers")

    response = client.get(f"/search/suggest.json?q={typed}")

    assert (response.status_code, response.json()["suggestions"]) == (200, [])


def test_it_asks_the_database_as_often_for_ten_guides_as_for_one(client, django_assert_num_queries):
    for number in range(10):
        make_guide(title=f"Bakers of kind {number}")
    client.get("/search/suggest.json?q=bak")

    with django_assert_num_queries(2):  # the data version, for the index and for the catalogue
        client.get("/search/suggest.json?q=bak")


@pytest.mark.parametrize("address", ["/", "/search/", "/careers/a-z/"])
def test_it_leaves_a_plain_form_where_scripts_do_not_run(client, address):
    text = client.get(address).content.decode()
    assert 'action="/search/" data-suggest="/search/suggest.json"' in text
    assert "listbox" not in text


def test_it_says_at_once_when_nothing_at_all_is_found(client):
    text = page(client, "zzzz")

    assert "Nothing for “zzzz”" in text
    assert 'href="/careers/a-z/"' in text.partition("<main")[2]
    assert 'id="guides"' not in text


def test_it_leads_to_each_group_that_has_something(client):
    make_guide("bakers", title="Bakers")

    jumps = page(client, "bakers").partition('class="jumps">')[2].partition("</p>")[0]

    assert jumps == '<a href="#guides">1 guide</a>'
