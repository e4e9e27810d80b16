"""Pages of the school finder: the search, its JSON twin, a school."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from schoolfinder.models import School


@require_safe
def finder(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "schoolfinder/finder.html", {"section": "schools"})


@require_safe
def finder_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"results": [], "next": None})


@require_safe
def school(request: HttpRequest, unitid: int, slug: str) -> HttpResponse:
    shown = get_object_or_404(School, unitid=unitid)
    return TemplateResponse(request, "schoolfinder/school.html", {"school": shown})
