from decimal import Decimal

import pytest

from careers import twins
from careers.catalogue import catalogue
from careers.filters import ordered
from careers.guiderows import find_guide, read_rows
from careers.panels import Group, Hit
from tests.careers.builders import (
    make_code,
    make_edition,
    make_figures,
    make_guide,
    make_percentiles,
    make_plain_version,
    make_projection,
    make_section,
    make_similar,
    make_wage,
)

pytestmark = pytest.mark.django_db


def test_it_walks_a_list_by_its_cursor():
    for number in range(twins.PAGE_SIZE + 3):
        make_guide(title=f"Guide {number:03}", slug=f"guide-{number:03}")
    entries = ordered(catalogue().current, "title")

    first = twins.guide_list(entries, "", {}, "title")
    after = first["next"].partition("after=")[2]
    second = twins.guide_list(entries, after, {}, "title")

    assert first["count"] == twins.PAGE_SIZE + 3
    assert len(first["results"]) == twins.PAGE_SIZE
    assert [guide["slug"] for guide in second["results"]] == ["guide-050", "guide-051", "guide-052"]
    assert second["next"] is None


def test_it_starts_at_the_top_for_a_cursor_that_is_gone():
    make_guide(slug="bakers")

    page = twins.guide_list(catalogue().current, "no-such-guide", {}, "title")

    assert page["results"][0]["slug"] == "bakers"


def test_it_gives_null_for_what_is_not_published():
    make_figures(median_pay_annual=None, education="", growth=0)

    (entry,) = twins.guide_list(catalogue().current, "", {}, "title")["results"]

    assert entry["median_pay_annual"] is None
    assert entry["education"] is None
    assert entry["growth"] == 0
    assert entry["median_pay_hourly"] == 29.45


def test_it_gives_figures_of_every_edition_newest_first():
    guide = make_guide(slug="bakers")
    for year in (2019, 2024):
        make_figures(guide, make_edition(year))
    make_percentiles(guide.figures.get(edition__base_year=2024), p90_top_coded=True)
    other = make_guide(slug="chefs")
    make_similar(guide, other)
    make_plain_version(guide, grade=Decimal("6.1"))
    make_section(guide, "pay")

    found = twins.guide(
        read_rows(find_guide("bakers"), catalogue()),
        "https://example.org/careers/bakers/",
        [{"cip": "12.0501", "band": "exact"}],
    )

    assert [row["edition"] for row in found["figures"]] == ["2024–34", "2019–29"]
    assert found["percentiles"][0]["p90_is_at_least"] is True
    assert found["similar"] == [{"slug": "chefs", "title": "Chefs"}]
    assert found["fields"] == [{"cip": "12.0501", "band": "exact"}]
    assert (found["plain"]["by"], found["plain"]["grade"]) == ("Fieldguide", 6.1)
    assert found["plain"]["like"][0] == "You like order"
    sections = {section["key"]: section for section in found["sections"]}
    assert sections["pay"]["handbook"]["edition"] == "2024–34"
    assert sections["pay"]["handbook"]["by"] == "U.S. Bureau of Labor Statistics"
    assert sections["pay"]["plain"] == {
        "by": "Fieldguide",
        "edition": "2024–34",
        "grade": 6.1,
        "text": "Large places pay more.",
        "tasks": [],
        "steps": [],
    }
    assert sections["become"]["plain"]["steps"][0] == ["Now", "Volunteer."]
    assert sections["what"]["plain"]["tasks"][0] == "Plan shifts"
    assert sections["more"]["plain"] is None
    assert sections["what"]["handbook"] is None


def test_it_names_groups_and_their_keys_as_their_app_says():
    group = Group("schools", "Schools", "unitid", "name", [Hit(145600, "A college", "/s/")])

    found = twins.search("college", [], [group])

    assert found == {
        "query": "college",
        "guides": [],
        "schools": [{"unitid": 145600, "name": "A college"}],
    }


def test_it_gives_states_and_projections_with_null_for_what_is_held_back():
    guide = make_figures(make_guide(slug="bakers")).guide
    make_code(guide)
    make_wage(area="36", median=None, median_hourly=None, top_coded=["p90"])
    make_projection(openings=None)

    found = twins.guide(read_rows(find_guide("bakers"), catalogue()), "https://x.example/", [])
    (state,), (line,) = found["states"], found["projections"]

    assert (state["state"], state["release"], state["jobs"]) == ("NY", "2025-05", 120_400)
    assert state["median_pay_annual"] is None
    assert state["median_pay_hourly"] is None
    assert state["at_least"] == ["p90"]
    assert (line["edition"], line["soc"], line["growth"]) == ("2024–34", "11-9111", 5.0)
    assert line["openings"] is None
