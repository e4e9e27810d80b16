"""How long search and suggestions take in a process that holds the whole edition. Run by hand:

    pytest -m benchmark -s tests/benchmarks/test_search.py

The processor's time of the asking thread, so that a busy machine measures what a quiet one does.
"""

import csv
import random
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from careers import catalogue, search
from careers.importers import edition
from careers.importers.progress import silent
from careers.models import JobTitle
from careers.search import contents, quality
from careers.search.ranking import Index

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SAMPLE = 2_000  # titles asked for, as written and with one slip

pytestmark = [pytest.mark.benchmark, pytest.mark.whole_nation]


@pytest.fixture(scope="module", autouse=True)
def guides(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        edition.load(FIXTURES, silent)
        catalogue.forget()
        search.forget()
        yield
        transaction.set_rollback(True)
        search.forget()
        catalogue.forget()


@pytest.fixture(scope="module")
def queries(guides: None) -> list[str]:
    titles = list(JobTitle.objects.order_by("title").values_list("title", flat=True))
    chance = random.Random(1)
    chosen = chance.sample(titles, SAMPLE)
    with (FIXTURES / "search" / "familiar.csv").open(encoding="utf-8") as file:
        familiar = [row["phrase"] for row in csv.DictReader(file)]
    return [*chosen, *(quality.one_typo(title, chance) for title in chosen), *familiar]


def seconds(act: Callable[[str], object], asked: Iterable[str]) -> list[float]:
    act("nurse")  # the index is built before the clock runs
    times = []
    for words in asked:
        started = time.thread_time()
        act(words)
        times.append(time.thread_time() - started)
    return times


def said(name: str, times: list[float]) -> float:
    """p99 in milliseconds, printed beside the middle."""
    middle, late = (1000 * quality.percentile(times, share) for share in (0.5, 0.99))
    print(f"\n{name}: p50={middle:.2f} ms p99={late:.2f} ms", end="")
    return late


def test_it_answers_a_query_in_ten_milliseconds(queries: list[str]) -> None:
    assert said("search", seconds(search.answer, queries)) <= 10


def test_it_suggests_after_every_letter_in_ten_milliseconds(queries: list[str]) -> None:
    typed = [words[:end] for words in queries[::40] for end in range(1, len(words) + 1)]
    assert said("suggest", seconds(lambda words: search.suggestions(words, 8), typed)) <= 10


def test_it_survives_a_query_of_the_longest_kind(queries: list[str]) -> None:
    endless = [" ".join(queries[n : n + 12])[:200] for n in range(0, 600, 12)]
    assert said("200 letters", seconds(search.answer, endless)) <= 50


def test_it_can_be_found_two_seconds_after_an_import(guides: None) -> None:
    read = contents.read()
    started = time.thread_time()
    index = Index(read)
    built = time.thread_time() - started
    index.taught()
    print(f"\nbuilt={built:.2f} s learned={time.thread_time() - started - built:.2f} s", end="")
    assert built <= 2
