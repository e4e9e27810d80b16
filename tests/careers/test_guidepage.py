import json
from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe

from careers import guidepage
from careers.catalogue import catalogue
from careers.guiderows import find_guide, read_rows
from careers.panels import Panel
from tests.careers.builders import (
    make_code,
    make_figures,
    make_guide,
    make_percentiles,
    make_plain_version,
    make_section,
    make_similar,
    make_term,
    make_wage,
)

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/careers/bakers/"


def rows_of(slug="bakers"):
    return read_rows(find_guide(slug), catalogue())


def parts(*panels):
    extra = [(panel, mark_safe("<p>Hello</p>")) for panel in panels]
    return guidepage.parts(rows_of(), extra, ADDRESS, {})


def test_it_numbers_the_sections_in_page_order():
    guide = make_figures(make_guide(slug="bakers")).guide
    make_plain_version(guide)
    make_similar(guide, make_guide())

    assert [(part.number, part.slug) for part in parts()] == [
        (1, "what"),
        (2, "where"),
        (3, "fit"),
        (4, "become"),
        (5, "pay"),
        (6, "outlook"),
        (7, "similar"),
        (8, "sources"),
    ]


def test_it_leaves_out_what_it_has_nothing_for():
    make_guide(slug="bakers")

    assert [part.slug for part in parts()] == [
        "what",
        "where",
        "become",
        "pay",
        "outlook",
        "sources",
    ]


def test_it_puts_panels_before_or_after_the_sources():
    make_guide(slug="bakers")
    schools = Panel("schools", "Schools", "x.html", position=10)
    talk = Panel("comments", "8 comments", "x.html", position=90)

    slugs = [part.slug for part in parts(schools, talk)]

    assert slugs[-3:] == ["schools", "sources", "comments"]


def explained():
    rows = rows_of()
    return guidepage.explained(guidepage.context(rows, [], ADDRESS), rows)


def test_it_explains_the_words_of_the_plain_version_where_they_stand():
    make_term("shifts")
    make_term("license")
    make_plain_version(
        make_guide(slug="bakers"), terms=["shifts", "license", "nowhere"], tasks=["Plan <shifts>"]
    )

    made = explained()
    what, become = (
        next(part for part in made["parts"] if part.slug == slug) for slug in ("what", "become")
    )

    button = '<button class="term" type="button" popovertarget="term-shifts">shifts</button>'
    assert what.shapes["plain"].items == [f"Plan &lt;{button}&gt;"]
    assert [note.slug for note in made["notes"]] == ["shifts", "license"]
    assert made["notes"][1].definition == "A paper that allows you to do this work."
    assert len(become.shapes["words"]) == 2


def test_it_explains_the_labels_of_the_figures():
    for slug in ("median", "soc-code", "much-faster-than-average"):
        make_term(slug)
    make_figures(make_guide(slug="bakers"), outlook="much-faster")

    made = explained()

    assert 'popovertarget="term-median">Middle pay a year</button>' in made["facts"][0].name
    assert ">Much faster than average.</button> All" in made["facts"][1].gloss
    assert made["soc_word"].endswith(">SOC</button>")


def test_it_says_that_the_plain_version_is_being_written_once():
    make_figures(make_guide(slug="bakers"))

    said = [part.slug for part in parts() if part.shapes.get("is_being_written")]

    assert said == ["what"]


def test_it_names_us_as_author_and_the_bureau_as_the_base():
    make_guide(slug="bakers", title="Bakers </script><b>", last_changed="2025-08-28")

    text = guidepage.json_ld(rows_of(), ADDRESS)
    article, crumbs, _ = json.loads(text)["@graph"]

    assert "</script>" not in text
    assert article["headline"] == "Bakers </script><b>"
    assert article["author"]["name"] == "Fieldguide"
    assert article["isBasedOn"].startswith("https://www.bls.gov/ooh/")
    assert article["dateModified"] == "2025-08-28"
    assert [item["name"] for item in crumbs["itemListElement"]] == [
        "Health careers",
        "Health administration",
        "Bakers </script><b>",
    ]
    assert crumbs["itemListElement"][0]["item"] == "https://example.org/careers/in/health/"


def graph():
    return json.loads(guidepage.json_ld(rows_of(), ADDRESS, ADDRESS + "share.png"))["@graph"]


def test_it_names_the_bureau_as_author_of_imported_text_alone():
    guide = make_guide(slug="bakers")
    assert "hasPart" not in graph()[0]
    make_section(guide)

    article = graph()[0]

    assert article["author"]["name"] == article["publisher"]["name"] == "Fieldguide"
    assert article["hasPart"]["author"]["name"] == "U.S. Bureau of Labor Statistics"
    assert article["image"] == ADDRESS + "share.png"


def test_it_tells_machines_the_occupation_and_its_pay():
    figures = make_figures(make_guide(slug="bakers"))
    make_percentiles(figures)
    make_code(figures.guide, title="Invented bakers")
    make_wage(release="2024-05")

    occupation = graph()[2]

    assert occupation["occupationalCategory"] == ["11-9111 Invented bakers"]
    assert occupation["educationRequirements"] == "Bachelor\u2019s degree"
    assert occupation["estimatedSalary"] == {
        "@type": "MonetaryAmountDistribution",
        "name": "base, May 2024",
        "currency": "USD",
        "duration": "P1Y",
        "percentile10": 34_100,
        "percentile25": 47_000,
        "median": 61_250,
        "percentile75": 82_000,
        "percentile90": 102_300,
    }


def test_it_tells_machines_pay_by_the_hour_where_only_that_is_published():
    make_figures(make_guide(slug="bakers"), median_pay_annual=None)

    salary = graph()[2]["estimatedSalary"]

    assert (salary["duration"], salary["median"]) == ("PT1H", 29.45)
    assert "percentile10" not in salary


def test_it_gives_machines_no_top_code_as_pay():
    figures = make_figures(
        make_guide(slug="bakers"),
        median_pay_annual=None,
        median_pay_hourly=None,
        pay_at_least=239_200,
    )
    assert "estimatedSalary" not in graph()[2]
    make_percentiles(figures, p90=Decimal(239_200), p90_top_coded=True)

    salary = graph()[2]["estimatedSalary"]

    assert salary["percentile10"] == 34_100
    assert not salary.keys() & {"median", "percentile90"}


def test_it_gives_machines_no_pay_of_a_part_or_of_another_time():
    figures = make_figures(make_guide(slug="bakers"))
    make_percentiles(figures, member="Cake bakers")
    make_percentiles(figures, 1, period="May 2016")

    salary = graph()[2]["estimatedSalary"]

    assert salary["median"] == 61_250
    assert "percentile10" not in salary


def test_it_invents_no_occupation_data_without_figures():
    make_guide(slug="bakers")

    assert not graph()[2].keys() & {"estimatedSalary", "educationRequirements"}
