"""From what a reader typed to safe HTML: paragraphs, emphasis, links, lists, quotes, code.

markdown-it-py builds the HTML without raw HTML and images; nh3 cleans it again by an allow-list,
so that a mistake in one of them alone opens nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
# "*" empties what nh3 would keep everywhere: title and lang.
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = {"http", "https", "mailto"}
OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
PROFILE = re.compile(r"/readers/[a-z0-9]{10}/")
MOST_BRACKETS = 150  # each may open a link, and the parser looks through all the rest for its end
DEEPEST = 20  # quotes, lists and their items within each other; depth costs time


def render(source: str, profiles: Mapping[str, str] | None = None) -> str:
    """Safe HTML of a comment; after an @, each of these names links to its profile."""
    tokens = parse(source)
    if profiles:
        _link_names(tokens, profiles)
    if max((token.level for token in tokens), default=0) >= DEEPEST - 1:
        # The parser drops what lies deeper. Plain paragraphs lose nothing.
        return clean(linebreaks(source, autoescape=True))
    return clean(_markdown.renderer.render(tokens, _markdown.options, {}))


def clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="pass_through",
        attribute_filter=_only_known_addresses,
        link_rel="ugc nofollow noopener",
    ).strip()


def words(source: str) -> str:
    """What can name somebody: the text outside of links and code."""
    found = []
    for token in parse(source):
        found += [part.content for part in _free_text(token.children or [])]
    return "\n".join(found)


def _only_known_addresses(tag: str, attribute: str, value: str) -> str | None:
    """Of addresses on this site a text may hold a reader's profile only."""
    if attribute != "href" or OUTSIDE.match(value) or PROFILE.fullmatch(value):
        return value
    return None


def _free_text(parts: Iterable[Token]) -> Iterator[Token]:
    inside = 0
    for part in parts:
        inside += (part.type == "link_open") - (part.type == "link_close")
        if part.type == "text" and not inside:
            yield part


def _link_names(tokens: list[Token], profiles: Mapping[str, str]) -> None:
    longest_first = sorted(profiles, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<![\w@./-])@({names})(?!\w)", re.IGNORECASE)
    urls = {name.lower(): url for name, url in profiles.items()}
    for token in tokens:
        free = {id(part) for part in _free_text(token.children or [])}
        token.children = [
            made
            for part in token.children or []
            for made in (_with_names(part, pattern, urls) if id(part) in free else [part])
        ]


def _with_names(part: Token, pattern: re.Pattern[str], urls: Mapping[str, str]) -> list[Token]:
    """The text's pieces; every second one is a name, which is linked."""
    made = []
    for number, piece in enumerate(pattern.split(part.content)):
        if number % 2 == 0:
            made.append(_text(piece))
            continue
        made.append(Token("link_open", "a", 1, attrs={"href": urls[piece.lower()]}))
        made.append(_text(f"@{piece}"))
        made.append(Token("link_close", "a", -1))
    return made


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def links(source: str) -> list[str]:
    """The addresses a comment links to, in order, as they will stand in its HTML."""
    parts = (part for token in parse(source) for part in token.children or [])
    return [str(part.attrs["href"]) for part in parts if "href" in part.attrs]


def plain(html: str) -> str:
    """The words alone, for titles in feeds and for mail."""
    return " ".join(nh3.clean(html, tags=set()).split())


def parse(source: str) -> list[Token]:
    return _markdown.parse(calmed(source))


def calmed(source: str) -> str:
    """Take out what costs far more time than it says: runs of a sign, hundreds of brackets."""
    if source.count("[") > MOST_BRACKETS:
        source = source.replace("[", r"\[")
    return re.sub(r"([*_`~>\[\]()<!])\1{7,}", lambda run: run[1] * 8, source)


def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "zero", {"linkify": True, "breaks": True, "html": False, "maxNesting": DEEPEST}
    )
    parser.enable(["emphasis", "link", "list", "blockquote", "backticks", "fence", "newline"])
    parser.enable(["linkify", "escape", "entity", "autolink", "text_join", "balance_pairs"])
    # Only addresses with a scheme: "the state.In my" is a missing space, not a link.
    linkify: Any = parser.linkify  # untyped
    linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return parser


_markdown = _parser()
