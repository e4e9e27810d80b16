"""Rows of comments in a template: `{% load comment_rows %}{% thread_rows rows csrf_token %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from comments import rowhtml
from comments.presenters import Row

register = template.Library()


@register.simple_tag
def thread_rows(rows: Iterable[Row], csrf_token: object = "") -> SafeString:
    return rowhtml.thread(rows, csrf_token)


@register.simple_tag
def vote_button(row: Row, csrf_token: object) -> SafeString:
    return rowhtml.vote(row, csrf_token)
