from typing import Any

import pytest
from django.test import RequestFactory

from careers.networks import network_of


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
