"""The whole pipeline against a campaign, by readers whom no first-comments rule holds.

Small here; tests/benchmarks/test_spam.py takes ten times as many.
"""

from random import Random

import pytest

from tests.comments.spam.battle import Battle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lessons", [0, 50])
def test_it_catches_a_campaign_and_lets_honest_comments_through(lessons: int) -> None:
    battle = Battle(Random(20), lessons=lessons)
    assert battle.caught(50) >= 0.98
    assert battle.held(60) <= 0.01
