"""Naming a reader with @ in a comment: who is meant, and the link in its text.

Names are not unique. Who is meant is the author of the comment answered; else the only reader of
that name who wrote in this thread; else the only one who was ever published. Otherwise it stays
plain text: nobody is linked to, or written to, by a guess.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models.functions import Lower
from django.urls import reverse

from comments import markup
from comments.models import Comment, Mention, Reader
from comments.names import LONGEST

MOST, MOST_WHEN_NEW = 5, 2  # readers named in one comment
MOST_LOOKED_AT = 20  # signs that could start a name
WORDS = 5  # of a name, at most

# After an @ that does not belong to an address: up to five words, joined by one space each.
POSSIBLE = re.compile(rf"(?<![\w@./-])@([^\W_][\w.'’-]*(?: [^\W_][\w.'’-]*){{0,{WORDS - 1}}})")


def find(source: str, author: Reader | None, parent: Comment | None, guide_id: int) -> list[Reader]:
    """The readers a text names, in order; the first few only, fewer for a new author."""
    wanted = _possible_names(markup.words(source))
    if not wanted:
        return []
    known = _readers_called({name for names in wanted for name in names})
    meant: dict[int, Reader] = {}
    for names in wanted:
        reader = _longest_known(names, known, parent, guide_id)
        if reader and reader.pk != getattr(author, "pk", None):
            meant[reader.pk] = reader
    most = MOST_WHEN_NEW if author is None or author.is_new else MOST
    return list(meant.values())[:most]


def render(source: str, named: Iterable[Reader]) -> str:
    """Safe HTML of a comment in which these readers' names link to their profiles."""
    return markup.render(source, {one.display_name: profile_url(one) for one in named})


def remember(comment: Comment, named: Iterable[Reader]) -> bool:
    """Store whom a comment names now; whether somebody is new among them."""
    named = list(named)
    comment.mentions.exclude(reader__in=named).delete()
    known = set(comment.mentions.values_list("reader", flat=True))
    new = [Mention(comment=comment, reader=one) for one in named if one.pk not in known]
    Mention.objects.bulk_create(new)
    return bool(new)


def profile_url(reader: Reader) -> str:
    return reverse("comments:profile", args=[reader.public_id])


def _possible_names(words: str) -> list[list[str]]:
    """For each @, what could be the name after it, longest first, in lower case."""
    found = list(POSSIBLE.finditer(unicodedata.normalize("NFKC", words)))[:MOST_LOOKED_AT]
    return [_beginnings(match[1]) for match in found]


def _beginnings(words: str) -> list[str]:
    """Of "Ann Lee, hello": all that could be a name, also without the sign that ends a phrase."""
    parts = words.lower().split(" ")
    made = []
    for count in range(len(parts), 0, -1):
        phrase = " ".join(parts[:count])
        made += [phrase, phrase.rstrip(".'’-"), re.sub(r"['’]s$", "", phrase)]
    return [name for name in dict.fromkeys(made) if 2 <= len(name) <= LONGEST]


def _readers_called(names: set[str]) -> dict[str, list[Reader]]:
    """Published readers by name in lower case."""
    readers = Reader.objects.filter(is_active=True, published_count__gt=0)
    readers = readers.annotate(lowered=Lower("display_name")).filter(lowered__in=names)
    known: dict[str, list[Reader]] = {}
    for reader in readers.order_by("pk")[:200]:
        known.setdefault(reader.display_name.lower(), []).append(reader)
    return known


def _longest_known(
    names: list[str], known: dict[str, list[Reader]], parent: Comment | None, guide_id: int
) -> Reader | None:
    name = next((name for name in names if name in known), "")
    called = known.get(name, [])
    for reader in called:
        if parent is not None and reader.pk == parent.author_id:
            return reader
    if len(called) > 1:
        here = Comment.objects.published().filter(guide=guide_id, author__in=called)
        wrote_here = set(here.order_by().values_list("author", flat=True).distinct()[:2])
        called = [reader for reader in called if reader.pk in wrote_here]
    return called[0] if len(called) == 1 else None
