import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.spam.linear import Counts, Lesson, Memory, Trace, train

SALE = {"buy": 1.0, "now": 0.5}
TALK = {"ward": 1.0, "now": 0.5}
amounts = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), min_size=1)


def test_it_tells_apart_what_it_was_taught() -> None:
    memory = train([Lesson(SALE, True), Lesson(TALK, False)])
    assert memory.score(SALE) > 0.3
    assert memory.score(TALK) < -0.3
    assert memory.score({"unknown": 1.0}) == 0


def test_it_gives_no_weight_to_what_stands_in_both_kinds_alike() -> None:
    memory = train([Lesson(SALE, True), Lesson(TALK, False)])
    assert memory.weight("now") == 0
    assert memory.weight("buy") > 0 > memory.weight("ward")


def test_it_trusts_a_token_more_the_oftener_it_tells_the_same() -> None:
    memory = Memory(
        Counts(20, 20), {"once": Trace(1, 0), "often": Trace(9, 0), "both": Trace(9, 9)}
    )
    assert memory.telling("often") > memory.telling("once") > memory.telling("both") == 0


def test_it_learns_nothing_from_what_it_never_saw_however_rare_spam_is() -> None:
    memory = Memory(Counts(10, 2000), {"once in good": Trace(0, 1), "once in spam": Trace(1, 0)})
    assert memory.telling("never") == 0
    assert memory.telling("once in good") < 0.5 < memory.telling("once in spam")


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(amounts, st.booleans()), max_size=6), amounts, st.booleans())
def test_it_forgets_a_lesson_as_if_it_had_never_been(
    before: list[tuple[dict[str, float], bool]], features: dict[str, float], is_spam: bool
) -> None:
    memory = train([Lesson(*lesson) for lesson in before])
    scores = {token: memory.weight(token) for token in "abcdef"}
    lesson = Lesson(features, is_spam)
    memory.count(lesson, 1)
    memory.shift(lesson, memory.growth(lesson))
    memory.shift(lesson, -lesson.share)
    memory.count(lesson, -1)
    for token in "abcdef":
        assert memory.weight(token) == pytest.approx(scores[token], abs=1e-9)


def test_it_learns_nothing_more_from_what_it_knows_well() -> None:
    known = Lesson(SALE, True)
    memory = Memory(Counts(9, 9), {"buy": Trace(9, 0, pull=9.0)})
    assert memory.growth(known) == 0
    known.share = 0.3
    assert memory.growth(known) == -0.3


def test_it_comes_nearer_to_a_lesson_with_each_pass() -> None:
    lesson: Lesson[str] = Lesson(SALE, True)
    memory: Memory[str] = Memory()
    memory.count(lesson, 1)
    steps = []
    for _ in range(3):
        steps.append(memory.growth(lesson))
        memory.shift(lesson, steps[-1])
    assert steps[0] > 0
    assert abs(steps[1]) < 1e-9
