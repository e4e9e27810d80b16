"""What falls due with time: mail to retry, addresses to forget, sessions to clear."""

import logging
import signal
import threading
import uuid
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

import careers.housekeeping
import comments.housekeeping
import schoolfinder.housekeeping

logger = logging.getLogger(__name__)

LEASE = "housekeeping"  # held in the database's cache table: one at a time per database
LEASE_SECONDS = 600

CHORES = (
    *careers.housekeeping.CHORES,
    *comments.housekeeping.CHORES,
    *schoolfinder.housekeeping.CHORES,
    ("clear expired sessions", SessionStore.clear_expired),
)


class Command(BaseCommand):
    help = "Do what has fallen due, once or (--loop) every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--seconds", type=int, default=60, help="between two rounds")

    def handle(self, *args: Any, loop: bool, seconds: int, **options: Any) -> None:
        if not loop:
            if not do_chores():
                self.stdout.write("Another process is at it; nothing done.")
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.wait(seconds):
            close_old_connections()
            do_chores()


def do_chores() -> bool:
    """Each chore once; one that fails is logged and does not keep the others from running.

    False when another process holds the lease.
    """
    token = uuid.uuid4().hex
    if not cache.add(LEASE, token, LEASE_SECONDS):
        return False
    try:
        for name, chore in CHORES:
            try:
                chore()
            except Exception:
                logger.exception("housekeeping: %s failed", name)
    finally:
        if cache.get(LEASE) == token:
            cache.delete(LEASE)
    return True
