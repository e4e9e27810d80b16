"""Threads to read."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from careers.models import Guide
from comments import presenters, public_log
from comments.models import Comment
from comments.models.threads import WIDTH
from comments.pages import NEWEST, branch_page, page_url, thread_page


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails  # set by the middleware


@require_safe
def thread(request: HtmxRequest, slug: str) -> HttpResponse:
    guide = find_guide(slug)
    page = thread_page(
        guide, request.user, request.GET.get("sort", ""), request.GET.get("from", "")
    )
    context = {"guide": guide, "page": page, "rows": presenters.rows(page.comments, request.user)}
    template = "comments/thread.html"
    if request.htmx.target == "thread":
        template += "#thread"
    return TemplateResponse(request, template, context)


@require_safe
def thread_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The thread page's twin: same order, same pages, the same for everybody."""
    guide = find_guide(slug)
    page = thread_page(
        guide, AnonymousUser(), request.GET.get("sort", ""), request.GET.get("from", "")
    )
    return JsonResponse(
        {
            "guide": guide.slug,
            "published": page.thread.published,
            "comments": presenters.as_json(page.comments),
            "next": page.next_path or None,
        }
    )


@require_safe
def comment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One comment with everything below it."""
    one = find_comment(slug, public_id)
    if not (one.listed or one.author == request.user):
        raise Http404("This comment is not public.")
    comments, next_path = branch_page(one, request.user, request.GET.get("from", ""))
    rows = presenters.rows(
        comments, request.user, top=one.depth, target=public_id, link_to_rest=False
    )
    context = {
        "guide": one.guide,
        "comment": one,
        "rows": rows,
        "next_path": next_path,
        "in_thread": page_url(one.guide, NEWEST, one.path[:WIDTH]),
    }
    return TemplateResponse(request, "comments/comment.html", context)


@require_safe
def about_moderation(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "comments/about_moderation.html", {"log": public_log.read()})


def find_guide(slug: str) -> Guide:
    """Also under an address that the guide once had: comments keep theirs."""
    guides = Guide.objects.filter(slug=slug) | Guide.objects.filter(former_slugs__slug=slug)
    return get_object_or_404(guides.distinct())


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
