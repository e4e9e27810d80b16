"""Atom feeds: the newest published comments of a guide, of the site, and replies to one reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from careers.freshness import depends_on
from careers.models import Version
from comments.markup import plain
from comments.models import Comment, Reader
from comments.models.threads import CommentQuerySet
from comments.moderation import version_name
from comments.views import find_guide

NEWEST = 30

_signer = signing.Signer(salt="comments.replies-feed")


@require_safe
def thread_feed(request: HttpRequest, slug: str) -> HttpResponse:
    guide = find_guide(slug)
    answer = _answer(
        f"Comments on {guide.title}",
        guide.get_absolute_url(),
        reverse("comments:thread_feed", args=[guide.slug]),
        guide.comments.published().order_by("-pk"),
    )
    return depends_on(answer, [Version.DATA, version_name(guide.pk)])


@require_safe
def site_feed(request: HttpRequest) -> HttpResponse:
    """The newest comments on any guide."""
    newest = Comment.objects.published().order_by("-created")
    return _answer("Comments on all guides", "/", reverse("comments:site_feed"), newest)


@require_safe
@never_cache
def replies_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answers to one reader, for whoever knows the secret address."""
    reader = reader_behind(token)
    replies = Comment.objects.published().filter(parent__author=reader).exclude(author=reader)
    url = reverse("comments:replies_feed", args=[token])
    answer = _answer("Replies to you", "/", url, replies.order_by("-pk"))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@login_required
def new_replies_feed(request: HttpRequest) -> HttpResponse:
    """Give the feed of replies another address; the old one opens nothing any more."""
    reader = cast(Reader, request.user)  # login_required
    reader.feed_number += 1
    reader.save(update_fields=["feed_number"])
    messages.success(request, "Your feed has a new address; the old one no longer works.")
    return HttpResponseRedirect(reverse("comments:account") + "#feed")


def replies_feed_url(reader: Reader) -> str:
    token = _signer.sign_object([reader.public_id, reader.feed_number])
    return _absolute(reverse("comments:replies_feed", args=[token]))


def reader_behind(token: str) -> Reader:
    """404 for a forged address, and for one that was replaced."""
    try:
        public_id, number = _signer.unsign_object(token)
    except signing.BadSignature:
        raise Http404("No such feed.") from None
    readers = Reader.objects.filter(is_active=True)
    return get_object_or_404(readers, public_id=public_id, feed_number=number)


def _answer(title: str, path: str, feed_path: str, comments: CommentQuerySet) -> HttpResponse:
    feed = Atom1Feed(
        title=f"{title} · {settings.SITE_NAME}",
        link=_absolute(path),
        description="",
        language="en",
        feed_url=_absolute(feed_path),
    )
    _add(feed, comments.select_related("author", "guide")[:NEWEST])
    answer = HttpResponse(content_type=feed.content_type)
    feed.write(answer, "utf-8")
    return answer


def _add(feed: Atom1Feed, comments: Iterable[Comment]) -> None:
    for comment in comments:
        url = _absolute(comment.get_absolute_url())
        feed.add_item(
            title=f"{comment.name} on {comment.guide.title}: {plain(comment.html)[:80]}",
            link=url,
            description=comment.html,
            author_name=comment.name,
            unique_id=url,
            pubdate=comment.created,
            updateddate=comment.edited_at or comment.created,
        )


def _absolute(path: str) -> str:
    """Not from the request: a feed must not name a host that a visitor made up."""
    return settings.SITE_URL + path
