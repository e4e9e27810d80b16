import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolfinder import scoring
from schoolfinder.awards import AwardGroup

shares = st.none() | st.floats(0, 1)


def parts(**values: float | None) -> scoring.Parts:
    empty: dict[str, float | None] = dict.fromkeys(scoring.Parts.__slots__)
    return scoring.Parts(**(empty | values))


def test_it_halves_nearness_every_25_miles() -> None:
    assert scoring.distance(0) == 1
    assert scoring.distance(25) == pytest.approx(0.5)
    assert scoring.distance(50) == pytest.approx(0.25)


def test_it_minds_too_little_schooling_more_than_too_much() -> None:
    usual = AwardGroup.BACHELOR
    above = scoring.award(AwardGroup.GRADUATE, usual)
    below = scoring.award(AwardGroup.ASSOCIATE, usual)
    assert 1 == scoring.award(usual, usual) > above > below > 0


def test_it_takes_a_negative_price_for_free() -> None:
    assert scoring.cost(-3220, 1) == scoring.cost(0, 1) == 1


def test_it_compares_a_price_with_schools_of_the_same_level() -> None:
    two_year, four_year = scoring.cost(10_000, 2), scoring.cost(10_000, 1)
    assert two_year is not None
    assert four_year is not None
    assert two_year < 0.5 < four_year


def test_it_has_no_part_for_what_is_not_published() -> None:
    assert scoring.cost(None, 1) is None
    assert scoring.size(0) is None
    assert scoring.outcomes(None, None) is None


def test_it_counts_outcomes_from_the_one_that_is_known() -> None:
    assert scoring.outcomes(0.5, None) == pytest.approx(0.5)
    assert scoring.outcomes(None, 40_000) == pytest.approx(0.5)


@given(st.builds(scoring.Parts, shares, shares, shares, shares, shares))
def test_it_scores_from_0_to_1(scored: scoring.Parts) -> None:
    assert 0 <= scoring.score(scored, by_distance=True) <= 1
    assert 0 <= scoring.score(scored, by_distance=False) <= 1


def test_it_counts_a_missing_figure_as_the_middle() -> None:
    assert scoring.score(parts(), by_distance=True) == pytest.approx(0.5)
    assert scoring.score(parts(cost=0.5), True) == pytest.approx(scoring.score(parts(), True))


@given(st.floats(0, 1))
def test_it_drops_distance_and_rescales_without_a_start(value: float) -> None:
    same = parts(award=value, cost=value, size=value, outcomes=value, distance=0.0)
    assert scoring.score(same, by_distance=False) == pytest.approx(value)
    assert "distance" not in scoring.contributions(same, by_distance=False)


def test_it_tells_which_parts_lift_and_lower() -> None:
    found = scoring.contributions(parts(cost=0.9, outcomes=0.1), by_distance=True)
    assert found["cost"] > 0 > found["outcomes"]
    assert set(found) == {"cost", "outcomes"}
