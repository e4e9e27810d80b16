"""Where a request comes from, no more exactly than limits need it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The visitor's network, /24 or /48: an address is cut as soon as it arrives."""
    try:
        address = ipaddress.ip_address(visitor_address(request))
    except ValueError:
        return "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def visitor_address(request: HttpRequest) -> str:
    """As the nearest trusted proxy saw it; anything further left can be made up."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return direct
    hops = [*request.headers.get("X-Forwarded-For", "").split(","), direct]
    return (
        hops[-1 - settings.TRUSTED_PROXIES].strip()
        if len(hops) > settings.TRUSTED_PROXIES
        else direct
    )
