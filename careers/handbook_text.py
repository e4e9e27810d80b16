"""The handbook's text as Markdown, from the few tags that `importers/ooh_html.py` leaves."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, fragment_fromstring

_SPACE = re.compile(r"\s+")
_AROUND = {"strong": "**", "em": "*", "sup": "", "sub": ""}
_HEADINGS = {"h3": "###", "h4": "####"}


def as_markdown(html: str) -> str:
    """Blocks apart by an empty line. Tables become pipes, in which merged cells stand once."""
    tree = fragment_fromstring(html, create_parent="div")
    return "\n\n".join(block for block in _blocks(tree) if block)


def _blocks(tree: HtmlElement) -> Iterator[str]:
    for element in tree:
        name = str(element.tag)
        if name in _HEADINGS:
            yield f"{_HEADINGS[name]} {_line(element)}"
        elif name in ("ul", "ol"):
            yield "\n".join(_items(element))
        elif name == "table":
            yield from _table(element)
        else:
            yield _line(element)


def _items(element: HtmlElement, indent: str = "") -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("li"), start=1):
        mark = f"{number}." if element.tag == "ol" else "-"
        yield f"{indent}{mark} {_line(item)}"
        for inner in item.iterchildren("ul", "ol"):
            yield from _items(inner, indent + "   ")


def _table(element: HtmlElement) -> Iterator[str]:
    yield from (f"**{_line(caption)}**" for caption in element.iter("caption"))
    rows = [[_line(cell) for cell in row.iter("th", "td")] for row in element.iter("tr")]
    if not rows:
        return
    width = max(map(len, rows))
    lines = [_piped(row, width) for row in rows]
    yield "\n".join([lines[0], _piped(["---"] * width, width), *lines[1:]])


def _piped(cells: list[str], width: int) -> str:
    filled = [cell.replace("|", "\\|") for cell in cells] + [""] * (width - len(cells))
    return f"| {' | '.join(filled)} |"


def _line(element: HtmlElement) -> str:
    """All inside as one line; the lists within an item have lines of their own."""
    return _SPACE.sub(" ", "".join(_inline(element))).strip()


def _inline(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = str(child.tag)
        if name in _AROUND:
            yield f"{_AROUND[name]}{_line(child)}{_AROUND[name]}"
        elif name == "a":
            yield f"[{_line(child)}]({child.get('href', '')})"
        elif name not in ("ul", "ol"):
            yield f" {_line(child)} "  # br, and blocks within an item or a cell
        yield child.tail or ""
