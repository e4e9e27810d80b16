import pytest
import time_machine

from comments import limits
from comments.limits import Limit, TooOften
from comments.models import RateCount
from tests.comments.builders import make_reader

pytestmark = pytest.mark.django_db


def test_it_counts_to_the_limit_and_opens_again_after_the_window() -> None:
    limit = Limit("act:1", 2, 60, "Too often.")
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        limits.count([limit])
        clock.shift(20)
        limits.count([limit])
        with pytest.raises(TooOften) as refused:
            limits.count([limit])
        assert refused.value.wait == 40
        clock.shift(40)
        limits.count([limit])
        assert RateCount.objects.get(key="act:1").count == 1


def test_it_makes_a_new_reader_wait_longer() -> None:
    new, known = make_reader(published=0), make_reader(published=5)
    assert limits.for_posting(new, "n")[0].seconds == 30
    assert limits.for_posting(known, "n")[0].seconds == 5


def test_it_limits_a_first_day_but_not_a_second() -> None:
    reader = make_reader()
    assert [limit.most for limit in limits.for_posting(reader, "n")] == [1, 10, 40]
    with time_machine.travel(reader.joined.timestamp() + 86_401):
        assert [limit.most for limit in limits.for_posting(reader, "n")] == [1, 40]
