import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.linear import Lesson, growth, moved, score, train

SALE = {"buy": 1.0, "now": 0.5}
TALK = {"ward": 1.0, "now": 0.5}
amounts = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), min_size=1)


def test_it_tells_apart_what_it_was_taught() -> None:
    weights = train([Lesson(SALE, True), Lesson(TALK, False)])
    assert score(SALE, weights) > 0.4
    assert score(TALK, weights) < -0.4
    assert score({"unknown": 1.0}, weights) == 0


@given(st.lists(st.tuples(amounts, st.booleans()), max_size=6), amounts, st.booleans())
def test_it_forgets_a_lesson_as_if_it_had_never_been(
    before: list[tuple[dict[str, float], bool]], features: dict[str, float], is_spam: bool
) -> None:
    weights = train([Lesson(*lesson) for lesson in before])
    lesson = Lesson(features, is_spam)
    by = growth(lesson, weights)
    after = weights | moved(lesson, by, weights)
    lesson.share = by
    forgotten = moved(lesson, -lesson.share, after)
    for token in features:
        assert forgotten[token] == pytest.approx(weights.get(token, 0.0), abs=1e-9)


def test_it_learns_nothing_more_from_what_it_knows_well() -> None:
    known = Lesson(SALE, True)
    assert growth(known, {"buy": 2.0}) == 0
    known.share = 0.3
    assert growth(known, {"buy": 9.0}) == -0.3


def test_it_comes_nearer_to_a_lesson_with_each_pass() -> None:
    lesson = Lesson(SALE, True)
    weights: dict[str, float] = {}
    steps = []
    for _ in range(3):
        steps.append(growth(lesson, weights))
        weights |= moved(lesson, steps[-1], weights)
        lesson.share += steps[-1]
    assert steps[0] > 0
    assert abs(steps[1]) < 1e-9
