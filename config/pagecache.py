"""Pages for visitors without a session, answered from memory below Django.

An entry is served unchecked for at most a second. After that the numbers of the Version table are
read again (once a second for the whole process, not for each entry) and the entry is rendered anew
only when a number it depends on has moved, or when a relative time on it ("2 hours ago") would
read differently. So a removed comment is gone everywhere within a second, on any number of
processes, without a message between them.

A view says what its page depends on with two response headers, which never leave this module:
- `X-Depends-On: data thread-12`: names of versions; without it, every version;
- `X-Fresh-Seconds: 40`: how long its words stay true.

Nothing personal may be rendered without a session, since the page is everybody's: while an entry is
filled, Django does not even see the visitor's cookies. A response that sets a cookie or says it is
private is not kept, and its address is asked of Django directly for a while.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import brotli
from django.conf import settings
from django.db import DatabaseError, connection

from careers.models import Version

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, ...]

CHECK_SECONDS = 1.0
MOST_SECONDS = 600.0  # an entry that says nothing about its freshness is made anew after this
MOST_BYTES = 96 * 1024 * 1024  # of bodies, per process
LARGEST_BODY = 2 * 1024 * 1024
LONGEST_QUERY = 512  # longer ones are made up, and would fill the memory
BYPASS_SECONDS = 60.0
MOST_BYPASSED = 2000
COMPRESSED_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml")
# A session, and a message on its way to the next page ("You are signed out.").
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
clock = time.monotonic
OWN_HEADERS = {"x-depends-on", "x-fresh-seconds"}


@dataclass(frozen=True)
class Answer:
    """What an application answered, read to the end."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def for_everybody(self) -> bool:
        control = self.header("cache-control").lower()
        return (
            self.status.startswith("200")
            and not self.header("set-cookie")
            and not any(word in control for word in ("private", "no-store", "max-age"))
            and "nonce-" not in self.header("content-security-policy")
            and len(self.body) <= LARGEST_BODY
        )


@dataclass(frozen=True)
class Entry:
    headers: Headers
    etag: str
    bodies: dict[str, bytes]  # by content coding; "" is the plain one
    versions: dict[str, int]
    stale_at: float

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values())


class Versions:
    """The Version table as it was at most a second ago."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def now(self) -> dict[str, int]:
        with self._lock:
            if clock() - self._read_at >= CHECK_SECONDS:
                started = clock()
                self._numbers = read_versions(self._numbers)
                self._read_at = started
            return self._numbers


def read_versions(known: dict[str, int]) -> dict[str, int]:
    """By name; while the database is down nothing can change, so what is known stays true."""
    try:
        # We run outside a request, where nobody else looks after a connection that has died.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return dict(Version.objects.values_list("name", "number"))
    except DatabaseError:
        return known


@dataclass
class PageCache:
    """Wraps a WSGI application."""

    application: Application
    versions: Versions = field(default_factory=Versions)
    entries: "OrderedDict[Key, Entry]" = field(default_factory=OrderedDict)
    bypassed: "OrderedDict[Key, float]" = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if not may_be_kept(environ) or self.is_bypassed(key):
            return self.application(environ, quiet(start_response))
        versions = self.versions.now()
        entry = self.fresh(key, versions)
        if entry:
            return serve(entry, environ, start_response)
        answer = ask(self.application, without_visitor(environ))
        if answer.for_everybody:
            entry = entry_of(answer, versions)
            self.keep(key, entry)
            return serve(entry, environ, start_response)
        self.bypass(key)
        if environ.get("HTTP_COOKIE"):  # it may be another page for this visitor
            return self.application(environ, quiet(start_response))
        return replay(answer, environ, quiet(start_response))

    def fresh(self, key: Key, versions: dict[str, int]) -> Entry | None:
        with self.lock:
            entry = self.entries.get(key)
            if entry is None or clock() >= entry.stale_at:
                return None
            if not still_true(entry.versions, versions):
                return None
            self.entries.move_to_end(key)
            return entry

    def keep(self, key: Key, entry: Entry) -> None:
        with self.lock:
            old = self.entries.pop(key, None)
            self.size += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.size > MOST_BYTES:
                _, dropped = self.entries.popitem(last=False)
                self.size -= dropped.size

    def bypass(self, key: Key) -> None:
        with self.lock:
            self.bypassed[key] = clock() + BYPASS_SECONDS
            self.bypassed.move_to_end(key)
            while len(self.bypassed) > MOST_BYPASSED:
                self.bypassed.popitem(last=False)

    def is_bypassed(self, key: Key) -> bool:
        with self.lock:
            return self.bypassed.get(key, 0.0) > clock()


def may_be_kept(environ: Environ) -> bool:
    path = environ.get("PATH_INFO", "")
    own = (
        "/" + settings.STATIC_URL.lstrip("/"),
        "/accounts/",
        "/" + settings.ADMIN_PATH,
        "/healthz",
    )
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not path.startswith(own)
        and len(environ.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and "HTTP_AUTHORIZATION" not in environ
        and not any(f"{name}=" in environ.get("HTTP_COOKIE", "") for name in PERSONAL_COOKIES)
    )


def key_of(environ: Environ) -> Key:
    """Django refuses hosts that are not ours with a 400, which is never kept."""
    names = ("HTTP_X_FORWARDED_PROTO",) if settings.TRUSTED_PROXIES else ()
    return (
        environ.get("wsgi.url_scheme", ""),
        *(environ.get(name, "") for name in names),
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HX_REQUEST", ""),
        environ.get("HTTP_HX_TARGET", ""),
    )


def without_visitor(environ: Environ) -> Environ:
    """The request as anybody could have sent it."""
    personal = (
        "HTTP_COOKIE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_ACCEPT_ENCODING",
    )
    kept = {name: value for name, value in environ.items() if name not in personal}
    return kept | {"REQUEST_METHOD": "GET"}


def ask(application: Application, environ: Environ) -> Answer:
    started: list[tuple[str, Headers]] = []
    chunks = application(
        environ, lambda status, headers, exc_info=None: started.append((status, list(headers)))
    )
    try:
        body = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    status, headers = started[-1]
    return Answer(status, headers, body)


def entry_of(answer: Answer, versions: dict[str, int]) -> Entry:
    names = answer.header("x-depends-on").split()
    seconds = answer.header("x-fresh-seconds")
    return Entry(
        headers=list(public_headers(answer)),
        etag=f'W/"{hashlib.sha256(answer.body).hexdigest()[:20]}"',
        bodies=compressed(answer.body, answer.header("content-type")),
        versions={name: versions.get(name, 0) for name in names}
        if names
        else {"*": total(versions)},
        stale_at=clock() + min(float(seconds or MOST_SECONDS), MOST_SECONDS),
    )


def still_true(then: dict[str, int], now: dict[str, int]) -> bool:
    if "*" in then:
        return then["*"] == total(now)
    return all(now.get(name, 0) == number for name, number in then.items())


def total(versions: dict[str, int]) -> int:
    """Moves whenever any version does: they only ever grow."""
    return sum(versions.values())


def public_headers(answer: Answer) -> Iterator[tuple[str, str]]:
    skipped = OWN_HEADERS | {"content-length", "cache-control", "etag", "vary"}
    yield from ((name, value) for name, value in answer.headers if name.lower() not in skipped)
    vary = answer.header("vary")
    yield "Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
    # Browsers ask each time and mostly hear 304: what is removed here is removed there.
    yield "Cache-Control", "no-cache"


def compressed(body: bytes, content_type: str) -> dict[str, bytes]:
    if len(body) < 500 or not content_type.startswith(COMPRESSED_TYPES):
        return {"": body}
    return {
        "": body,
        "br": brotli.compress(body, quality=6),
        "gzip": gzip.compress(body, compresslevel=6, mtime=0),
    }


def quiet(start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Takes the headers off that are meant for this module."""

    def starting(status: str, headers: Headers, exc_info: Any = None) -> Any:
        kept = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
        return start_response(status, kept, exc_info)

    return starting


def replay(answer: Answer, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Nobody's own page, though not one to keep: an error, or a form with a new token."""
    start_response(answer.status, answer.headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]


def serve(entry: Entry, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    headers = [*entry.headers, ("ETag", entry.etag)]
    if entry.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", headers)
        return [b""]
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "").lower()
    coding = next((c for c in ("br", "gzip") if c in accepted and c in entry.bodies), "")
    body = entry.bodies[coding]
    if coding:
        headers.append(("Content-Encoding", coding))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
