import pytest

from careers.catalogue import catalogue, hourly_equivalent, mid_ranks, preparation
from careers.models import Figures, PlainOverride, Version
from tests.careers.builders import (
    make_cluster,
    make_code,
    make_edition,
    make_figures,
    make_guide,
    make_plain_version,
    make_similar,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_it_ranks_ties_in_the_middle_of_their_places():
    assert mid_ranks([10, 20, 20, 40]) == {10: 0.125, 20: 0.5, 40: 0.875}


def test_it_ranks_longer_as_better_for_a_seeker():
    quick = make_figures(education=Figures.Education.NONE, median_pay_annual=30_000).guide
    slow = make_figures(education=Figures.Education.DOCTORAL, median_pay_annual=90_000).guide

    held = catalogue()

    assert held.by_pk[quick.pk].ranks["start"] > held.by_pk[slow.pk].ranks["start"]
    assert held.by_pk[quick.pk].ranks["pay"] < held.by_pk[slow.pk].ranks["pay"]


def test_it_has_no_rank_for_what_is_not_published():
    guide = make_figures(median_pay_annual=None, median_pay_hourly=None, education="").guide
    bare = make_guide()

    held = catalogue()

    assert held.by_pk[guide.pk].ranks["pay"] is None
    assert held.by_pk[guide.pk].ranks["start"] is None
    assert held.by_pk[guide.pk].ranks["growth"] is not None
    assert set(held.by_pk[bare.pk].ranks.values()) == {None}


def test_it_ranks_hourly_pay_and_top_codes_on_one_scale():
    yearly = Figures(median_pay_annual=41_600)
    hourly = Figures(median_pay_hourly=20)
    top_coded = Figures(pay_at_least=239_200)

    assert hourly_equivalent(yearly) == hourly_equivalent(hourly) == 20
    assert hourly_equivalent(top_coded) == 115
    assert hourly_equivalent(Figures()) is None


def test_it_orders_preparation_by_schooling_before_training():
    apprentice = Figures(education="high-school", training="apprenticeship")
    graduate = Figures(education="bachelor", training="none")

    assert preparation(apprentice) < preparation(graduate)
    assert preparation(Figures(training="none")) is None


def test_it_takes_figures_codes_and_neighbours_of_the_newest_edition():
    old, new = make_edition(2019), make_edition(2024)
    guide, once, now = make_guide(), make_guide(), make_guide()
    make_figures(guide, old, growth=32)
    make_figures(guide, new, growth=23)
    make_code(guide, "11-9111", edition=old)
    make_code(guide, "11-9112", edition=new)
    make_similar(guide, once, edition=old)
    make_similar(guide, now, edition=new)

    held = catalogue()
    entry = held.by_pk[guide.pk]

    assert entry.figures.growth == 23
    assert [code.soc for code in entry.codes] == ["11-9112"]
    assert [other.guide for other in held.similar_to(guide.pk)] == [now]
    assert held.edition == new


def test_it_keeps_retired_guides_out_of_lists_but_in_reach():
    retired = make_guide(retired_at="2026-01-01T00:00Z")
    other = make_guide()
    make_similar(other, retired)

    held = catalogue()

    assert [entry.guide for entry in held.current] == [other]
    assert retired.pk in held.by_pk
    assert held.similar_to(other.pk) == []


def test_it_sorts_titles_without_regard_to_capitals():
    titles = ["eBook Makers", "Dancers", "Florists"]
    for title in titles:
        make_guide(title=title)

    assert [e.guide.title for e in catalogue().current] == ["Dancers", "eBook Makers", "Florists"]


def test_it_finds_a_guide_under_all_its_topics():
    second = make_topic("ward-design", make_cluster("arts"))
    guide = make_guide()
    guide.topics.add(second)

    held = catalogue()

    assert [entry.guide for entry in held.in_topic("ward-design")] == [guide]
    assert [entry.guide for entry in held.in_cluster("arts")] == [guide]
    assert [entry.guide for entry in held.in_cluster("health")] == [guide]


def test_it_shows_a_local_correction_of_the_summary():
    plain = make_plain_version(summary="As it was.")
    PlainOverride.objects.create(plain=plain, part="summary", text="It's better now.")

    assert catalogue().by_pk[plain.guide_id].summary == "It’s better now."


def test_it_reads_again_only_when_the_data_version_moves(django_assert_num_queries):
    make_guide()
    first = catalogue()
    with django_assert_num_queries(1):
        assert catalogue() is first

    make_guide()
    Version.objects.bump(Version.DATA)

    assert len(catalogue().current) == 2


def test_it_reads_again_for_a_guide_that_came_without_a_new_version():
    catalogue()
    guide = make_guide()

    assert guide.pk not in catalogue().by_pk
    assert guide.pk in catalogue(holding=guide.pk).by_pk


def test_it_needs_as_many_queries_for_ten_times_the_guides(django_assert_max_num_queries):
    for _ in range(20):
        guide = make_figures().guide
        make_plain_version(guide)
        guide.topics.add(make_topic("nursing"))

    with django_assert_max_num_queries(16):
        catalogue()
