"""Our own JSON: what `export_comments` writes and `import_comments` reads, exactly.

One document, a comment a line, in the order in which they were written. Authors are names; no
e-mail address, network, vote or report is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careers.importers.files import BadFile, read_bytes
from comments.importers.talk import Incoming, Page, Talk
from comments.models import Comment, GuideSection, Role, State, Thread

FORMAT = {"format": "fieldguide-comments", "version": 1}
TEXTS = ("id", "guide", "author", "text", "role", "section", "state")
CHOICES = {
    "role": set(Role.values),
    "section": set(GuideSection.values),
    "state": set(State.values) - {State.AWAITING},
}


def lines(slug: str = "") -> Iterator[str]:
    """The document, a line at a time: of one guide, or of all."""
    threads = Thread.objects.exclude(closed_at=None).order_by("guide__slug")
    comments = Comment.objects.exclude(state=State.AWAITING).order_by("pk")
    if slug:
        threads, comments = threads.filter(guide__slug=slug), comments.filter(guide__slug=slug)
    closed = [
        {"guide": thread.guide.slug, "closed": _iso(thread.closed_at), "age": thread.closed_by_age}
        for thread in threads.select_related("guide")
    ]
    yield f'{_dumped(FORMAT)[:-1]}, "threads": {_dumped(closed)}, "comments": [\n'
    before = ""
    for comment in comments.select_related("guide", "author", "parent").iterator(2000):
        yield before + _dumped(_as_data(comment))
        before = ",\n"
    yield "\n]}\n"


def read(path: Path) -> Talk:
    """BadFile with the line, or with the number of the comment."""
    try:
        document = json.loads(read_bytes(path))
    except json.JSONDecodeError as error:
        raise BadFile(path, error.lineno, f"is broken off or no JSON ({error.msg})") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BadFile(path, None, f"is no JSON ({type(error).__name__})") from None
    if not isinstance(document, dict) or any(
        document.get(name) != value for name, value in FORMAT.items()
    ):
        raise BadFile(path, 1, f"is no export of comments: {_dumped(FORMAT)} was expected")
    talk = Talk()
    for number, thread in enumerate(_listed(path, document, "threads"), 1):
        place = f"thread {number}"
        guide = _text(path, place, thread, "guide")
        closed = _moment(path, place, thread, "closed")
        if closed:
            talk.closed[_page(talk, guide)] = closed, bool(thread.get("age"))
    for number, comment in enumerate(_listed(path, document, "comments"), 1):
        talk.comments.append(_comment(path, f"comment {number}", comment, talk))
    return talk


def _as_data(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.public_id,
        "guide": comment.guide.slug,
        "parent": comment.parent.public_id if comment.parent else None,
        "author": str(comment.author) if comment.author else comment.byline,
        "text": comment.source,
        "role": comment.role,
        "section": comment.section,
        "state": comment.state,
        "created": _iso(comment.created),
        "edited": _iso(comment.edited_at),
    }


def _comment(path: Path, place: str, given: dict[str, Any], talk: Talk) -> Incoming:
    known = {name: _text(path, place, given, name) for name in TEXTS}
    for name, choices in CHOICES.items():
        if known[name] not in choices:
            raise BadFile(path, place, f"{name} is {known[name]!r}")
    if not known["id"].isalnum() or len(known["id"]) > 10:
        raise BadFile(path, place, f"id is {known['id']!r}")
    created = _moment(path, place, given, "created")
    if created is None:
        raise BadFile(path, place, "created is missing")
    above = _text(path, place, given, "parent") if given.get("parent") is not None else ""
    return Incoming(
        origin=f"json:{known['id']}",
        page=_page(talk, known["guide"]),
        parent=f"json:{above}" if above else "",
        name=known["author"],
        text=known["text"],
        state=State(known["state"]),
        created=created,
        edited=_moment(path, place, given, "edited"),
        role=known["role"],
        section=known["section"],
        public_id=known["id"],
    )


def _page(talk: Talk, slug: str) -> str:
    talk.pages.setdefault(slug, Page(slug=slug))
    return slug


def _listed(path: Path, document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = document.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadFile(path, None, f"{name} is no list of objects")
    return found


def _text(path: Path, place: str, given: dict[str, Any], name: str) -> str:
    text = given.get(name)
    if not isinstance(text, str) or "\x00" in text:
        raise BadFile(path, place, f"{name} is no text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadFile(path, place, f"{name} holds half a character") from None
    return text


def _moment(path: Path, place: str, given: dict[str, Any], name: str) -> datetime | None:
    written = given.get(name)
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadFile(path, place, f"{name} is {written!r}; a time was expected") from None


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _dumped(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
