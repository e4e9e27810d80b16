"""Pages of the school finder: the search, its JSON twin, a school."""

from http import HTTPStatus
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from schoolfinder import controls, presenters
from schoolfinder.forms import FinderForm
from schoolfinder.matching import BadCursor
from schoolfinder.models import School
from schoolfinder.school_page import school_page
from schoolfinder.search import schools_named


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
    return TemplateResponse(request, template, context, status=status)


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
def school(request: HttpRequest, unitid: int, slug: str) -> HttpResponse:
    shown = get_object_or_404(School, unitid=unitid)
    if slug != shown.slug:
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    url = request.build_absolute_uri(shown.get_absolute_url())
    page = school_page(shown, request.GET.get("fields", ""), url)
    context = {"school": shown, "page": page, "canonical": url, "section": "schools"}
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
        "controls": controls.controls(form),
        "errors": controls.errors(form),
        "filters_open": controls.has_filters(form),
        "applied": controls.applied(form, params),
        "choices": controls.choices(form, params),
        "results": results,
        "weights": presenters.weight_rows(),
        "named": schools_named(form.data.get("interest", ""), 3) if form.unknown else [],
        "section": "schools",
    }
