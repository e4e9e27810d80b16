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

    with django_assert_max_num_queries(12):
        client.get("/careers/guide-0/cite/?figure=pay")


def test_it_cites_one_figure_that_the_page_leads_to(client):
    make_figures(make_guide("bakers", last_changed="2025-08-28"))

    page = text_of(client.get("/careers/bakers/"))
    cited = text_of(client.get("/careers/bakers/cite/?figure=pay"))

    assert 'href="cite/?figure=pay" rel="nofollow" data-cite>$61,250<' in page
    assert "Bakers: Middle pay a year, May 2024: $61,250 (2024–34 edition)" in cited
    assert cited.count("<h3>APA</h3>") == 3


def test_it_gives_the_citation_alone_to_a_script(client):
    make_figures(make_guide("bakers"))
    headers = {"HX-Request": "true", "HX-Target": "cited_figure"}

    text = text_of(client.get("/careers/bakers/cite/?figure=pay", headers=headers))

    assert text.startswith("<h2")
    assert text.count("<h3>") == 3


@pytest.mark.parametrize("query", ["figure=nothing", "figure=%FF", "figure=pay&figure=x", "figure"])
def test_it_passes_over_a_figure_that_it_does_not_know(client, query):
    make_guide("bakers")

    assert text_of(client.get(f"/careers/bakers/cite/?{query}")).count("<h3>APA</h3>") == 2


def test_it_cites_nothing_that_is_not_published(client):
    make_figures(make_guide("bakers"), growth=None, education="")

    page = text_of(client.get("/careers/bakers/"))

    assert "figure=growth" not in page
    assert "figure=education" not in page
