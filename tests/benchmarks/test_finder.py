"""How long a search over the nation takes, rendering left out. Run by hand, on a quiet machine:

    pytest -m benchmark -s tests/benchmarks/test_finder.py

Wall-clock times: the database's share counts, and on PostgreSQL it is another process's.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict

from careers import catalogue, search
from careers.importers import edition
from careers.importers.progress import silent
from schoolfinder import filters
from schoolfinder.forms import FinderForm
from schoolfinder.importers.edition import load
from schoolfinder.matching import Matches, Search, find_matches, page_after, read_details
from schoolfinder.suggestions import areas_beginning, interests_beginning

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
MANHATTAN = [
    "interest=cip:51.38&near=10001&radius=50",
    "interest=guide:registered-nurses&near=10001&radius=50",
    "interest=nursing&near=New York, NY&radius=50&award=bachelor",
    "interest=cip:52.02&near=10001&radius=50",
    "interest=guide:medical-and-health-services-managers&near=10001&radius=50&sort=price",
]
TYPED = ["nurs", "nursing", "x-ray", "welding", "ucla", "university of", "psych", "acc", "compt"]
ROUNDS = 40

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark, pytest.mark.whole_nation]


@pytest.fixture(scope="module", autouse=True)
def nation(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        edition.load(FIXTURES, silent)
        load(FIXTURES, silent)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        catalogue.forget()
        search.forget()
        yield
        transaction.set_rollback(True)


def milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def percentiles(times: list[float]) -> tuple[float, float]:
    """The middle and the 95th of a hundred."""
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def searched(query: str) -> tuple[Search, Matches]:
    """What was asked, everything that fits in order, and how many schools each filter shows."""
    form = FinderForm(QueryDict(query))
    assert form.is_valid() and form.is_ready, form.errors
    matches = find_matches(form.search())
    filters.counts(matches)
    return form.search(), matches


def test_it_searches_manhattan() -> None:
    for query in MANHATTAN:
        search, matches = searched(query)
        page, _ = page_after(matches.best(), "", 20)
        assert page
        middle, late = percentiles(
            [milliseconds(lambda q=query: searched(q)) for _ in range(ROUNDS)]
        )
        rows, _ = percentiles(
            [milliseconds(lambda s=search, p=page: read_details(s, p)) for _ in range(ROUNDS)]
        )
        print(
            f"\n{connection.vendor} {query}: p50={middle:.1f} ms p95={late:.1f} ms;"
            f" reading twenty cards: {rows:.1f} ms",
            end="",
        )
        assert middle <= 15
        assert late <= 40


def test_it_suggests_under_its_fields() -> None:
    interests_beginning("a")  # the names are read once
    times = [
        milliseconds(lambda act=act, text=text: act(text))
        for _ in range(ROUNDS)
        for text in [*TYPED, "n", "606", "springf", "st p"]
        for act in (interests_beginning, areas_beginning)
    ]
    middle, late = percentiles(times)
    print(f"\n{connection.vendor} autocomplete: p50={middle:.1f} ms p95={late:.1f} ms", end="")
    assert late <= 10
