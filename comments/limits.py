"""How often somebody may post, report or ask for a code. Reading is never limited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.utils import timezone

from careers.models import Guide
from comments.models import RateCount, Reader, Thread


@dataclass(frozen=True)
class Limit:
    """At most `most` within `seconds`, counted under `key`."""

    key: str
    most: int
    seconds: int
    words: str  # what the reader is told


class TooOften(Exception):
    """A limit was reached; `wait` is when to come back, in seconds."""

    def __init__(self, limit: Limit, wait: float) -> None:
        super().__init__(limit.words)
        self.words = limit.words
        self.wait = max(1, ceil(wait))


def count(limits: Iterable[Limit]) -> None:
    """Count one act under each limit, in order; TooOften at the first that is reached.

    Inside a transaction the counts vanish with it, so a refused post costs nothing.
    """
    for limit in limits:
        counted, closes_in = RateCount.objects.count_one(limit.key, limit.seconds)
        if counted > limit.most:
            raise TooOften(limit, closes_in)


def are_reached(limits: Iterable[Limit]) -> bool:
    """Whether one more act would be too many just now; counts nothing."""
    return any(RateCount.objects.open(limit.key, limit.most).exists() for limit in limits)


def for_posting(reader: Reader, network: str) -> list[Limit]:
    """In the order in which every writer locks them: the reader's own, then the network's."""
    pause = 30 if reader.is_new else 5
    own = [Limit(f"post:{reader.pk}", 1, pause, f"Please wait {pause} seconds between comments.")]
    if timezone.now() - reader.joined < timedelta(days=1):
        own.append(
            Limit(f"first-day:{reader.pk}", 10, 86_400, "Ten comments are enough for a first day.")
        )
    return [*own, *for_network("post", network, most=40)]


def for_thread(guide: Guide, reader: Reader) -> list[Limit]:
    """While a thread is heated, each reader writes in it once in a while; moderators always."""
    thread = Thread.objects.of(guide)
    if not thread.is_slow or reader.is_staff:
        return []
    minutes = f"{thread.slow_minutes} minute{'' if thread.slow_minutes == 1 else 's'}"
    words = f"This thread is in slow mode: one comment in {minutes} from each reader."
    return [Limit(f"slow:{guide.pk}:{reader.pk}", 1, thread.slow_seconds, words)]


def for_codes(email: str, network: str) -> list[Limit]:
    own = Limit(f"code:{email}", 4, 600, "Several codes were sent to this address just now.")
    return [own, *for_network("code", network, most=60)]


def for_reporting(reader: Reader) -> list[Limit]:
    return [Limit(f"report:{reader.pk}", 20, 86_400, "Twenty reports are enough for a day.")]


def for_pictures(reader: Reader) -> list[Limit]:
    words = "Six pictures are enough for an hour. Try again later."
    return [Limit(f"picture:{reader.pk}", 6, 3600, words)]


def for_network(act: str, network: str, *, most: int) -> list[Limit]:
    words = "Many people have written from your network just now."
    return [Limit(f"{act}-from:{network}", most, 600, words)]
