"""WXR: the export of WordPress (Tools › Export), any version."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from careers.importers.files import BadFile
from comments.importers.html_text import markup_of
from comments.importers.talk import Incoming, Page, Talk
from comments.importers.xml_stream import elements, line_of, name_of, text_of
from comments.models import State

STATES = {
    "1": State.PUBLISHED,
    "0": State.HELD,
    "spam": State.SPAM,
    "trash": State.REMOVED,
    "post-trashed": State.REMOVED,
}
SKIPPED = {"pingback": "pingbacks", "trackback": "trackbacks"}


def read(path: Path) -> Talk:
    """BadFile with the line."""
    talk, site = Talk(), ""
    for name, element in elements(path, "rss", depth=2):
        if name in ("base_site_url", "base_blog_url"):
            site = urlsplit("".join(map(str, element.itertext())).strip()).netloc or site
        elif name == "item":
            _read_item(path, element, site, talk)
    talk.oldest_first()
    return talk


def _read_item(path: Path, item: Element, site: str, talk: Talk) -> None:
    comments = [one for one in item if name_of(one) == "comment"]
    if not comments:
        return
    url = text_of(item, "link")
    site = site or urlsplit(url).netloc
    key = f"wxr:{site}:{text_of(item, 'post_id') or url}"
    talk.pages[key] = Page(text_of(item, "post_name"), url, text_of(item, "title"))
    for comment in comments:
        kind = text_of(comment, "comment_type")
        if kind not in ("", "comment"):
            talk.skipped[SKIPPED.get(kind, f"comments of the kind {kind!r}")] += 1
            continue
        talk.comments.append(_comment(path, comment, site, key))


def _comment(path: Path, comment: Element, site: str, page: str) -> Incoming:
    number, above = text_of(comment, "comment_id"), text_of(comment, "comment_parent")
    if not number.isdigit():
        raise BadFile(path, line_of(comment), f"comment_id is {number!r}; a number was expected")
    approved = text_of(comment, "comment_approved")
    if approved not in STATES:
        raise BadFile(path, line_of(comment), f"comment_approved is {approved!r}")
    return Incoming(
        origin=f"wxr:{site}:{number}",
        page=page,
        parent=f"wxr:{site}:{above}" if above not in ("", "0") else "",
        name=text_of(comment, "comment_author"),
        text=markup_of(text_of(comment, "comment_content")),
        state=STATES[approved],
        created=_moment(path, comment),
    )


def _moment(path: Path, comment: Element) -> datetime:
    """By the clock of Greenwich; by the site's own where the export left that out."""
    for name in ("comment_date_gmt", "comment_date"):
        written = text_of(comment, name)
        try:
            return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            continue
    raise BadFile(path, line_of(comment), f"comment_date is {written!r}")
