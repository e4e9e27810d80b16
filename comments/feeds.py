"""Atom feeds: the newest published comments of a guide."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from comments.markup import plain
from comments.models import Comment
from comments.views import find_guide

NEWEST = 30


@require_safe
def thread_feed(request: HttpRequest, slug: str) -> HttpResponse:
    guide = find_guide(slug)
    feed = Atom1Feed(
        title=f"Comments on {guide.title} · {settings.SITE_NAME}",
        link=_absolute(guide.get_absolute_url()),
        description="",
        language="en",
        feed_url=_absolute(reverse("comments:thread_feed", args=[guide.slug])),
    )
    comments = guide.comments.published().select_related("author").order_by("-pk")[:NEWEST]
    for comment in comments:
        _add(feed, comment)
    answer = HttpResponse(content_type=feed.content_type)
    feed.write(answer, "utf-8")
    return answer


def _add(feed: Atom1Feed, comment: Comment) -> None:
    url = _absolute(comment.get_absolute_url())
    feed.add_item(
        title=f"{comment.name}: {plain(comment.html)[:80]}",
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
