"""What stands beside a guide's page; the page itself and its twins are in ../test_views.py."""

from html import unescape

import pytest

from tests.careers.builders import make_figures, make_former_slug, make_guide

pytestmark = pytest.mark.django_db


def text_of(response):
    return unescape(response.content.decode())


def test_it_cites_the_guide_and_the_handbook_in_three_styles(client):
    make_figures(make_guide("bakers", last_changed="2025-08-28"))

    text = text_of(client.get("/careers/bakers/cite/"))

    assert "Fieldguide. (2025, August 28). Bakers (2024–34 edition)." in text
    assert "http://testserver/careers/bakers/" in text
    assert text.count("<h3>APA</h3>") == text.count("<h3>BibTeX</h3>") == 2
    assert text.count('data-copy="') == text.count(" hidden><span data-word>Copy") == 6


def test_it_cites_a_guide_without_figures(client):
    make_guide("bakers", topic=None, title="<b>Bakers</b>")

    response = client.get("/careers/bakers/cite/")

    assert "Fieldguide. (n.d.)" in text_of(response)
    assert "<b>Bakers</b>" not in response.content.decode()


def test_it_is_one_click_from_the_guide(client):
    make_guide("bakers")

    assert 'href="/careers/bakers/cite/"' in text_of(client.get("/careers/bakers/"))


def test_it_follows_former_addresses_and_knows_no_others(client):
    make_former_slug("bread-makers", make_guide("bakers"))

    moved = client.get("/careers/bread-makers/cite/")

    assert (moved.status_code, moved.url) == (301, "/careers/bakers/cite/")
    assert client.get("/careers/nobody/cite/").status_code == 404
    assert client.post("/careers/bakers/cite/").status_code == 405


@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_as_often_for_ten_times_the_rows(client, django_assert_max_num_queries, times):
    for number in range(times):
        make_figures(make_guide(f"guide-{number}"))
    client.get("/careers/guide-0/cite/")

    with django_assert_max_num_queries(3):
        client.get("/careers/guide-0/cite/")
