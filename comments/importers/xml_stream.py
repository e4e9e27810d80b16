"""Elements of an XML export, one after another, from a file that nobody vouches for."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from careers.importers.files import BadFile, Limited, open_unpacked

MOST_BYTES = 1024 * 1024 * 1024


def elements(path: Path, root: str, depth: int) -> Iterator[tuple[str, Element]]:
    """(name, element) of everything at that depth below `root`; each is emptied after its turn.

    No entity is resolved and nothing is fetched; a document type is refused, so that no entity
    can be declared. Raises BadFile with the line.
    """
    try:
        with open_unpacked(path) as stream:
            yield from _stream(path, Limited(stream, path, MOST_BYTES), root, depth)
    except FileNotFoundError:
        raise BadFile(path, None, "there is no such file") from None
    except (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile) as error:
        raise BadFile(path, None, f"cannot be unpacked ({error})") from error


def name_of(element: Element) -> str:
    """Without its namespace, which differs between versions of a format."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(element: Element, name: str) -> Element | None:
    return next((one for one in element if name_of(one) == name), None)


def text_of(element: Element, name: str) -> str:
    """The text of a child; empty without one."""
    found = child(element, name)
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def attribute(element: Element | None, name: str) -> str:
    """Whatever its namespace."""
    if element is None:
        return ""
    found = element.attrib
    return next((str(found[key]) for key in found if str(key).endswith(f"}}{name}")), "")


def line_of(element: Element) -> int | None:
    return cast(int | None, element.sourceline)


def _stream(path: Path, stream: Limited, root: str, depth: int) -> Iterator[tuple[str, Element]]:
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    level = 0
    try:
        for event, element in events:
            if event == "start":
                if level == 0:
                    _check_start(path, element, root)
                level += 1
                continue
            level -= 1
            if level == depth:
                yield name_of(element), element
                _drop(element)
    except etree.XMLSyntaxError as error:
        # The first error is the cause; the exception may tell of a later one, without a line.
        first = next(iter(events.error_log), None)
        message, line = (first.message, first.line) if first else (str(error.msg), error.lineno)
        raise BadFile(path, line or 1, f"is broken off or no XML ({message.strip()})") from None


def _check_start(path: Path, element: Element, root: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise BadFile(path, 1, "declares a document type; no export does")
    if name_of(element) != root:
        raise BadFile(
            path, line_of(element), f"starts with <{name_of(element)}>; <{root}> was expected"
        )


def _drop(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
