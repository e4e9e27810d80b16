"""Pages of the school finder: the search, its JSON twin, a school."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from careers.freshness import shows_only_data
from careers.views.search import shows_the_index
from schoolfinder import comparison, controls, presenters
from schoolfinder.exports import csv_lines
from schoolfinder.forms import FinderForm
from schoolfinder.glossary import words_explained
from schoolfinder.matching import BadCursor
from schoolfinder.models import School
from schoolfinder.nearby import nearby as nearest
from schoolfinder.school_page import school_page
from schoolfinder.search import schools_named
from schoolfinder.suggestions import areas_beginning, interests_beginning, schools_beginning

NEAR_COOKIE = "near"
NEAR_KEPT = 180 * 24 * 3600  # seconds


class FinderRequest(HttpRequest):
    htmx: HtmxDetails  # set by the middleware


@require_safe
def finder(request: FinderRequest) -> TemplateResponse:
    form = FinderForm(request.GET)
    context = _finder_context(form, request.GET)
    template = "schoolfinder/finder.html"
    if request.htmx.target == "results":
        template += "#results"
        context["is_fragment"] = True
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    response = TemplateResponse(request, template, context, status=status)
    if request.htmx:  # the address to share, without the fields that were left empty
        response["HX-Push-Url"] = controls.finder_url(request.GET)
    return response


@require_safe
def finder_json(request: HttpRequest) -> JsonResponse:
    form = FinderForm(request.GET)
    if form.is_valid() and form.is_ready:
        try:
            return JsonResponse(presenters.json_page(form))
        except BadCursor:
            form.add_error("after", "This cursor is broken: start from the beginning.")
    if form.errors:
        return JsonResponse({"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    offers = [offer.text for offer in form.offers]
    return JsonResponse({"results": [], "next": None, "problem": form.problem, "choices": offers})


@require_safe
def finder_csv(request: HttpRequest) -> HttpResponse:
    """What the finder shows, to the end, for a spreadsheet; a search that fails leads back."""
    form = FinderForm(request.GET)
    if not (form.is_valid() and form.is_ready):
        return HttpResponseRedirect(controls.finder_url(request.GET))
    matches = presenters.matches_shown(form)
    response = HttpResponse("".join(csv_lines(matches)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="schools.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def nearby(request: FinderRequest) -> HttpResponse:
    """A part of the guide page: the nearest programs to a ZIP that the reader gives.

    Kept out of the guide itself, which is the same for everybody; and the ZIP is remembered, in
    a cookie of the finder's path alone, only when the reader asks for it.
    """
    params = request.POST if request.method == "POST" else request.GET
    kept = request.COOKIES.get(NEAR_COOKIE, "")
    near = params.get("near", "") or kept
    if not near:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    page = nearest(params.get("guide", ""), near)
    if "keep" in params and page.is_known:
        kept = page.near
    elif "forget" in params:
        kept = ""
    context = {"page": page, "is_kept": kept == page.near}
    response: HttpResponse = (
        TemplateResponse(request, "schoolfinder/nearby.html", context)
        if request.htmx
        else HttpResponseRedirect(page.all_url or reverse("schoolfinder:finder"))
    )
    if request.method == "POST":
        _remember(response, kept)
    return response


def _remember(response: HttpResponse, near: str) -> None:
    path = reverse("schoolfinder:finder")
    if not near:
        response.delete_cookie(NEAR_COOKIE, path=path, samesite="Lax")
        return
    response.set_cookie(
        NEAR_COOKIE,
        near,
        max_age=NEAR_KEPT,
        path=path,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@require_safe
@shows_only_data
def compare(request: HttpRequest) -> TemplateResponse:
    chosen = comparison.choose(request.GET.getlist("p"))
    context = {
        "section": "schools",
        "most": comparison.MOST,
        "chosen": chosen,
        "comparison": comparison.comparison(chosen.programs, request.GET),
        "finder_url": comparison.finder_of(request.GET),
    }
    return TemplateResponse(request, "schoolfinder/compare.html", context)


@require_safe
@shows_the_index
def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """For the lists under the finder's fields: what begins so."""
    query = request.GET.get("q", "")
    finders = {
        "interest": interests_beginning,
        "area": areas_beginning,
        "school": schools_beginning,
    }
    found = finders[kind](query)
    rows = [{"name": one.name, "note": one.note, "url": one.url} for one in found]
    return JsonResponse({"query": query, "suggestions": rows})


@require_safe
def school(request: HttpRequest, unitid: int, slug: str) -> HttpResponse:
    shown = get_object_or_404(School, unitid=unitid)
    if slug != shown.slug:
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    url = request.build_absolute_uri(shown.get_absolute_url())
    page = school_page(shown, request.GET.get("fields", ""), url)
    context = {
        "school": shown,
        "page": page,
        "canonical": url,
        "section": "schools",
        "words": words_explained(),
    }
    return TemplateResponse(request, "schoolfinder/school.html", context)


def _finder_context(form: FinderForm, params: QueryDict) -> dict[str, Any]:
    results = None
    if form.is_valid() and form.is_ready:
        try:
            results = presenters.results(form, params)
        except BadCursor:
            form.add_error("after", "This page address is broken: begin with the first page.")
    return {
        "form": form,
        "controls": controls.controls(form, results.counts if results else None),
        "errors": controls.errors(form),
        "filters_open": controls.has_filters(form),
        "applied": controls.applied(form, params),
        "choices": controls.choices(form, params),
        "results": results,
        "examples": controls.EXAMPLES,
        "weights": presenters.weight_rows(),
        "words": words_explained() if results else [],
        "named": schools_named(form.data.get("interest", ""), 3) if form.unknown else [],
        "section": "schools",
    }
