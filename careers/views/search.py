"""Guides, and the groups of other apps, for the words that somebody typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import listing, panels, twins
from careers import search as index
from careers.catalogue import catalogue
from careers.forms import SearchForm
from careers.freshness import shows_only_data
from careers.views.htmx import HtmxRequest

FOUND_GUIDES, FOUND_OTHERS = 12, 6


@require_safe
@shows_only_data
def search(request: HtmxRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    in_place = request.htmx.target == "search_results"
    template = "careers/search.html" + ("#search_results" if in_place else "")
    context = {
        "section": "search",
        "in_place": in_place,
        "query": query,
        "hits": listing.hits(index.guides(query, FOUND_GUIDES), catalogue()),
        "groups": panels.search_groups(query, FOUND_OTHERS) if query else [],
    }
    return TemplateResponse(request, template, context)


@require_safe
@shows_only_data
def search_json(request: HttpRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    entries = catalogue().found(hit.guide_pk for hit in index.guides(query, FOUND_GUIDES))
    return JsonResponse(twins.search(query, entries, panels.search_groups(query, FOUND_OTHERS)))
