"""The XML that Disqus exports (Admin › Setup › Export)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lxml.etree import _Element as Element

from careers.importers.files import BadFile
from comments.importers.html_text import markup_of
from comments.importers.talk import Incoming, Page, Talk
from comments.importers.xml_stream import attribute, child, elements, line_of, text_of
from comments.models import State


def read(path: Path) -> Talk:
    """BadFile with the line."""
    talk = Talk()
    for name, element in elements(path, "disqus", depth=1):
        if name == "thread":
            talk.pages[_key(path, element)] = Page(
                text_of(element, "id"), text_of(element, "link"), text_of(element, "title")
            )
        elif name == "post":
            talk.comments.append(_comment(path, element))
    talk.oldest_first()
    return talk


def _comment(path: Path, post: Element) -> Incoming:
    author = child(post, "author")
    above = attribute(child(post, "parent"), "id")
    return Incoming(
        origin=_key(path, post),
        page=_key(path, child(post, "thread"), post),
        parent=f"disqus:{above}" if above else "",
        name="" if author is None else text_of(author, "name"),
        text=markup_of(text_of(post, "message")),
        state=_state(post),
        created=_moment(path, post),
    )


def _state(post: Element) -> State:
    if text_of(post, "isSpam") == "true":
        return State.SPAM
    if text_of(post, "isDeleted") == "true":
        return State.REMOVED
    return State.HELD if text_of(post, "isApproved") == "false" else State.PUBLISHED


def _key(path: Path, element: Element | None, within: Element | None = None) -> str:
    number = attribute(element, "id")
    if not number:
        about = within if element is None else element
        raise BadFile(path, None if about is None else line_of(about), "lacks a dsq:id")
    return f"disqus:{number}"


def _moment(path: Path, post: Element) -> datetime:
    written = text_of(post, "createdAt")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise BadFile(path, line_of(post), f"createdAt is {written!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
