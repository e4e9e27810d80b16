"""The HTML of rows of comments.

In Python and not in a template: a page holds 220 rows of some thirty values, and Django's
templates take longer for one value than these functions for one row. Every text is escaped here
with `text`; only an avatar and a comment's cleaned markup stand as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from comments.presenters import Link, Row

# The same few names, words and addresses stand on a page again and again.
text = lru_cache(maxsize=8192)(escape)


def thread(rows: Iterable[Row], csrf_token: object = "") -> SafeString:
    """Nested lists of comments. The token is lazy: asking for it sets a visitor’s cookie."""
    why_gone = reverse("comments:about_moderation")
    parts = ['<ol class="thread">']
    for row in rows:
        parts.append(f'<li class="comment{" held" if row.label else ""}">')
        parts.append(_tombstone(row, why_gone) if row.tombstone else _comment(row, csrf_token))
        parts.append(_around_replies(row))
    parts.append("</ol>")
    return mark_safe("".join(parts))


def vote(row: Row, csrf_token: object) -> SafeString:
    """The button that says a comment helped, or takes that back."""
    says, pressed = ("no", "true") if row.voted else ("yes", "false")
    count = f' <b class="num">{row.helpful}</b>' if row.helpful else ""
    url = text(f"{row.url}helpful/")
    return mark_safe(
        f'<form class="vote" id="vote-{row.id}" method="post" action="{url}" hx-post="{url}"'
        ' hx-target="this" hx-swap="outerHTML">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{text(str(csrf_token))}">'
        f'<button id="helps-{row.id}" name="helps" value="{says}" aria-pressed="{pressed}">'
        f"Helpful{count}{_unseen(f', this comment by {row.name}')}</button></form>"
    )


def _comment(row: Row, csrf_token: object) -> str:
    target = " is-target" if row.target else ""
    why = ""
    if row.label:
        why = (
            f'<p class="why-held"><span class="tag warn">{text(row.label)}</span>'
            f"{text(row.why)}</p>"
        )
    voting = vote(row, csrf_token) if row.may_vote and csrf_token else ""
    actions = "".join([_action(link, row.id) for link in row.actions])
    return (
        f'<article class="comment-body{target}" id="c-{row.id}">{row.avatar}\n{_head(row)}\n'
        f'<div class="text" id="text-{row.id}">{why}{row.html}</div>\n'
        f'<div class="comment-actions">{voting}{actions}</div></article>\n'
        f'<div class="slot" id="slot-{row.id}"></div>\n'
    )


def _head(row: Row) -> str:
    role = f'<span class="tag">{text(row.role)}</span>' if row.role else ""
    new = '<span class="tag new">New</span>' if row.new else ""
    edited = (
        f'<span class="text-soft small" title="{text(row.edited)}">edited</span>'
        if row.edited
        else ""
    )
    section = f'<span class="label">about {text(row.section)}</span>' if row.section else ""
    answers = (
        f'<a href="{text(row.answers.url)}">in reply to {text(row.answers.words)}</a>'
        if row.answers
        else ""
    )
    return (
        f'<header class="comment-head"><b>{_name(row)}</b>{role}{new}<a href="{text(row.url)}">'
        f'<time datetime="{row.iso}" title="{row.exact}">{row.ago}</time></a>'
        f"{edited}{section}{answers}</header>"
    )


def _action(link: Link, row_id: str) -> str:
    url = text(link.url)
    kind = ' class="report"' if link.words == "Report" else ""
    in_place = f' hx-get="{url}" hx-target="#slot-{row_id}"' if link.in_place else ""
    words = text(link.words) + _unseen(link.hidden_words)
    return f'<a{kind} href="{url}" rel="nofollow"{in_place}>{words}</a>'


def _tombstone(row: Row, why_gone: str) -> str:
    stay = "The replies stay. " if row.opens else ""
    return (
        f'<p class="tombstone" id="c-{row.id}">{text(row.tombstone)} {stay}'
        f'<a href="{why_gone}">Why comments go</a></p>\n'
    )


def _around_replies(row: Row) -> str:
    """Where lists of replies end and start; a list can be folded away."""
    ends = "</li></ol></details>" * len(row.closes)
    more = (
        f'<p class="branch-rest"><a href="{text(row.more.url)}">{text(row.more.words)}</a></p>'
        if row.more
        else ""
    )
    if not row.opens:
        return f"{ends}{more}</li>\n"
    return (
        f'<details class="branch" open><summary>{text(row.fold)}'
        f"{_unseen(f' to {row.name}' if row.name else '')}</summary>"
        '<ol class="thread">\n'
    )


def _unseen(words: str) -> str:
    """For those who hear a link or button without what is around it."""
    return f'<span class="visually-hidden">{text(words)}</span>' if words else ""


def _name(row: Row) -> str:
    name = text(row.name)
    return f'<a href="{row.profile}" rel="nofollow">{name}</a>' if row.profile else name
