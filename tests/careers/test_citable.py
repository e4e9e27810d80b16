import pytest

from careers import citable, citations
from careers.catalogue import catalogue
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import (
    make_attainment,
    make_code,
    make_edition,
    make_figures,
    make_guide,
    make_industry_share,
    make_projection,
    make_wage,
)

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/careers/bakers/"


def figures(asked=None):
    rows = read_rows(find_guide("bakers"), catalogue())
    return {one.key: one for one in citable.citable_figures(rows, asked or {})}


@pytest.fixture
def guide():
    guide = make_figures(make_guide("bakers", last_changed="2025-08-28"), openings=None).guide
    make_code(guide)
    guide.refresh_from_db()
    return guide


def test_it_cites_a_fact_with_its_number_edition_and_date(guide):
    work = citations.cited_figure(figures()["pay"], guide, ADDRESS)
    apa, mla, bibtex = (citation.text for citation in work.citations)

    assert apa == (
        "U.S. Bureau of Labor Statistics. (2025, August 28). Bakers: Middle pay a year, May 2024: "
        "$61,250 (2024–34 edition). Occupational Outlook Handbook. "
        "https://example.org/careers/bakers/#facts"
    )
    assert mla.startswith("U.S. Bureau of Labor Statistics. “Bakers: Middle pay a year, May 2024:")
    assert "28 Aug. 2025" in mla
    assert bibtex.startswith("@misc{ooh-bakers-pay,")
    assert "\\$61,250" in bibtex


def test_it_cites_nothing_that_is_not_published(guide):
    assert "openings" not in figures()
    assert "spread" not in figures()


def test_it_names_the_program_and_the_month_behind_each_plot(guide):
    make_industry_share(guide.figures.get())
    make_attainment(edition=make_edition(2019))
    make_projection()
    make_wage(area="36")

    found = figures()

    assert (found["states"].container, found["states"].edition) == (citable.WAGES, "May 2025")
    assert found["schooling"].edition == "2019–29 edition"
    assert found["causes"].container == "Employment Projections, table 1.10"
    assert found["employers"].section == "where"


def test_it_cites_of_several_occupations_the_one_on_the_map(guide):
    make_code(guide, "11-9112", title="Invented bakers")
    for soc in ("11-9111", "11-9112"):
        make_wage(soc, "36")

    assert "Invented bakers" in figures({"occupation": "11-9112"})["states"].name
