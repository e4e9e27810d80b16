"""The handbook's HTML, cleaned to a small allow-list.

The markup has passed through two decades of editors: empty paragraphs, Word's bookmarks, styles on
every cell, tracked changes, doubled attributes, bare ampersands. It is read with a parser that
forgives, tidied as a tree, and only then cut to the allow-list, so that what is stored is safe
whatever the file held.
"""

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import urljoin, urlsplit

import nh3
from lxml.html import HtmlElement, fragment_fromstring, tostring

BASE = "https://www.bls.gov/ooh/"
OWN_HOSTS = {"www.bls.gov", "bls.gov", "stats.bls.gov"}

_TAGS = {
    *("p", "ul", "ol", "li", "h3", "h4", "strong", "em", "a", "br", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_CELL = {"colspan", "rowspan", "scope"}
_ATTRIBUTES = {"a": {"href", "rel"}, "td": _CELL, "th": _CELL}
_RENAMED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em"}
# Struck out by an editor, a picture, or a source line that the page gives itself.
_DROPPED = ("del", "s", "strike", "img", "tfoot", "script", "style")
_EMPTY_IS_NOTHING = ("span", "strong", "em", "a", "p", "h3", "h4", "li", "ul", "ol", "caption")
_BLOCKS = {"p", "ul", "ol", "h3", "h4", "table"}  # what may stand alone
_BLOCK = r"</?(?:p|ul|ol|li|h3|h4|table|caption|thead|tbody|tr|th|td)(?: [^>]*)?>"

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACE = re.compile(r"\s+")  # no-break spaces included
_AROUND_BLOCK = re.compile(rf"\s*({_BLOCK})\s*")
_SPACE_AT_START = re.compile(r"(<(?:strong|em|a)(?: [^>]*)?>)\s+")
_SPACE_AT_END = re.compile(r"\s+(</(?:strong|em|a)>)")
_SPLIT_STRONG = re.compile(r"</strong>(\s*)<strong>")
_BREAK_AT_START = re.compile(rf"(^|{_BLOCK})(?:<br>)+")
_BREAK_AT_END = re.compile(rf"(?:<br>)+({_BLOCK}|$)")
_PROFILE = re.compile(r"/ooh/([a-z-]+)/([a-z0-9-]+)\.htm", re.IGNORECASE)


def parse(source: str) -> HtmlElement:
    """A forgiving tree of the fragment below one div."""
    return fragment_fromstring(source, create_parent="div")


def source_of(element: HtmlElement) -> str:
    return str(tostring(element, encoding="unicode", with_tail=False))


def fold(text: str | None) -> str:
    """White space of all kinds as single spaces, nothing invisible, nothing around."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text or "")).strip()


def plain(text: str | None) -> str:
    """A plain-text element: BLS leaves entities in them, one without its semicolon."""
    return fold(html.unescape(re.sub(r"&apos(?!;)", "&apos;", text or "")))


def text_of(source: str) -> str:
    """The folded text of a fragment; blocks are kept apart by a space."""
    tree = parse(source)
    for element in tree.iter("p", "h1", "h2", "h3", "h4", "li", "td", "th", "tr", "div", "br"):
        element.tail = f" {element.tail or ''}"
    return fold(tree.text_content())


def profile_slug(address: str) -> str | None:
    """The slug of the profile that an address of BLS leads to, whatever its case; else None."""
    match = _profile(address)
    return match and match[1]


def profile_group(address: str) -> str | None:
    match = _profile(address)
    return match and match[0]


def _profile(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(urljoin(BASE, address.strip()))
    except ValueError:
        return None
    match = _PROFILE.fullmatch(parts.path) if parts.hostname in OWN_HOSTS else None
    return (match[1].lower(), match[2].lower()) if match else None


def clean(source: str, slugs: Collection[str]) -> str:
    """The fragment in our few tags. Links to the profiles in `slugs` lead to our own pages."""
    tree = parse(source)
    _rename(tree)
    _drop(tree)
    _fold_texts(tree)
    for table in tree.iter("table"):
        _tidy_table(table)
    for link in list(tree.iter("a")):
        _point(link, slugs)
    _keep_one_emphasis(tree)
    _unwrap_foreign(tree)
    _wrap_bare(tree)
    _drop_empty(tree)
    return _polish(_sanitise(tree))


def words_outside_tables(cleaned: str) -> int:
    tree = parse(cleaned)
    for table in list(tree.iter("table")):
        table.drop_tree()
    return len(text_of(source_of(tree)).split())


def _rename(tree: HtmlElement) -> None:
    for element in tree.iter(*_RENAMED):
        element.tag = _RENAMED[str(element.tag)]


def _drop(tree: HtmlElement) -> None:
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()


def _fold_texts(tree: HtmlElement) -> None:
    for element in tree.iter():
        element.text = _folded(element.text)
        element.tail = _folded(element.tail)


def _folded(text: str | None) -> str | None:
    """As `fold`, but a space at either end may part two words and stays."""
    return text and _SPACE.sub(" ", _INVISIBLE.sub("", text))


# Tables --------------------------------------------------------------------------------------


def _tidy_table(table: HtmlElement) -> None:
    for block in list(table.iter("p", "div")):
        block.tail = f" {block.tail or ''}"
        block.drop_tag()
    rows = [list(row.iterchildren("th", "td")) for row in table.iter("tr")]
    if rows and all(len(cells) == 2 for cells in rows) and not table.findall(".//th"):
        _restore_units([amount for _, amount in rows])
        for name, _ in rows:
            name.tag = "th"
    for head in table.iter("th"):
        inside_head = next(head.iterancestors("thead"), None) is not None
        head.set("scope", "col" if inside_head else "row")


def _restore_units(cells: list[HtmlElement]) -> None:
    """BLS gives the unit in the first row only: "$87,980" then "86,010", "23%" then "8"."""
    first = fold(cells[0].text_content())
    for cell in cells[1:]:
        value = fold(cell.text_content())
        if not value[:1].isdigit():
            continue
        if first.startswith("$"):
            _set_text(cell, f"${value}")
        elif first.endswith("%") and not value.endswith("%"):
            _set_text(cell, f"{value}%")


def _set_text(cell: HtmlElement, text: str) -> None:
    for child in list(cell):
        child.drop_tree()
    cell.text = text


# Links and emphasis --------------------------------------------------------------------------


def _point(link: HtmlElement, slugs: Collection[str]) -> None:
    """To our page of that profile, else to the outside; without an address it is only text."""
    address = (link.get("href") or "").strip()
    slug = profile_slug(address)
    link.attrib.clear()
    if slug in slugs:
        link.set("href", f"/careers/{slug}/")
    elif outside := _outside(address):
        link.set("href", outside)
        link.set("rel", "external")
    else:
        link.drop_tag()


def _outside(address: str) -> str | None:
    if not address or address.startswith("#"):
        return None
    try:
        whole = urljoin(BASE, address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname else None


def _keep_one_emphasis(tree: HtmlElement) -> None:
    """Run-in heads are strong and em in either order, split or nested: keep the strong."""
    for heading in tree.iter("h3", "h4", "th", "caption"):
        for emphasis in list(heading.iterdescendants("strong", "em")):
            emphasis.drop_tag()
    for em in list(tree.iter("em")):
        strong = next(em.iterdescendants("strong"), None)
        if _is_within(em, "strong") or (
            strong is not None and fold(em.text_content()) == fold(strong.text_content())
        ):
            em.drop_tag()
    for strong in list(tree.iter("strong")):
        if _is_within(strong, "strong"):
            strong.drop_tag()


def _is_within(element: HtmlElement, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _unwrap_foreign(tree: HtmlElement) -> None:
    for element in list(tree.iterdescendants()):
        if not isinstance(element.tag, str):  # a comment or an instruction
            element.drop_tree()
        elif element.tag not in _TAGS and element.tag != "span":
            element.drop_tag()


def _wrap_bare(tree: HtmlElement) -> None:
    """Text that an editor left outside of any paragraph becomes one."""
    children = list(tree)
    paragraph = _paragraph(tree, 0, tree.text)
    tree.text = None
    for child in children:
        if child.tag in _BLOCKS:
            paragraph = _paragraph(tree, tree.index(child) + 1, child.tail)
            child.tail = None
        else:
            paragraph.append(child)


def _paragraph(tree: HtmlElement, position: int, text: str | None) -> HtmlElement:
    """It may come out empty; empty ones are dropped afterwards."""
    paragraph = tree.makeelement("p")
    paragraph.text = text
    tree.insert(position, paragraph)
    return paragraph


def _drop_empty(tree: HtmlElement) -> None:
    """Innermost first, so that a paragraph with an empty span in it goes too."""
    for element in _innermost_first(tree):
        if not fold(element.text_content()):
            if element.tag in ("span", "strong", "em", "a"):  # it may hold the space of two words
                element.drop_tag()
            else:
                element.drop_tree()


def _innermost_first(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in reversed(list(tree.iter(*_EMPTY_IS_NOTHING))):
        if next(element.iter("table"), None) is None:
            yield element


# Text ----------------------------------------------------------------------------------------


def _sanitise(tree: HtmlElement) -> str:
    inner = (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)
    return nh3.clean(
        inner,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _polish(source: str) -> str:
    """White space and seams that only show once foreign tags are gone."""
    text = _SPLIT_STRONG.sub(r"\1", source)
    text = _SPACE_AT_START.sub(r" \1", text)
    text = _SPACE_AT_END.sub(r"\1 ", text)
    text = _AROUND_BLOCK.sub(r"\1", _SPACE.sub(" ", text))
    return _BREAK_AT_END.sub(r"\1", _BREAK_AT_START.sub(r"\1", text)).strip()
