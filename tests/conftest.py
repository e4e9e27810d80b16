"""What every test has: nothing but a database when it asks for one."""

from collections.abc import Iterator

import pytest

from careers import catalogue, search
from schoolfinder import interests


@pytest.fixture(autouse=True)
def without_memory() -> Iterator[None]:
    """Rows of a test come without a new data version, so the process must not remember any."""
    for held in (catalogue, search, interests):
        held.forget()
    yield
    for held in (catalogue, search, interests):
        held.forget()
