"""What an importer says while it works; commands give it their standard output."""

from collections.abc import Callable

Report = Callable[[str], None]


def silent(line: str) -> None:
    """For tests and for importers run by other importers."""
