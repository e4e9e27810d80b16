from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from comments import limits
from comments.limits import Limit, TooOften, network_of
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


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "unknown"),
    ],
)
def test_it_cuts_an_address_to_its_network(rf: RequestFactory, address: str, network: str) -> None:
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.1", "203.0.113.0/24"),
        (1, "198.51.100.1", "198.51.100.0/24"),
        (1, "192.0.2.9, 198.51.100.1", "198.51.100.0/24"),
        (2, "192.0.2.9, 198.51.100.1", "192.0.2.0/24"),
        (2, "", "203.0.113.0/24"),
    ],
)
def test_it_believes_only_trusted_proxies(
    rf: RequestFactory, settings: Any, proxies: int, forwarded: str, network: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.5", headers={"X-Forwarded-For": forwarded})
    assert network_of(request) == network
