import csv
from html import unescape
from io import StringIO

import pytest

from careers.ranked import RANKED_LISTS
from tests.careers.builders import make_figures, make_guide, make_job_title, make_plain_version

pytestmark = pytest.mark.django_db


PAGES = [
    "/careers.csv",
    "/careers/?view=table",
    "/careers/lists/",
    "/careers/lists/most-jobs/",
    "/careers/lists/most-jobs.csv",
]


def text_of(response):
    return unescape(response.content.decode())


def lines_of(response):
    return list(csv.DictReader(StringIO(response.content.decode())))


# CSV


def test_it_gives_csv_with_the_same_filters_in_the_same_order(client):
    for title, pay in (("A", 1), ("B", 3), ("C", 2)):
        make_figures(make_guide(title=title), median_pay_annual=pay, education="associate")
    make_figures(make_guide(title="D"), education="master")
    query = "?education=associate&sort=pay"

    response = client.get(f"/careers.csv{query}")
    results = client.get(f"/careers.json{query}").json()["results"]

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [line["title"] for line in lines_of(response)] == ["B", "C", "A"]
    assert list(lines_of(response)[0]) == list(results[0])
    assert f'href="/careers.csv{query}"' in text_of(client.get(f"/careers/{query}"))


def test_it_gives_all_lines_and_leaves_cells_empty_that_are_not_published(client):
    for number in range(60):
        make_guide(title=f"Guide {number}")
    guide = make_figures(make_guide(title='A, "b"'), growth=0, openings=None).guide
    make_plain_version(guide, summary="One\nline, or two.")

    lines = lines_of(client.get("/careers.csv"))

    assert len(lines) == 61
    assert (lines[0]["title"], lines[0]["growth"], lines[0]["openings"]) == ('A, "b"', "0", "")
    assert lines[0]["summary"] == "One\nline, or two."
    assert lines[1]["median_pay_annual"] == ""


def test_it_gives_csv_of_a_ranked_list_with_places_and_without_what_is_not_published(client):
    for title, pay in (("A", 1), ("B", 3), ("C", None)):
        make_figures(make_guide(title=title), median_pay_annual=pay, median_pay_hourly=None)

    response = client.get("/careers/lists/highest-paid.csv")

    assert [(line["rank"], line["title"]) for line in lines_of(response)] == [
        ("1", "B"),
        ("2", "A"),
    ]
    assert 'filename="highest-paid.csv"' in response["Content-Disposition"]
    assert 'href="/careers/lists/highest-paid.csv"' in text_of(
        client.get("/careers/lists/highest-paid/")
    )
    assert client.get("/careers/lists/silliest.csv").status_code == 404


def test_it_gives_csv_of_all_titles_or_of_one_letter(client):
    bakers = make_guide("bakers", title="Bakers")
    make_job_title(bakers, "Bread Maker")
    make_job_title(bakers, "Pastry Cook")

    every, some = client.get("/careers/a-z.csv"), client.get("/careers/a-z.csv?letter=b")

    assert [line["title"] for line in lines_of(every)] == ["Bakers", "Bread Maker", "Pastry Cook"]
    assert [line["title"] for line in lines_of(some)] == ["Bakers", "Bread Maker"]
    assert lines_of(some)[1] == {
        "title": "Bread Maker",
        "guide": "Bakers",
        "slug": "bakers",
        "url": "/careers/bakers/",
    }


# Table


def test_it_shows_the_same_guides_as_a_table(client):
    make_figures(make_guide("a", title="A"), median_pay_annual=10_000, education="associate")
    make_figures(make_guide("b", title="B"), median_pay_annual=20_000, openings=None)

    text = text_of(client.get("/careers/?view=table&sort=pay"))
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]

    assert body.index(">B</a>") < body.index("$20,000") < body.index(">A</a>")
    assert 'class="n absent">not published' in body
    assert 'aria-sort="descending"><a href="/careers/?sort=pay&view=table">Pay</a>' in text
    assert 'class="entry"' not in text


def test_it_keeps_the_shape_through_filters_tags_and_pages(client):
    for number in range(60):
        make_figures(make_guide(title=f"Guide {number}"), education="associate")
    make_figures(make_guide(title="Other"), education="master")

    text = text_of(client.get("/careers/?education=associate&view=table"))

    assert '<input type="hidden" name="view" value="table">' in text
    assert 'href="/careers/?view=table">Associate’s degree' in text
    assert 'href="/careers/?education=associate&view=table&page=2"' in text
    assert 'href="/careers/?education=associate">Cards</a>' in text
    assert text.count('name="g"') == 50
    assert 'name="view"' not in text_of(client.get("/careers/?view=heap"))


def test_it_offers_ticked_guides_to_compare_and_to_keep(client):
    make_figures(make_guide("bakers", title="Bakers"))

    for page in ("/careers/?view=table", "/careers/a-z/?letter=B"):
        text = text_of(client.get(page))
        form = text.partition('class="picks" action="/careers/compare/"')[2].partition("</form>")[0]
        assert 'name="g" value="bakers" aria-label="Bakers"' in form
        assert 'formaction="/shortlist/"' in form


# Ranked lists


@pytest.mark.parametrize("one", RANKED_LISTS, ids=lambda one: one.slug)
def test_it_serves_each_ranked_list_of_an_empty_database(client, one):
    assert "No figures are loaded here yet." in text_of(client.get(one.url))


@pytest.mark.parametrize("one", RANKED_LISTS, ids=lambda one: one.slug)
def test_it_serves_each_ranked_list(client, one):
    values = {"training": "apprenticeship"} if one.slug == "apprenticeship" else {}
    education = "associate" if one.slug == "two-year-degree" else "none"
    make_figures(make_guide(title="Bakers"), education=education, **values)

    text = text_of(client.get(one.url))

    assert f"<h1>{one.title}</h1>" in text
    assert "Rank 1<" in text
    assert "Bakers" in text
    assert f'<link rel="canonical" href="http://testserver{one.url}">' in text


def test_it_shows_the_first_of_each_list_together(client):
    for number in range(5):
        make_figures(make_guide(title=f"Guide {number}"), median_pay_annual=100 - number)

    text = text_of(client.get("/careers/lists/"))
    first = text.partition('id="highest-paid"')[2].partition("</section>")[0]

    assert "Guide 2" in first
    assert "Guide 3" not in first
    assert 'href="/careers/lists/highest-paid/"' in first
    assert 'href="/careers/lists/"' in text_of(client.get("/careers/"))


def test_it_tells_search_engines_of_each_list(client):
    pages, ranked = (text_of(client.get(f"/sitemap-{one}.xml")) for one in ("pages", "ranked"))

    assert all(f"http://testserver{one.url}<" in ranked for one in RANKED_LISTS)
    assert "http://testserver/about/quality/<" in pages


def test_it_knows_no_other_list(client):
    assert client.get("/careers/lists/silliest/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_it_only_answers_reading_and_sets_no_cookie(client, page):
    assert client.post(page).status_code == 405
    assert (
        client.get(
            f"{page.partition('?')[0]}?page=%FF&view=heap&sort=%27&education=wizard&q[]=1"
        ).status_code
        == 200
    )
    assert not client.get(page).cookies


@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize("page", PAGES)
def test_it_asks_as_often_for_ten_times_the_rows(
    client, django_assert_max_num_queries, page, times
):
    for _ in range(6 * times):
        make_figures()
    client.get(page)

    with django_assert_max_num_queries(1):
        client.get(page)
