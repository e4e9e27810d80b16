from html import unescape

import pytest

from careers import quality
from tests.careers.builders import make_term

pytestmark = pytest.mark.django_db


def text_of(response):
    return unescape(response.content.decode())


def test_it_shows_measured_quality_with_its_date(client):
    text = text_of(client.get("/about/quality/"))

    assert '<h2 id="spam-h">Spam filter</h2>' in text
    assert "Measured on " in text
    assert 'href="/about/quality/"' in text_of(client.get("/"))


def test_it_says_what_was_not_measured(client, tmp_path, monkeypatch):
    monkeypatch.setattr(quality, "FILE", tmp_path / "none.json")

    text = text_of(client.get("/about/quality/"))

    assert text.count("Not measured in this copy of the site yet.") == len(quality.HEADINGS)


@pytest.mark.parametrize("key", ["", "a-key"])
def test_it_names_akismet_as_a_recipient_only_where_it_is_asked(client, settings, key):
    settings.AKISMET_API_KEY = key

    assert ("Akismet" in text_of(client.get("/about/privacy/"))) is bool(key)


def test_it_explains_words_in_one_alphabet(client):
    make_term("soc", term="SOC", definition='A "code" for work.')
    make_term("apprenticeship")

    text = text_of(client.get("/careers/glossary/"))

    assert "<h1>2 words explained</h1>" in text
    assert text.index('id="apprenticeship"') < text.index('id="soc"')
    assert "<dt>SOC</dt><dd>A “code” for work.</dd>" in text
    assert 'href="/careers/glossary/"' in text_of(client.get("/"))


def test_it_has_no_words_in_an_empty_database(client):
    assert "No words are loaded here yet." in text_of(client.get("/careers/glossary/"))


@pytest.mark.parametrize("page", ["/about/quality/", "/careers/glossary/"])
def test_it_only_answers_reading_and_sets_no_cookie(client, page):
    assert client.post(page).status_code == 405
    assert not client.get(page).cookies


@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_as_often_for_ten_times_the_rows(client, django_assert_max_num_queries, times):
    for number in range(times):
        make_term(f"word-{number}")
    client.get("/careers/glossary/")

    with django_assert_max_num_queries(1):
        client.get("/careers/glossary/")
    with django_assert_max_num_queries(0):
        client.get("/about/quality/")
