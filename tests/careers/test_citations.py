from datetime import date

import pytest

from careers.citations import cited
from tests.careers.builders import make_edition, make_guide

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/careers/bakers/"


def texts(guide, edition):
    return {
        citation.slug: citation.text
        for work in cited(guide, edition, ADDRESS)
        for citation in work.citations
    }


def test_it_names_author_edition_and_date_in_each_style():
    guide = make_guide("bakers", title="Bakers", last_changed=date(2025, 9, 4))

    said = texts(guide, make_edition())

    assert said["guide-apa"] == (
        f"Fieldguide. (2025, September 4). Bakers (2024–34 edition). {ADDRESS}"
    )
    assert said["handbook-apa"] == (
        "U.S. Bureau of Labor Statistics. (2025, September 4). Bakers (2024–34 edition)."
        " Occupational Outlook Handbook. https://www.bls.gov/ooh/management/bakers.htm"
    )
    assert said["guide-mla"] == f"“Bakers.” Fieldguide, 2024–34 ed., 4 Sept. 2025, {ADDRESS}."
    assert said["handbook-mla"] == (
        "U.S. Bureau of Labor Statistics. “Bakers.” Occupational Outlook Handbook, 2024–34 ed.,"
        " 4 Sept. 2025, https://www.bls.gov/ooh/management/bakers.htm."
    )
    assert said["guide-bibtex"] == (
        "@misc{fieldguide-bakers,\n"
        "  author = {{Fieldguide}},\n"
        "  title = {{Bakers}},\n"
        "  edition = {2024--34},\n"
        "  year = {2025},\n"
        "  month = {9},\n"
        f"  url = {{{ADDRESS}}},\n"
        "}"
    )
    assert "howpublished = {Occupational Outlook Handbook}," in said["handbook-bibtex"]


def test_it_takes_the_date_of_the_edition_when_the_guide_has_none():
    assert "(2025, September 1)" in texts(make_guide(), make_edition())["guide-apa"]


def test_it_says_so_when_there_is_no_date():
    said = texts(make_guide("bakers", title="Bakers"), None)

    assert said["guide-apa"] == f"Fieldguide. (n.d.). Bakers. {ADDRESS}"
    assert said["guide-mla"] == f"“Bakers.” Fieldguide, {ADDRESS}."
    assert "year" not in said["guide-bibtex"]


def test_it_escapes_what_bibtex_would_read_as_a_command():
    said = texts(make_guide(title="Cooks & {chefs}, 100%"), None)

    assert r"title = {{Cooks \& \{chefs\}, 100\%}}," in said["guide-bibtex"]
