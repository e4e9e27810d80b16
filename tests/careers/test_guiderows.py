import pytest

from careers.catalogue import catalogue
from careers.guiderows import find_guide, guide_once_called, read_rows, release_of
from careers.models import Edition
from tests.careers.builders import (
    make_edition,
    make_figures,
    make_former_slug,
    make_guide,
    make_industry_pay,
    make_industry_share,
    make_job_title,
    make_percentiles,
    make_section,
    make_wage,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("period", "release"), [("May 2024", "2024-05"), ("", ""), ("sometime", "")]
)
def test_it_names_the_wage_release_of_an_edition(period, release):
    assert release_of(Edition(reference_period=period)) == release


def test_it_finds_a_guide_by_its_slug_in_any_case():
    guide = make_guide(slug="bakers")

    assert find_guide("Bakers") == guide
    assert find_guide("nobody") is None


def test_it_remembers_former_addresses():
    guide = make_guide(slug="bakers")
    make_former_slug("bread-makers", guide)

    assert guide_once_called("Bread-Makers") == guide
    assert guide_once_called("bakers") is None


def test_it_reads_details_of_the_newest_edition_only():
    guide = make_guide()
    old, new = make_figures(guide, make_edition(2019)), make_figures(guide, make_edition(2024))
    make_percentiles(old)
    make_industry_share(old)
    make_industry_pay(new)

    rows = read_rows(find_guide(guide.slug), catalogue())

    assert rows.figures == [new, old]
    assert (len(rows.percentiles), len(rows.shares), len(rows.industry_pay)) == (0, 0, 1)


def test_it_reads_text_of_the_newest_imported_edition_only():
    guide = make_guide()
    make_section(guide, "what", edition=make_edition(2019))
    make_section(guide, "pay", edition=make_edition(2021))

    rows = read_rows(find_guide(guide.slug), catalogue())

    assert list(rows.sections) == ["pay"]


@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_seven_times_however_many_rows(django_assert_num_queries, times):
    guide = make_guide()
    figures = make_figures(guide)
    for number in range(times):
        make_percentiles(figures, number, member=f"Member {number}")
        make_industry_share(figures, number)
        make_industry_pay(figures, number)
        make_job_title(guide, f"Title {number}")
        make_wage(f"11-{9000 + number}", release="2024-05")
    found, held = find_guide(guide.slug), catalogue()

    with django_assert_num_queries(7):
        read_rows(found, held)
