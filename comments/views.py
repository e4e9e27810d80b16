"""Threads to read."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from careers.freshness import depends_on
from careers.models import Guide, Version
from comments import presenters, public_log
from comments.avatars import avatar
from comments.models import Comment, HelpfulVote, Reader, Thread, ThreadVisit
from comments.models.threads import OnPage
from comments.moderation import version_name
from comments.pages import ThreadPage, branch_page, place_in_thread, thread_page
from comments.times import first_change

ON_PROFILE = 20  # comments on a page of a reader's profile


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails  # set by the middleware


@require_safe
def thread(request: HtmxRequest, slug: str) -> HttpResponse:
    guide = find_guide(slug)
    page = thread_page(
        guide, request.user, request.GET.get("sort", ""), request.GET.get("from", "")
    )
    context = thread_context(request, page)
    template = "comments/thread.html"
    if request.htmx.target == "thread":
        template += "#thread"
    response = TemplateResponse(request, template, context)
    return depends_on(response, *what_it_shows(guide, page.comments))


def thread_context(request: HttpRequest, page: ThreadPage) -> dict[str, Any]:
    """A page of a thread for the templates; a signed-in reader's visit is noted."""
    since = None
    if isinstance(request.user, Reader):
        since = ThreadVisit.objects.arrive(request.user, page.guide)
    voted = HelpfulVote.objects.by(request.user, page.comments)
    rows = presenters.rows(page.comments, request.user, voted=voted, since=since)
    root = request.build_absolute_uri("/").rstrip("/")
    return {
        "guide": page.guide,
        "page": page,
        "rows": rows,
        "count": presenters.comment_count(page.thread.published),
        "news": presenters.News.of(rows, since),
        "json_ld": presenters.as_json_ld(page.comments, page.guide, page.thread.published, root),
    }


@require_safe
def thread_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The thread page's twin: same order, same pages, the same for everybody."""
    guide = find_guide(slug)
    page = thread_page(
        guide, AnonymousUser(), request.GET.get("sort", ""), request.GET.get("from", "")
    )
    twin = {
        "guide": guide.slug,
        "published": page.thread.published,
        "comments": presenters.as_json(page.comments),
        "next": page.next_path or None,
    }
    return depends_on(JsonResponse(twin), *what_it_shows(guide, page.comments))


@require_safe
def comment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One comment with everything below it."""
    one = find_comment(slug, public_id)
    if not (one.listed or one.author == request.user):
        raise Http404("This comment is not public.")
    comments, next_path = branch_page(one, request.user, request.GET.get("from", ""))
    rows = presenters.rows(
        comments,
        request.user,
        top=one.depth,
        target=public_id,
        link_to_rest=False,
        voted=HelpfulVote.objects.by(request.user, comments),
    )
    context = {
        "guide": one.guide,
        "comment": one,
        "rows": rows,
        "next_path": next_path,
        "first": not request.GET.get("from"),
        "in_thread": place_in_thread(one),
        "count": presenters.comment_count(Thread.objects.of(one.guide).published),
    }
    response = TemplateResponse(request, "comments/comment.html", context)
    return depends_on(response, *what_it_shows(one.guide, comments))


@require_safe
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """A reader's name, avatar and published comments; nothing else is anybody's business.

    Who was never published has no page. It is asked anew each time, since any decision on any
    guide changes it, and kept out of search engines: what somebody said in ten threads belongs
    into those, not into a list that turns up when their name is looked for.
    """
    published = Comment.objects.published().filter(author__public_id=public_id)
    reader = get_object_or_404(Reader, public_id=public_id, published_count__gt=0)
    start = published.filter(public_id=request.GET.get("from", "")).first()
    comments = published.filter(pk__lte=start.pk) if start else published
    found = list(comments.select_related("guide").order_by("-pk")[: ON_PROFILE + 1])
    now = timezone.now()
    context = {
        "reader": reader,
        "avatar": avatar(reader.public_id, reader.shown_picture),
        "entries": [presenters.profile_entry(one, now) for one in found[:ON_PROFILE]],
        "next": found[ON_PROFILE].public_id if len(found) > ON_PROFILE else "",
        "first": start is None,
    }
    response = TemplateResponse(request, "comments/profile.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def about_moderation(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "comments/about_moderation.html", {"log": public_log.read()})


def what_it_shows(guide: Guide, comments: list[OnPage]) -> tuple[list[str], datetime | None]:
    """The versions that a page of these comments follows, and when its times read differently."""
    names = [Version.DATA, version_name(guide.pk)]
    return names, first_change(comment.created for comment in comments)


def find_guide(slug: str) -> Guide:
    """Also under an address that the guide once had: comments keep theirs."""
    guides = Guide.objects.select_related("topic__cluster")
    guide = guides.filter(slug=slug).first()
    return guide or get_object_or_404(guides, former_slugs__slug=slug)


def find_comment(slug: str, public_id: str) -> Comment:
    guide = find_guide(slug)
    comments = guide.comments.select_related("author", "parent__author")
    return get_object_or_404(comments, public_id=public_id)


def find_own(request: HttpRequest, slug: str, public_id: str) -> Comment:
    """404 for anybody else's: nothing is given away about it."""
    own = find_comment(slug, public_id)
    if own.author != request.user:
        raise Http404("Not yours.")
    return own
