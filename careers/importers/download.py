"""Fetching an official file over HTTP, politely: with a contact, and resuming what was begun."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from careers.importers.progress import Report, silent

TIMEOUT = 30  # seconds without a byte
CHUNK = 256 * 1024
MOST_BYTES = 256 * 1024 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class DownloadFailed(Exception):
    """Says in one line what went wrong; what was fetched so far is kept when it can be used."""


def download(address: str, folder: Path, report: Report = silent) -> Path:
    """The file at `address` in `folder`, named as there.

    A broken transfer leaves NAME.part and, beside it, the server's mark of that version; the
    next run asks for the rest, and begins anew when the file has changed meanwhile.
    """
    _check(address)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (Path(urlsplit(address).path).name or "download")
    part = _Part(target)
    try:
        with _open(address, part) as response:
            _receive(response, part, report)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # the rest asked for does not exist: what we have is not that file
            part.forget()
        raise DownloadFailed(f"{address} answered {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise DownloadFailed(f"{address}: {reason}; run again to go on from here") from error
    part.become(target)
    report(f"Fetched {target.name}, {target.stat().st_size:,} bytes")
    return target


class _Part:
    """What has arrived so far, and of which version of the file."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(f"{target.name}.part")
        self._mark = target.with_name(f"{target.name}.part.json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def mark(self) -> str:
        """The server's ETag or date; without one the rest cannot be asked for."""
        try:
            return str(json.loads(self._mark.read_text())["version"]) if self.size else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def begin(self, headers: HTTPMessage) -> None:
        self.path.write_bytes(b"")
        tag = headers.get("ETag", "")
        strong = tag if not tag.startswith("W/") else ""
        version = strong or headers.get("Last-Modified", "")
        self._mark.write_text(json.dumps({"version": version}))

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def become(self, target: Path) -> None:
        self.path.replace(target)
        self._mark.unlink(missing_ok=True)


class _SameRules(urllib.request.HTTPRedirectHandler):
    """A redirect may not lead where the address itself could not."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str):  # type: ignore[no-untyped-def]
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(address: str) -> None:
    parts = urlsplit(address)
    loopback = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.scheme == "https" and parts.hostname) and not loopback:
        raise DownloadFailed(f"{address} is not an https address")


def _open(address: str, part: _Part) -> HTTPResponse:
    request = urllib.request.Request(address)  # noqa: S310  (scheme checked before)
    # BLS turns away callers that do not say how to reach them.
    contact = f"Mozilla/5.0 (compatible; {settings.SITE_NAME}; {settings.CONTACT_EMAIL})"
    request.add_header("User-Agent", contact)
    request.add_header("Accept", "application/xml, text/xml, */*;q=0.1")
    request.add_header("Accept-Encoding", "identity")
    if part.mark:
        request.add_header("Range", f"bytes={part.size}-")
        request.add_header("If-Range", part.mark)
    opener = urllib.request.build_opener(_SameRules())
    response: HTTPResponse = opener.open(request, timeout=TIMEOUT)
    return response


def _receive(response: HTTPResponse, part: _Part, report: Report) -> None:
    whole = _whole_size(response, part)
    with part.path.open("ab") as file:
        while chunk := response.read(CHUNK):
            if not file.tell():
                _refuse_web_page(chunk, part)
            file.write(chunk)
            if file.tell() > MOST_BYTES:
                part.forget()
                raise DownloadFailed(f"the file is larger than {MOST_BYTES // 2**20} MB")
    if whole is not None and part.size != whole:
        raise DownloadFailed(f"{part.size:,} of {whole:,} bytes arrived; run again to go on")
    report(f"{part.size:,} bytes are here")


def _whole_size(response: HTTPResponse, part: _Part) -> int | None:
    """Looks at the answer's head: where it begins, and how large the file will be."""
    kind = response.headers.get_content_type()
    if response.status not in (200, 206):
        raise DownloadFailed(f"the server answered {response.status} {response.reason}")
    if "html" in kind:
        raise DownloadFailed(f"the server sent a web page ({kind}), not the file")
    length = response.headers.get("Content-Length", "")
    if response.status == 206:
        start, _, total = response.headers.get("Content-Range", "").partition("/")
        if not start.startswith(f"bytes {part.size}-"):
            part.forget()
            raise DownloadFailed("the server sent another part than asked for; run again")
        return int(total) if total.isdigit() else None
    part.begin(response.headers)
    return int(length) if length.isdigit() else None


def _refuse_web_page(first: bytes, part: _Part) -> None:
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        part.forget()
        raise DownloadFailed("the server sent a web page, not the file")
