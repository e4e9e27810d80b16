"""A web server on 127.0.0.1 that answers as a test wants, and remembers what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """What it serves, how it misbehaves, and the headers of every request."""

    content: bytes = b""
    kind: str = "application/xml"
    status: int = 200
    etag: str = '"v1"'
    ranges: bool = True
    stop_after: int | None = None  # bytes, then the connection breaks
    redirect: str = ""
    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(dict(self.headers))
            if site.redirect:
                self.send_response(302)
                self.send_header("Location", site.redirect)
                self.end_headers()
                return
            start = self._start()
            if start is not None and start >= len(site.content):
                self.send_error(416)
                return
            self.send_response(206 if start is not None else site.status)
            self.send_header("Content-Type", site.kind)
            self.send_header("ETag", site.etag)
            body = site.content[start or 0 :]
            self.send_header("Content-Length", str(len(body)))
            if start is not None:
                span = f"bytes {start}-{len(site.content) - 1}/{len(site.content)}"
                self.send_header("Content-Range", span)
            self.end_headers()
            self.wfile.write(body if site.stop_after is None else body[: site.stop_after])

        def _start(self) -> int | None:
            """Of the range asked for, if this is still the version that the client has."""
            asked = self.headers.get("Range", "")
            if not asked or not site.ranges or self.headers.get("If-Range") != site.etag:
                return None
            return int(asked.removeprefix("bytes=").split("-")[0])

        def log_message(self, format: str, *args: object) -> None:
            """Not into the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}/ooh/xml-compilation.xml"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
