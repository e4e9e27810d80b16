import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolfinder.models import AwardLevel
from schoolfinder.quality.scenarios import Scenario, gain, ndcg_at, precision_at

NURSES = Scenario("nursing", "58102", "50", "", "", "bachelor")


def test_the_best_order_scores_one_and_a_worse_one_less() -> None:
    gains = {1: 3.0, 2: 2.0, 3: 1.0}
    assert ndcg_at(10, [1, 2, 3], gains) == 1
    assert ndcg_at(10, [3, 2, 1], gains) < 1
    assert ndcg_at(10, [], gains) == 0
    assert ndcg_at(10, [7], {}) == 1


def test_precision_counts_right_answers_of_as_many_as_there_are() -> None:
    gains = {1: 3.0, 2: 2.0, 3: 1.9}
    assert precision_at(5, [3, 1, 8, 9, 7], gains) == 0.5
    assert precision_at(1, [2], gains) == 1
    assert precision_at(5, [3], {3: 1.9}) == 1


@given(st.permutations(range(8)), st.dictionaries(st.integers(0, 7), st.floats(0, 3), min_size=1))
def test_no_order_beats_the_best(order: list[int], gains: dict[int, float]) -> None:
    best = sorted(gains, key=lambda unitid: -gains[unitid])
    assert ndcg_at(5, order, gains) <= ndcg_at(5, best, gains) + 1e-9


@pytest.mark.parametrize(
    ("award", "graduates", "miles", "worth"),
    [
        (AwardLevel.BACHELOR, 9, 10.0, 3.0),
        (AwardLevel.BACHELOR, 9, 10.1, 2.7),
        (AwardLevel.BACHELOR, 9, 80.0, 2.1),
        (AwardLevel.BACHELOR, 9, None, 3.0),
        (AwardLevel.BACHELOR, 0, 1.0, 1.5),
        (AwardLevel.MASTER, 9, 1.0, 2.4),
        (AwardLevel.ASSOCIATE, 9, 1.0, 1.5),
    ],
)
def test_a_program_is_worth_its_grade_less_what_stands_in_the_way(
    award: int, graduates: int, miles: float | None, worth: float
) -> None:
    assert gain(3, award, graduates, miles, NURSES) == pytest.approx(worth)


def test_a_level_that_was_asked_for_must_be_met() -> None:
    asked = NURSES._replace(award="associate")
    assert gain(3, AwardLevel.ASSOCIATE, 9, 1.0, asked) == 3
    assert gain(3, AwardLevel.BACHELOR, 9, 1.0, asked) == 0
