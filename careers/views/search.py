"""Guides, and the groups of other apps, for the words that somebody typed."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import listing, panels, twins
from careers import search as index
from careers.catalogue import catalogue
from careers.forms import SearchForm
from careers.freshness import View, depends_on
from careers.models import Version
from careers.views.htmx import HtmxRequest

FOUND_GUIDES, FOUND_OTHERS, SUGGESTED = 12, 6, 8


def shows_the_index(view: View) -> View:
    """As `shows_only_data`, but nothing is kept while an import waits for the new index."""

    @wraps(view)
    def saying(*args: Any, **kwargs: Any) -> HttpResponse:
        current = index.is_current()  # before the answer: what follows can only be newer
        response = view(*args, **kwargs)
        return depends_on(response, [Version.DATA], None if current else timezone.now())

    return saying


@require_safe
@shows_the_index
def search(request: HtmxRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    in_place = request.htmx.target == "search_results"
    template = "careers/search.html" + ("#search_results" if in_place else "")
    answer = index.answer(query, FOUND_GUIDES)
    hits = listing.hits(answer.found, catalogue())
    groups = panels.search_groups(query, FOUND_OTHERS) if query else []
    context = {
        "section": "search",
        "in_place": in_place,
        "query": query,
        "hits": hits,
        "meant": answer.meant,
        "outside": answer.outside,
        "groups": groups,
        "nothing": bool(query) and not hits and not any(group.hits for group in groups),
    }
    return TemplateResponse(request, template, context)


@require_safe
@shows_the_index
def search_json(request: HttpRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    entries = catalogue().found(hit.guide_pk for hit in index.guides(query, FOUND_GUIDES))
    return JsonResponse(twins.search(query, entries, panels.search_groups(query, FOUND_OTHERS)))


@require_safe
@shows_the_index
def search_suggest(request: HttpRequest) -> JsonResponse:
    """For the list under a search field: names that begin so, then what search would find."""
    query = SearchForm(request.GET).query
    suggested = index.suggestions(query, SUGGESTED)
    return JsonResponse({"query": query, "suggestions": twins.suggestions(suggested, catalogue())})
