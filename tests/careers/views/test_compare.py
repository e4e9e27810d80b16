import csv
from html import unescape
from io import StringIO

import pytest

from careers import panels, shortlist
from careers.panels import Hit
from tests.careers.builders import make_figures, make_guide, make_plain_version, make_similar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    for name in ("_guide_panels", "_search_groups", "_field_lists", "_kept_programs"):
        monkeypatch.setattr(panels, name, [])


@pytest.fixture
def guides():
    made = [make_guide(slug) for slug in ("bakers", "cooks", "nurses", "pilots", "tailors")]
    for number, guide in enumerate(made):
        make_figures(guide, openings=100 * number)
    return made


def text_of(response):
    return unescape(response.content.decode())


def lines_of(response):
    return list(csv.DictReader(StringIO(response.content.decode())))


ODD = [
    "g=",
    "g=nobody&g=%F0%9F%92%A5&g=%FF",
    "g=<script>alert(1)</script>",
    f"g={'x' * 4000}",
    "&".join(f"g=no-{number}" for number in range(200)),
    "g[]=bakers&p[]=1&p=%E2%80%AE",
    "p=" + "9" * 4000,
]


# Side by side


def test_it_compares_up_to_four_and_marks_what_differs(client, guides):
    text = text_of(client.get("/careers/compare/?g=cooks&g=bakers&g=nurses&g=pilots"))

    assert "<h1>4 guides side by side</h1>" in text
    assert text.index('href="/careers/cooks/"') < text.index('href="/careers/bakers/"')
    assert "Openings a year<span" in text.replace("≠", "")
    assert ", differs" in text
    assert ", alike" in text
    assert 'data-label="Pilots">300 <span class="sign" aria-hidden="true">▲' in text
    assert "<select" not in text


def test_it_says_what_did_not_fit(client, guides):
    text = text_of(client.get("/careers/compare/?g=cooks&g=bakers&g=nurses&g=pilots&g=tailors"))

    assert "<h1>4 guides side by side</h1>" in text
    assert 'Left out: <a href="/careers/tailors/">Tailors</a>.' in text


def test_it_names_what_it_does_not_know_and_compares_the_rest(client, guides):
    text = text_of(client.get("/careers/compare/?g=cooks&g=wizards&g=bakers"))

    assert "No guide is called “wizards”." in text
    assert "The rest is compared below." in text
    assert "<h1>2 guides side by side</h1>" in text


def test_it_asks_for_a_first_guide(client, guides):
    text = text_of(client.get("/careers/compare/"))

    assert "Choose up to 4 guides." in text
    assert '<option value="tailors">Tailors</option>' in text
    assert "<table" not in text


def test_it_keeps_the_chosen_when_one_is_added(client, guides):
    text = text_of(client.get("/careers/compare/?g=cooks"))

    assert '<input type="hidden" name="g" value="cooks">' in text
    assert "One guide so far" in text
    assert '<option value="cooks">' not in text


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("page", ["/careers/compare/", "/shortlist/"])
def test_it_survives_odd_addresses(client, guides, page, query):
    response = client.get(f"{page}?{query}")

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("page", ["/careers/compare/", "/shortlist/"])
def test_it_only_answers_reading(client, page):
    assert client.get(page).status_code == 200  # an empty database too
    assert client.post(page).status_code == 405


def test_it_is_one_link_from_guide_cards_and_similar_careers(client, guides):
    make_similar(guides[0], guides[1])
    make_plain_version(guides[0])

    guide, cards = text_of(client.get("/careers/bakers/")), text_of(client.get("/careers/"))

    for page in (guide, cards):
        assert 'href="/careers/compare/?g=bakers"' in page
        assert 'href="/shortlist/?g=bakers"' in page
    assert 'href="/careers/compare/?g=bakers&g=cooks"' in guide


# Kept


def test_it_lists_what_the_address_names(client, guides):
    text = text_of(client.get("/shortlist/?g=cooks&g=bakers"))

    assert "<h1>Your shortlist: 2</h1>" in text
    assert 'href="/shortlist/?g=bakers" data-drop-g="cooks"' in text
    assert 'href="/careers/compare/?g=cooks&g=bakers"' in text


def test_it_explains_itself_when_it_is_empty(client):
    assert "<h1>Your shortlist is empty</h1>" in text_of(client.get("/shortlist/"))


def test_it_says_what_it_left_out(client, guides):
    for number in range(shortlist.MOST):
        make_guide(f"guide-{number}")
    names = "&".join(f"g=guide-{number}" for number in range(shortlist.MOST))

    text = text_of(client.get(f"/shortlist/?{names}&g=bakers&g=wizards&p=77"))

    assert "A shortlist holds 30 guides. Left out: 1." in text
    assert "Not found, and left out: “wizards”, “77”." in text


def test_it_lists_programs_of_another_app(client, guides):
    panels.register_kept_programs(
        lambda keys: [Hit(key, "Baking", "/s/", "A college") for key in keys if key == "1-2-3"]
    )

    text = text_of(client.get("/shortlist/?g=bakers&p=1-2-3&p=9-9-9"))

    assert "<h1>Your shortlist: 2</h1>" in text
    assert '<a href="/s/">Baking</a>' in text
    assert 'href="/shortlist/?g=bakers" data-drop-p="1-2-3"' in text
    assert "left out: “9-9-9”" in text


def test_it_gives_csv_of_what_is_compared_and_kept(client, guides):
    panels.register_kept_programs(lambda keys: [Hit(keys[0], "Baking", "/s/", "A college")])

    compared = client.get("/careers/compare.csv?g=cooks&g=bakers&g=wizards")
    kept = client.get("/shortlist.csv?g=cooks&p=1-2-3")

    assert [line["slug"] for line in lines_of(compared)] == ["cooks", "bakers"]
    assert [(line["kind"], line["slug"], line["summary"]) for line in lines_of(kept)] == [
        ("guide", "cooks", ""),
        ("program", "1-2-3", "A college"),
    ]
    for page in ("careers/compare", "shortlist"):
        assert f'href="/{page}.csv?g=cooks&g=bakers"' in text_of(
            client.get(f"/{page}/?g=cooks&g=bakers")
        )
        assert client.get(f"/{page}.csv?g=%FF&g=&p=%20").status_code == 200


@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize(
    "page", ["/careers/compare/", "/careers/compare.csv", "/shortlist/", "/shortlist.csv"]
)
def test_it_asks_as_often_for_ten_times_the_rows(
    client, django_assert_max_num_queries, page, times
):
    for number in range(3 * times):
        make_figures(make_guide(f"guide-{number}"))
    query = "&".join(f"g=guide-{number}" for number in range(3 * times))
    client.get(page)

    with django_assert_max_num_queries(2):
        client.get(f"{page}?{query}&g=wizards")
