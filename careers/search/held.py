"""The index in the memory of each process: no file, and readers wait for no lock."""

import logging
import threading
import time

from django.db import connection

from careers.models import Version
from careers.search import contents
from careers.search.ranking import Index

logger = logging.getLogger(__name__)

CHECK_EVERY = 1.0  # seconds between looks at the data version
REBUILDER = "search-index"  # the name of the thread


class _Held:
    """The index of this process and the data version it was built from."""

    index: Index | None = None
    version = -1
    checked = 0.0
    lock = threading.Lock()  # one builder at a time; readers never wait for it after the first


def index() -> Index:
    """Built at first use; after an import, the old one answers until the new one is ready."""
    if _Held.index is None:
        with _Held.lock:
            if _Held.index is None:
                _rebuild(_data_version())
    elif time.monotonic() - _Held.checked > CHECK_EVERY:
        _Held.checked = time.monotonic()
        version = _data_version()
        if version != _Held.version:
            threading.Thread(
                target=rebuild_aside, args=(version,), name=REBUILDER, daemon=True
            ).start()
    assert _Held.index is not None  # noqa: S101  built above, and never unset while serving
    return _Held.index


def is_current() -> bool:
    """False while the old index answers: what it finds must not be kept as the newest."""
    return _Held.version == _data_version()


def warm_up() -> None:
    """Start building at once, aside, so that nobody's first search has to wait for all of it."""
    threading.Thread(target=_build_first, name=REBUILDER, daemon=True).start()


def forget() -> None:
    """For tests, whose rows come and go without a new version."""
    _Held.index, _Held.version, _Held.checked = None, -1, 0.0


def rebuild_aside(version: int) -> None:
    """In a thread of its own, with a database connection of its own."""
    if not _Held.lock.acquire(blocking=False):
        return  # another thread is building
    try:
        _rebuild(version)
    except Exception:
        logger.exception("The search index could not be rebuilt; the old one stays.")
    finally:
        connection.close()
        _Held.lock.release()


def _build_first() -> None:
    try:
        index()
    except Exception:
        logger.exception("The search index could not be built; the first search tries again.")
    finally:
        connection.close()


def _data_version() -> int:
    return Version.objects.number_of(Version.DATA)


def _rebuild(version: int) -> None:
    _Held.index = Index(contents.read())
    _Held.version, _Held.checked = version, time.monotonic()
