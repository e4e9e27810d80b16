"""What a page depends on, said to whoever keeps pages in memory.

Two response headers, which the page cache takes off again: `X-Depends-On` names the Versions that
a page shows, `X-Fresh-Seconds` says how long its words ("2 minutes ago") stay true. A page that
says nothing is made anew whenever anything changes.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from careers.models import Version

View = Callable[..., HttpResponse]


def depends_on(
    response: HttpResponse, versions: Iterable[str], until: datetime | None = None
) -> HttpResponse:
    """Say it on a response; `until` is when its words change by themselves, None for never."""
    response.headers["X-Depends-On"] = " ".join(sorted(set(versions)))
    if until is not None:
        seconds = max((until - timezone.now()).total_seconds(), 0.0)
        response.headers["X-Fresh-Seconds"] = f"{seconds:.1f}"
    return response


def shows_only_data(view: View) -> View:
    """For views of imported data alone: no comment and no request changes them."""

    @wraps(view)
    def saying(*args: Any, **kwargs: Any) -> HttpResponse:
        return depends_on(view(*args, **kwargs), [Version.DATA])

    return saying
