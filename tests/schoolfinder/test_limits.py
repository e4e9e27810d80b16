import pytest
import time_machine

from schoolfinder.limits import Limit, TooOften, count, for_inquiry
from schoolfinder.models import InquiryCount

pytestmark = pytest.mark.django_db


def test_it_lets_so_many_pass_and_no_more() -> None:
    limit = Limit("key", 2, 60, "Enough.")
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        count([limit])
        clock.shift(10)
        count([limit])
        with pytest.raises(TooOften, match="Enough") as refused:
            count([limit])
        assert refused.value.wait == 50
        clock.shift(50)
        count([limit])


@pytest.mark.parametrize(
    ("wait", "words"),
    [(1, "1 second"), (119, "119 seconds"), (600, "10 minutes"), (86_400, "24 hours")],
)
def test_it_says_in_words_when_to_come_back(wait: int, words: str) -> None:
    assert TooOften(Limit("key", 1, 1, ""), wait).wait_words == words


def test_an_address_gets_five_a_day_and_is_not_kept() -> None:
    for _ in range(5):
        count(for_inquiry("ana@example.org", "203.0.113.0/24"))
    with pytest.raises(TooOften):
        count(for_inquiry("ANA@example.org", "198.51.100.0/24"))
    count(for_inquiry("bob@example.org", "203.0.113.0/24"))
    assert not any("ana" in key for key in InquiryCount.objects.values_list("key", flat=True))


def test_a_classroom_fits_in_one_network() -> None:
    for number in range(60):
        count(for_inquiry(f"pupil{number}@example.org", "203.0.113.0/24"))
    with pytest.raises(TooOften, match="network"):
        count(for_inquiry("one.more@example.org", "203.0.113.0/24"))
