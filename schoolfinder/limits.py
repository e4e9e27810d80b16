"""How often somebody may ask schools. Searching is never limited."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from careers.wording import plural
from schoolfinder.encryption import digest
from schoolfinder.models import InquiryCount


@dataclass(frozen=True)
class Limit:
    """At most `most` within `seconds`, counted under `key`."""

    key: str
    most: int
    seconds: int
    words: str


class TooOften(Exception):
    """A limit was reached; `wait` is when to come back, in seconds."""

    def __init__(self, limit: Limit, wait: float) -> None:
        super().__init__(limit.words)
        self.words = limit.words
        self.wait = max(1, ceil(wait))

    @property
    def wait_words(self) -> str:
        if self.wait < 120:
            return plural(self.wait, "second")
        minutes = ceil(self.wait / 60)
        return plural(minutes, "minute") if minutes < 120 else plural(ceil(minutes / 60), "hour")


def count(limits: Iterable[Limit]) -> None:
    """Count one inquiry under each limit; TooOften at the first that is reached.

    Inside a transaction the counts vanish with it, so a refused inquiry costs nothing.
    """
    for limit in limits:
        counted, closes_in = InquiryCount.objects.count_one(limit.key, limit.seconds)
        if counted > limit.most:
            raise TooOften(limit, closes_in)


def for_inquiry(email: str, network: str) -> list[Limit]:
    """An address gets few mails it did not ask for; a classroom of forty fits in a network."""
    return [
        Limit(
            f"email:{digest(email)}", 5, 86_400, "Five requests a day are enough for one address."
        ),
        Limit(f"from:{network}", 60, 600, "Many requests came from your network just now."),
    ]
