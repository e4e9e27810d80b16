"""Pages about the site itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import listing, quality
from careers.catalogue import catalogue
from careers.freshness import shows_only_data
from careers.models import ImportRecord


@require_safe
@shows_only_data
def about_data(request: HttpRequest) -> HttpResponse:
    context = {
        "held": catalogue(),
        "records": listing.imports(ImportRecord.objects.order_by("source", "label")),
    }
    return TemplateResponse(request, "careers/about_data.html", context)


@require_safe
@shows_only_data
def about_quality(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_quality.html", {"parts": quality.parts()})


@require_safe
@shows_only_data
def glossary(request: HttpRequest) -> HttpResponse:
    context = {"section": "careers", "terms": listing.terms(catalogue())}
    return TemplateResponse(request, "careers/glossary.html", context)


@require_safe
@shows_only_data
def about_privacy(request: HttpRequest) -> HttpResponse:
    context = {"asks_akismet": bool(settings.AKISMET_API_KEY)}
    return TemplateResponse(request, "careers/about_privacy.html", context)


@require_safe
@shows_only_data
def about_accessibility(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_accessibility.html")


@require_safe
@shows_only_data
def about_terms(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_terms.html")
