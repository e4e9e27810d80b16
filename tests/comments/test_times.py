from datetime import UTC, datetime, timedelta

import pytest

from comments.times import HOUR, ago, changes_at, first_change

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=30), "October 24, 2026"),
    ],
)
def test_it_says_how_long_ago(age: timedelta, words: str) -> None:
    assert ago(NOW - age, NOW) == words


@pytest.mark.parametrize("age", [timedelta(seconds=1), timedelta(minutes=7), timedelta(hours=5),
                                 timedelta(days=3), timedelta(days=29, hours=23)])  # fmt: skip
def test_it_knows_when_the_words_change(age: timedelta) -> None:
    moment = NOW - age
    change = changes_at(moment, NOW)
    assert change is not None
    assert ago(moment, change - timedelta(seconds=1)) == ago(moment, NOW)
    assert ago(moment, change) != ago(moment, NOW)


def test_it_knows_that_a_date_stays() -> None:
    assert changes_at(NOW - timedelta(days=31), NOW) is None


def test_it_knows_which_of_several_times_changes_first():
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    moments = [now - timedelta(days=400), now - timedelta(hours=5, minutes=10), now - HOUR * 30]
    assert first_change(moments, now) == now + timedelta(minutes=50)
    assert first_change(moments[:1], now) is None
    assert first_change([], now) is None
