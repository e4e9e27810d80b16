import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.models import Guide
from tests.careers.builders import (
    make_cluster,
    make_code,
    make_edition,
    make_figures,
    make_former_slug,
    make_group,
    make_guide,
    make_job_title,
    make_section,
    make_similar,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("profile", "possible"), [("047", True), ("47", False), ("B04", False), ("٠٤٧", False)]
)
def test_a_profile_is_three_digits(profile: str, possible: bool):
    if possible:
        make_guide(profile=profile)
    else:
        with pytest.raises(IntegrityError, match="guide_profile_digits"), transaction.atomic():
            make_guide(profile=profile)


@pytest.mark.parametrize("key", [{"slug": "chefs"}, {"profile": "101"}])
def test_slug_and_profile_belong_to_one_guide(key: dict[str, str]):
    make_guide(slug="chefs", profile="101")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_guide(**({"slug": "cooks", "profile": "102"} | key))


def test_a_former_address_leads_to_one_guide():
    make_former_slug("cooks", make_guide())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_former_slug("cooks", make_guide())


@pytest.mark.parametrize(
    ("soc", "possible"),
    [
        ("11-9111", True),
        ("13-1020", True),
        ("119111", False),
        ("11-911", False),
        ("1a-9111", False),
    ],
)
def test_a_code_has_the_form_of_soc(soc: str, possible: bool):
    if possible:
        make_code(make_guide(), soc)
    else:
        with pytest.raises(IntegrityError, match="guidecode_soc_form"), transaction.atomic():
            make_code(make_guide(), soc)


def test_a_code_belongs_to_one_guide_of_an_edition():
    one, other = make_guide(), make_guide()
    make_code(one, "11-9111", edition=make_edition(2019))
    make_code(other, "11-9111", edition=make_edition(2024))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_code(one, "11-9111", edition=make_edition(2024))


def test_a_name_stands_once_a_guide_and_source():
    guide = make_guide()
    make_job_title(guide, "CPA")
    make_job_title(guide, "CPA", source="onet")
    make_job_title(make_guide(), "CPA")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_job_title(guide, "CPA")


def test_a_section_stands_once_an_edition():
    guide = make_guide()
    make_section(guide, "pay", edition=make_edition(2019))
    make_section(guide, "pay", edition=make_edition(2024))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_section(guide, "pay", edition=make_edition(2024))


def test_a_guide_is_similar_to_others_once_and_never_to_itself():
    one, other = make_guide(), make_guide()
    make_similar(one, other)
    make_similar(other, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_similar(one, other, position=1)
    with pytest.raises(IntegrityError, match="similarguide_not_itself"), transaction.atomic():
        make_similar(one, one)


def test_a_retired_guide_leaves_the_lists():
    kept = make_guide()
    make_guide(retired_at=timezone.now())
    assert list(Guide.objects.current()) == [kept]


def test_it_finds_guides_of_a_topic_and_cluster_by_primary_and_further_topics():
    nursing = make_topic("nursing", make_cluster("health"))
    cooking = make_topic("cooking", make_cluster("food"))
    nurse, cook = make_guide("nurses", topic=nursing), make_guide("cooks", topic=cooking)
    cook.topics.add(nursing, cooking)
    assert set(Guide.objects.in_topic("nursing")) == {nurse, cook}
    assert set(Guide.objects.in_cluster("health")) == {nurse, cook}
    assert list(Guide.objects.in_cluster("food")) == [cook]


def test_it_finds_guides_by_code():
    planners = make_guide("planners")
    make_code(planners, "11-9111", edition=make_edition(2019))
    make_code(planners, "11-9111", edition=make_edition(2024))
    make_code(make_guide(), "51-9061")
    assert list(Guide.objects.covering("11-9111")) == [planners]


def test_it_brings_newest_figures_in_one_query_more():
    def cost(count: int) -> int:
        for _ in range(count):
            guide = make_guide()
            for year in (2019, 2024):
                make_figures(guide, make_edition(year))
        with CaptureQueriesContext(connection) as queries:
            for guide in Guide.objects.with_newest_figures():
                assert [figures.edition.base_year for figures in guide.newest_figures] == [2024]
        return len(queries)

    assert cost(1) == cost(10) == 2


def test_it_knows_the_official_address():
    guide = make_guide("chefs", group=make_group("food-preparation-and-serving"))
    assert guide.official_url == "https://www.bls.gov/ooh/food-preparation-and-serving/chefs.htm"
