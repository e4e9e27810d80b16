import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from careers import panels
from careers.models import ImportRecord, JobTitle
from careers.panels import Group, Hit, Panel
from tests.careers.builders import (
    make_attainment,
    make_code,
    make_edition,
    make_figures,
    make_former_slug,
    make_guide,
    make_industry_pay,
    make_industry_share,
    make_job_title,
    make_percentiles,
    make_plain_version,
    make_projection,
    make_section,
    make_similar,
    make_topic,
    make_wage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Careers without the panels of other apps, whose pages and queries have their own tests."""
    for name in ("_guide_panels", "_search_groups", "_field_lists"):
        monkeypatch.setattr(panels, name, [])


def text_of(response):
    return unescape(response.content.decode())


def a_full_guide(slug="bakers", times=1):
    """With `times` rows of everything that a guide can have many of."""
    guide = make_guide(slug=slug, title=slug.title(), last_changed="2025-08-28")
    figures = make_figures(guide)
    make_plain_version(guide)
    make_section(guide, "what")
    for number in range(times):
        make_percentiles(figures, number, member=f"Member {number}")
        make_industry_share(figures, number)
        make_industry_pay(figures, number)
        make_job_title(guide, f"{slug} title {number}")
        make_code(guide, f"11-{1000 + number}")
        make_wage(f"11-{1000 + number}", release="2024-05")
        make_wage(f"11-{1000 + number}", "36")
        make_projection(f"11-{1000 + number}")
        make_attainment(f"11-{1000 + number}")
        make_similar(guide, make_figures().guide, number)
    return guide


PAGES = [
    "/",
    "/careers/",
    "/careers.json",
    "/careers/a-z/",
    "/careers/in/health/",
    "/careers/in/health/health-administration/",
    "/careers.csv",
    "/careers/lists/",
    "/careers/lists/highest-paid/",
    "/careers/compare/",
    "/careers/glossary/",
    "/careers/bakers/",
    "/careers/bakers/cite/",
    "/careers/bakers.json",
    "/careers/bakers.md",
    "/shortlist/",
    "/search/?q=bakers",
    "/search.json?q=bakers",
    "/about/data/",
    "/about/quality/",
    "/about/privacy/",
    "/about/accessibility/",
    "/about/terms/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-guides.xml",
    "/careers/bakers/cite/?figure=pay",
]


@pytest.mark.parametrize("page", PAGES)
def test_it_serves_every_page(client, page):
    a_full_guide()

    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "page", ["/", "/careers/", "/careers/a-z/", "/search/?q=x", "/careers.json"]
)
def test_it_serves_an_empty_database(client, page):
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_it_only_answers_reading(client, page):
    a_full_guide()

    assert client.post(page).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_it_sets_no_cookie(client, page):
    a_full_guide()

    assert not client.get(page).cookies


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "." not in page and "?" not in page and "a-z" not in page]
)
def test_it_names_the_canonical_address(client, page):
    a_full_guide()

    response = client.get(page)

    assert f'<link rel="canonical" href="http://testserver{page}">' in text_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_it_has_no_inline_style_or_script(client, page):
    a_full_guide()
    text = client.get(page).content.decode()

    assert " style=" not in text
    assert "<style" not in text
    assert all('src="' in tag or "ld+json" in tag for tag in _tags(text, "<script"))


def _tags(text, start):
    return [piece.partition(">")[0] for piece in text.split(start)[1:]]


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/", 2),
        ("/careers/?cluster=health&sort=pay&page=2", 1),
        ("/careers.json", 1),
        ("/careers/a-z/?letter=B", 3),
        ("/careers/in/health/", 2),
        ("/careers/in/health/health-administration/", 2),
        ("/careers/bakers/", 12),
        ("/careers/bakers.json", 12),
        ("/careers/bakers.md", 12),
        ("/search/?q=bakers", 2),
        ("/search.json?q=bakers", 2),
        ("/about/data/", 2),
        ("/sitemap.xml", 5),
        ("/sitemap-browsing.xml", 2),
        ("/sitemap-guides.xml", 2),
    ],
)
@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_as_often_for_ten_times_the_rows(
    client, django_assert_max_num_queries, page, most, times
):
    a_full_guide(times=times)
    for number in range(times):
        ImportRecord.objects.create(source=f"source-{number}", sha256="0" * 64, rows=1)
    client.get(page)  # the catalogue and the index are in memory from here on

    with django_assert_max_num_queries(most):
        client.get(page)


@pytest.mark.parametrize("page", ["/careers/", "/careers.json", "/careers/a-z/", "/search/"])
@pytest.mark.parametrize(
    "query",
    [
        "q=%F0%9F&page=%FF&letter=%C3%28",
        "page=999999999999999999999999&after=%F0%9F%98%80",
        "page=-1&sort=%27%22%3E&cluster=%27;--",
        "education=bachelor&education=%E2%80%AE&pay=1e999",
        f"q={'x' * 4000}&letter={'A' * 4000}&page={'9' * 4500}",
        "q[]=1&sort[]=2&=&&&;",
    ],
)
def test_it_survives_odd_queries(client, page, query):
    a_full_guide()

    assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize(
    "page", ["/careers/?cluster=%00", "/search/?q=%00", "/search.json?q=a%00b"]
)
def test_it_refuses_a_nul(client, page):
    assert client.get(page).status_code == 400


# Home


def test_it_leads_home_to_clusters_search_and_schools(client):
    a_full_guide()

    text = text_of(client.get("/"))

    assert 'href="/careers/in/health/"' in text
    assert 'action="/search/"' in text
    assert f'action="{reverse("schoolfinder:finder")}"' in text
    assert "2 guides" in text


# All guides


def test_it_filters_sorts_and_counts(client):
    make_figures(make_guide(title="Low"), education="bachelor", median_pay_annual=30_000)
    make_figures(make_guide(title="High"), education="bachelor", median_pay_annual=90_000)
    make_figures(make_guide(title="Other"), education="none")

    response = client.get("/careers/?education=bachelor&sort=pay")

    assert "<h1>2 guides</h1>" in text_of(response)
    assert [card.title for card in response.context["cards"]] == ["High", "Low"]


def test_it_gives_htmx_the_fragment_alone(client):
    make_guide()

    page = client.get("/careers/")
    fragment = client.get("/careers/", headers={"HX-Request": "true", "HX-Target": "guide_results"})

    assert text_of(fragment).startswith('<div id="guide_results">')
    assert "<html" not in text_of(fragment)
    fragment_only = '<p id="said" hx-swap-oob="innerHTML">1 guide</p>'
    assert text_of(fragment).endswith(fragment_only)
    assert text_of(fragment).removesuffix(fragment_only).strip() in text_of(page)
    assert "HX-Target" in fragment.headers["Vary"]


def test_it_pages_through_all_guides(client):
    for number in range(25):
        make_guide(title=f"Guide {number:02}")

    first, second = client.get("/careers/"), client.get("/careers/?page=2")

    assert len(first.context["cards"]) == 20
    assert second.context["cards"][0].title == "Guide 20"
    assert 'rel="next"' in text_of(first)
    assert "Guides 21–25 of 25" in text_of(second)


def test_it_says_which_filter_to_drop(client):
    make_figures(education="associate", outlook="faster")

    text = text_of(client.get("/careers/?education=associate&growth=decline"))

    assert "<h1>No guide fits all of this</h1>" in text
    assert "“Decline”</a>: 1 guide" in text
    assert "“Associate’s degree”</a>:" not in text


def test_it_says_what_of_an_address_it_left_out(client):
    make_figures()

    text = text_of(client.get("/careers/?education=bachelor&education=wizard"))

    assert "left out: education" in text
    assert "<h1>1 guide</h1>" in text


def test_it_gives_json_in_the_same_order(client):
    for title, pay in (("A", 1), ("B", 3), ("C", 2)):
        make_figures(make_guide(title=title), median_pay_annual=pay)

    cards = client.get("/careers/?sort=pay").context["cards"]
    results = client.get("/careers.json?sort=pay").json()["results"]

    assert [card.title for card in cards] == [entry["title"] for entry in results] == list("BCA")


# Clusters, topics, titles


def test_it_groups_a_cluster_by_topic(client):
    make_guide(title="Bakers", topic=make_topic("nursing"))

    text = text_of(client.get("/careers/in/health/"))

    assert 'href="/careers/in/health/nursing/"' in text
    assert "Bakers" in text


@pytest.mark.parametrize(
    "page", ["/careers/in/nowhere/", "/careers/in/health/nowhere/", "/careers/in/arts/nursing/"]
)
def test_it_knows_no_other_clusters_and_topics(client, page):
    make_topic("nursing")

    assert client.get(page).status_code == 404


def test_it_lists_titles_of_a_letter(client):
    guide = make_guide(title="Bakers")
    make_job_title(guide, "Bagel maker")
    make_job_title(guide, "Cake maker")
    make_job_title(guide, "Biscuit maker", source=JobTitle.Source.ONET)

    text = text_of(client.get("/careers/a-z/?letter=b"))

    assert "<h1>2 titles under B</h1>" in text
    assert "Bagel maker" in text
    assert "Cake maker" not in text
    assert "Biscuit maker" not in text


def test_it_names_one_canonical_address_a_letter(client):
    make_guide()

    text = text_of(client.get("/careers/a-z/?utm=1&letter=b"))

    assert '<link rel="canonical" href="http://testserver/careers/a-z/?letter=B">' in text


def test_it_lists_titles_that_begin_with_a_digit(client):
    make_job_title(make_guide(), "3D animator", initial="#")

    assert "1 title under 0–9" in text_of(client.get("/careers/a-z/?letter=%23"))


# The guide


def test_it_leads_from_the_cluster_to_the_guide(client):
    a_full_guide()

    text = text_of(client.get("/careers/bakers/"))
    trail = text.partition('class="crumbs">')[2].partition("</ol>")[0]

    names = [
        piece.partition("<")[0] for piece in trail.split(">") if piece.partition("<")[0].strip()
    ]
    assert names == ["Health careers", "Guides", "Health administration", "Bakers"]


def test_it_names_edition_source_and_last_change(client):
    a_full_guide()

    text = text_of(client.get("/careers/bakers/"))

    assert "2024–34 edition, last changed 28 August 2025" in text
    assert 'href="https://www.bls.gov/ooh/management/bakers.htm"' in text


def test_it_sets_our_words_before_the_handbooks_each_under_its_name(client):
    a_full_guide()

    text = text_of(client.get("/careers/bakers/"))

    ours, theirs = text.index("In short, by Fieldguide"), text.index("From the handbook")
    assert ours < text.index("You plan who works when.") < theirs
    assert theirs < text.index("One paragraph of official text.")
    assert "U.S. Bureau of Labor Statistics, 2024–34 edition" in text


def test_it_says_where_the_handbooks_text_is_not_imported(client):
    a_full_guide()

    text = text_of(client.get("/careers/bakers/"))

    assert text.count("has not been imported here") == 4  # all but "what"
    assert "bakers.htm#tab-6" in text


def test_it_says_that_a_plain_version_is_being_written(client):
    make_figures(make_guide(slug="bakers"))

    text = text_of(client.get("/careers/bakers/"))

    assert text.count("plain version of this guide is being written") == 1
    assert "Is it for you?" not in text


def test_it_shows_a_guide_without_any_figures(client):
    make_guide(slug="military-careers", topic=None)
    make_edition()

    text = text_of(client.get("/careers/military-careers/"))

    assert text.count(">not published<") == 5
    assert "See how to become one" in text
    assert (
        'class="petal"' not in text.partition('class="specimen-plate"')[2].partition("<figcap")[0]
    )


def test_it_shows_top_coded_pay_as_or_more(client):
    make_figures(
        make_guide(slug="surgeons"),
        median_pay_annual=None,
        median_pay_hourly=None,
        pay_at_least=239_200,
    )

    assert "$239,200 or more" in text_of(client.get("/careers/surgeons/"))


def test_it_shows_pay_by_the_hour(client):
    figures = make_figures(
        make_guide(slug="actors"), median_pay_annual=None, median_pay_hourly=Decimal("23.33")
    )
    make_percentiles(figures, unit="hour", p10=Decimal("14"), p90=Decimal("97.19"))

    text = text_of(client.get("/careers/actors/"))

    assert '<dt>Middle pay an hour <span class="year">May 2024</span></dt>' in text
    assert "$14.00" in text
    assert "by the hour, May 2024" in text


def test_it_escapes_titles_and_plain_text(client):
    guide = make_guide(slug="bakers", title="<b>Bakers</b>")
    make_plain_version(guide, what="<script>alert(1)</script>")

    content = client.get("/careers/bakers/").content.decode()

    assert "<b>Bakers</b>" not in content
    assert "<script>alert" not in content


def test_it_says_that_a_guide_is_retired(client):
    guide = make_guide(slug="bakers", retired_at="2026-01-01T00:00Z")
    make_figures(guide, make_edition(2021))

    text = text_of(client.get("/careers/bakers/"))

    assert "No longer in the handbook" in text
    assert "2021–31 edition and will not be updated" in text


def test_it_sends_a_former_address_on(client):
    make_former_slug("bread-makers", make_guide(slug="bakers"))

    page = client.get("/careers/bread-makers/")
    twin = client.get("/careers/bread-makers.json")
    text = client.get("/careers/bread-makers.md")

    assert (page.status_code, page.url) == (301, "/careers/bakers/")
    assert (twin.status_code, twin.url) == (301, "/careers/bakers.json")
    assert (text.status_code, text.url) == (301, "/careers/bakers.md")


def test_it_sends_capitals_to_the_one_address(client):
    make_guide(slug="bakers")

    response = client.get("/careers/Bakers/")

    assert (response.status_code, response.url) == (301, "/careers/bakers/")


def test_it_offers_the_nearest_guides_for_an_unknown_address(client):
    make_guide(slug="software-developers", title="Software Developers")
    make_guide(slug="bakers", title="Bakers")

    page = client.get("/careers/softwar-developer/")
    twin = client.get("/careers/softwar-developer.json")

    assert page.status_code == twin.status_code == 404
    assert 'href="/careers/software-developers/"' in text_of(page)
    assert "Bakers" not in text_of(page)
    assert twin.json()["near"] == [{"slug": "software-developers", "title": "Software Developers"}]


def test_it_shows_panels_of_other_apps_with_a_number(client):
    make_guide(slug="bakers")
    panels.register_guide_panel(
        lambda request, guide: Panel(
            "extra", "Extra", "careers/robots.txt", {"sitemap_url": "YES"}
        ),
        position=10,
    )

    text = text_of(client.get("/careers/bakers/"))

    assert '<li><a href="#extra">Extra</a></li>' in text
    assert '<section class="section" id="extra"' in text
    assert "Sitemap: YES" in text


def test_it_gives_machines_the_article_and_its_trail(client):
    a_full_guide()

    text = client.get("/careers/bakers/").content.decode()
    data = json.loads(text.partition('ld+json">')[2].partition("</script>")[0])

    assert {item["@type"] for item in data["@graph"]} == {
        "Article",
        "BreadcrumbList",
        "Occupation",
    }
    assert '<meta property="og:title" content="Bakers">' in text


def test_it_gives_the_guide_as_plain_text(client):
    guide = a_full_guide()
    make_plain_version(make_guide(slug="cooks", title="Cooks & chefs"))

    response = client.get("/careers/bakers.md")
    text = response.content.decode()

    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert text.startswith(f"# {guide.title}\n")
    assert "- Growth, 2024–34: 5% (Faster than average. All occupations: 3.1%.)" in text
    assert "You plan who works when." in text
    assert "1. Now: Volunteer." in text
    ours = text.index(
        "*In short, by Fieldguide (reading grade 6, written from the 2024–34 edition)*"
    )
    theirs = text.index("*From the handbook (U.S. Bureau of Labor Statistics, 2024–34 edition)*")
    assert ours < text.index("You plan who works when.") < theirs
    assert theirs < text.index("One paragraph of official text.")
    assert client.get("/careers/cooks.md").content.decode().startswith("# Cooks & chefs\n")


def test_it_gives_fields_of_study_in_the_json(client):
    make_guide(slug="bakers")
    panels.register_guide_field_list(lambda guide: [{"cip": "12.0501", "band": "exact"}])

    assert client.get("/careers/bakers.json").json()["fields"] == [
        {"cip": "12.0501", "band": "exact"}
    ]


# Search


def test_it_shows_guides_and_the_groups_of_other_apps(client):
    make_guide(slug="bakers", title="Bakers")
    group = Group("schools", "Schools", "unitid", "name", [Hit(1, "Baking school", "/s/")])
    panels.register_search_group(lambda query, limit: group, position=10)

    text = text_of(client.get("/search/?q=bakers"))

    assert "Results for “bakers”" in text
    assert 'href="/careers/bakers/"' in text
    assert 'href="/s/">Baking school' in text


def test_it_keeps_what_was_typed(client):
    text = client.get("/search/?q=%22%3E%3Cb%3E").content.decode()

    assert 'value="&quot;&gt;&lt;b&gt;"' in text


def test_it_asks_nobody_about_an_empty_query(client):
    panels.register_search_group(lambda query, limit: 1 / 0, position=10)

    response = client.get("/search/?q=")

    assert "<h1>Search</h1>" in text_of(response)


def test_it_gives_htmx_the_results_alone(client):
    make_guide(title="Bakers")

    fragment = client.get(
        "/search/?q=bakers", headers={"HX-Request": "true", "HX-Target": "search_results"}
    )

    assert text_of(fragment).startswith('<div id="search_results">')


def test_it_searches_for_machines(client):
    make_guide(slug="bakers", title="Bakers")

    assert client.get("/search.json?q=bakers").json() == {
        "query": "bakers",
        "guides": [{"slug": "bakers", "title": "Bakers"}],
    }


# About, and for machines


def test_it_credits_every_source(client):
    text = text_of(client.get("/about/data/"))

    for source in (
        "Occupational Outlook Handbook",
        "O*NET 29.3 Database",
        "USDOL/ETA",
        "IPEDS",
        "College Scorecard",
        "Census",
        "GeoNames",
        "us-atlas",
        "https://creativecommons.org/licenses/by/4.0/",
    ):
        assert source in text


def test_it_shows_what_was_imported(client):
    ImportRecord.objects.create(source="ooh", label="2024–34", sha256="0" * 64, rows=9_689)

    text = text_of(client.get("/about/data/"))

    assert "2024–34" in text
    assert "9,689" in text


def test_it_says_that_it_is_no_government_site(client):
    assert "not a government site" in text_of(client.get("/about/terms/"))


def test_it_maps_the_site_with_dates(client):
    a_full_guide()

    index = client.get("/sitemap.xml").content.decode()
    maps = re.findall(r"<loc>http://testserver(/sitemap-\w+\.xml)</loc>", index)
    text = "".join(client.get(address).content.decode() for address in maps)

    assert "sitemap-guides.xml</loc><lastmod>2025-08-28</lastmod>" in index
    assert "<loc>http://testserver/careers/bakers/</loc><lastmod>2025-08-28</lastmod>" in text
    assert "http://testserver/careers/in/health/health-administration/" in text
    assert "http://testserver/about/terms/" in text


def test_it_leads_robots_to_the_map(client):
    assert "Sitemap: http://testserver/sitemap.xml" in text_of(client.get("/robots.txt"))
