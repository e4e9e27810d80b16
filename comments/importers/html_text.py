"""HTML of other comment systems as our small markup."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import HtmlElement

from comments.text import tidy

AROUND = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
SILENT = {"script", "style", "iframe", "object"}
BLOCKS = {"p", "div", "ul", "ol"}


def markup_of(source: str) -> str:
    """Paragraphs, emphasis, links, lists, quotes and code; of anything else the words."""
    try:
        parsed = html.fragment_fromstring(source.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return tidy(source)[0]
    text = re.sub(r"\n\s*\n\s*", "\n\n", _within(parsed))
    return tidy(text)[0]


def _within(element: HtmlElement) -> str:
    parts = [element.text or ""]
    for one in element:
        parts += [_written(one), one.tail or ""]
    return "".join(parts)


def _written(element: HtmlElement) -> str:
    tag = element.tag
    if not isinstance(tag, str) or tag in SILENT:
        return ""
    words = _within(element)
    if tag == "br":
        return "\n"
    if tag == "a":
        return _link(words, element.get("href", ""))
    if tag in AROUND and words.strip():
        return f"{AROUND[tag]}{words.strip()}{AROUND[tag]}"
    if tag == "blockquote":
        quoted = "\n".join(f"> {line}".rstrip() for line in words.strip().splitlines())
        return f"\n\n{quoted}\n\n"
    if tag == "pre":
        return f"\n\n```\n{element.text_content().strip()}\n```\n\n"
    if tag == "li":
        return f"\n- {words.strip()}"
    return f"\n\n{words}\n\n" if tag in BLOCKS else words


def _link(words: str, address: str) -> str:
    if not address.startswith(("http://", "https://", "mailto:")) or words.strip() == address:
        return words
    return f"[{words.strip()}]({address})"
