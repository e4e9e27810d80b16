"""What every test has: nothing but a database when it asks for one."""

from collections.abc import Iterator

import pytest

from careers import catalogue, search


@pytest.fixture(autouse=True)
def without_memory() -> Iterator[None]:
    """Rows of a test come without a new data version, so the process must not remember any."""
    catalogue.forget()
    search.forget()
    yield
    catalogue.forget()
    search.forget()
