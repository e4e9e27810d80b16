import pytest

from careers.catalogue import catalogue
from careers.guiderows import find_guide, guide_once_called, read_rows, release_of
from careers.models import Edition
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
    make_projection,
    make_section,
    make_succession,
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


def rows_of(guide):
    return read_rows(find_guide(guide.slug), catalogue())


def test_it_reads_national_wages_of_the_editions_month_and_the_newest_of_states():
    guide = make_figures().guide
    make_code(guide)
    make_wage(release="2024-05", median=1)
    make_wage(release="2025-05", median=2)
    make_wage(area="36", release="2024-05", median=3)
    make_wage(area="36", release="2025-05", median=4)
    make_wage("00-0000", release="2024-05", median=5)

    rows = rows_of(guide)

    assert {soc: row.median for soc, row in rows.wages.items()} == {"11-9111": 1, "00-0000": 5}
    assert [row.median for row in rows.state_wages] == [4]


def test_it_reads_projections_only_where_all_codes_are_there():
    guide = make_guide()
    make_code(guide, "11-9111")
    make_code(guide, "11-9112")
    for base_year, codes in ((2024, ["11-9111", "11-9112"]), (2021, ["11-9111"])):
        for soc in codes:
            make_projection(soc, make_edition(base_year))

    found = rows_of(guide).projections

    assert list(found) == ["2024–34", "2021–31"]
    assert [len(lines) for lines in found.values()] == [2, 0]


def test_it_reads_older_editions_by_the_codes_of_their_time():
    guide = make_guide()
    make_code(guide, "11-9111")
    make_succession("11-0001", "11-9111")
    make_projection("11-0001", make_edition(2016))
    make_projection("11-9111", make_edition(2016))  # other work under the same number

    (lines,) = rows_of(guide).projections.values()

    assert [line.soc for line in lines] == ["11-0001"]


@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_nine_times_however_many_rows(django_assert_num_queries, times):
    guide = make_guide()
    figures = make_figures(guide)
    for number in range(times):
        make_percentiles(figures, number, member=f"Member {number}")
        make_industry_share(figures, number)
        make_industry_pay(figures, number)
        make_job_title(guide, f"Title {number}")
        make_code(guide, f"11-{9000 + number}")
        make_wage(f"11-{9000 + number}", release="2024-05")
        make_wage(f"11-{9000 + number}", "36")
        make_projection(f"11-{9000 + number}")
        make_attainment(f"11-{9000 + number}")
    found, held = find_guide(guide.slug), catalogue()

    with django_assert_num_queries(9):
        read_rows(found, held)
