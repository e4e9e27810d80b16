"""Pages of careers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers.models import Cluster, Guide, Topic


def _page(request: HttpRequest, title: str) -> TemplateResponse:
    return TemplateResponse(request, "careers/page.html", {"title": title})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _page(request, "Careers, and where to learn them")


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    return _page(request, "All guides")


@require_safe
def guide_list_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"results": [], "next": None})


@require_safe
def a_to_z(request: HttpRequest) -> HttpResponse:
    return _page(request, "A–Z")


@require_safe
def cluster(request: HttpRequest, cluster_slug: str) -> HttpResponse:
    return _page(request, get_object_or_404(Cluster, slug=cluster_slug).title)


@require_safe
def topic(request: HttpRequest, cluster_slug: str, topic_slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=topic_slug, cluster__slug=cluster_slug)
    return _page(request, found.title)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, get_object_or_404(Guide, slug=slug).title)


@require_safe
def guide_json(request: HttpRequest, slug: str) -> HttpResponse:
    return JsonResponse({"slug": get_object_or_404(Guide, slug=slug).slug})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return _page(request, "Search")


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"query": "", "guides": [], "fields": [], "schools": []})


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    return _page(request, "Sources and editions")


@require_safe
def about_privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "Privacy")


@require_safe
def about_accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "Accessibility")


@require_safe
def about_terms(request: HttpRequest) -> HttpResponse:
    return _page(request, "Terms")
