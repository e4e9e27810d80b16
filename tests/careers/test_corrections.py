"""That writers of one network wait for each other; the rest is in the tests of the page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from careers import corrections
from careers.corrections import MOST_A_DAY, TooMany
from careers.models import Correction, Guide
from tests.careers.builders import make_correction, make_guide

NETWORK = "203.0.113.0/24"


def at_once(texts: list[str], guide: Guide) -> list[bool]:
    start = Barrier(len(texts))

    def send(text: str) -> bool:
        start.wait(10)
        try:
            corrections.suggest(guide, "pay", text, NETWORK)
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(texts)) as pool:
        return list(pool.map(send, texts))


@pytest.mark.django_db(transaction=True)
def test_it_keeps_the_limit_when_many_write_at_once():
    guide = make_guide()
    for number in range(MOST_A_DAY - 2):
        make_correction(guide, text=f"Wrong in line {number}.", network=NETWORK)

    stored = at_once([f"Mine is {number}." for number in range(6)], guide)

    assert sum(stored) == 2
    assert Correction.objects.count() == MOST_A_DAY


@pytest.mark.django_db(transaction=True)
def test_it_stores_the_same_words_once_when_they_come_at_once():
    assert at_once(["The same."] * 4, make_guide()) == [True] * 4
    assert Correction.objects.count() == 1
