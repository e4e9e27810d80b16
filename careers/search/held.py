"""The index in the memory of each process: no file, and readers wait for no lock.

It is made in two steps, so that an import can be found within two seconds: all that can be looked
up, with the weights learned before; then, seconds later, with weights learned from the new names.
"""

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
            is_mine = _Held.index is None
            if is_mine:
                _build(_data_version())
        if is_mine:  # others go on with what there is
            _learn()
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
    """False while the old index answers, or the new one learns: what they find must not be kept."""
    is_taught = _Held.index is not None and _Held.index.is_taught
    return is_taught and _Held.version == _data_version()


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
        _build(version)
    except Exception:
        logger.exception("The search index could not be rebuilt; the old one stays.")
        return
    finally:
        connection.close()
        _Held.lock.release()
    _learn()


def _build_first() -> None:
    try:
        index()
    except Exception:
        logger.exception("The search index could not be built; the first search tries again.")
    finally:
        connection.close()


def _data_version() -> int:
    return Version.objects.number_of(Version.DATA)


def _build(version: int) -> None:
    known = _Held.index.learned if _Held.index else None
    _Held.index = Index(contents.read(), known)
    _Held.version, _Held.checked = version, time.monotonic()


def _learn() -> None:
    """Unless a newer index has come meanwhile."""
    before = _Held.index
    assert before is not None  # noqa: S101  called after a build
    better = before.taught()
    with _Held.lock:
        if _Held.index is before:
            _Held.index = better
