"""The first page, and what robots read first."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers import listing, wording
from careers.catalogue import catalogue
from careers.filters import ordered
from careers.freshness import shows_only_data
from careers.models import ImportRecord


@require_safe
@shows_only_data
def home(request: HttpRequest) -> HttpResponse:
    held = catalogue()
    return TemplateResponse(
        request,
        "careers/home.html",
        {
            "held": held,
            "guide_count": len(held.current),
            "plates": listing.plates(held),
            "empty_petals": listing.common_mark([]),
            "title_count": wording.count(len(held.current) + held.job_titles),
            "featured": listing.featured(held),
            "fastest": [listing.card(entry) for entry in ordered(held.current, "growth")[:6]],
            "with_plain": sum(bool(entry.summary) for entry in held.current),
            "newest": ImportRecord.objects.order_by("-imported").first(),
        },
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap_url": request.build_absolute_uri(reverse("careers:sitemap"))}
    return TemplateResponse(request, "careers/robots.txt", context, content_type="text/plain")
