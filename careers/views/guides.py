"""A guide: the page, its twins, and what stands at an address that is none."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import citations, guidepage, listing, panels, twins
from careers import search as index
from careers.catalogue import catalogue
from careers.freshness import depends_on, shows_only_data
from careers.guiderows import GuideRows, find_guide, guide_once_called, read_rows
from careers.handbook_text import as_markdown
from careers.models import Version

NEAR_MATCHES = 5


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    rows = _rows_of(slug)
    if rows is None:
        return guide_elsewhere(request, slug, "careers:guide")
    if slug != rows.guide.slug:
        return redirect(rows.guide, permanent=True)
    made = panels.guide_panels(request, rows.guide)
    extra = [(panel, panel.html(request)) for panel in made]
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    context = guidepage.context(rows, extra, address, request.GET)
    response = TemplateResponse(request, "careers/guide.html", context)
    versions = [Version.DATA, *(name for panel in made for name in panel.versions)]
    changes = (panel.fresh_until for panel in made if panel.fresh_until)
    return depends_on(response, versions, min(changes, default=None))


@require_safe
@shows_only_data
def guide_json(request: HttpRequest, slug: str) -> HttpResponse:
    rows = _rows_of(slug)
    if rows is None:
        return guide_elsewhere(request, slug, "careers:guide_json")
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    return JsonResponse(twins.guide(rows, address, panels.guide_fields(rows.guide)))


@require_safe
@shows_only_data
def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures, our words and the handbook's as plain text, each under its name."""
    rows = _rows_of(slug)
    if rows is None:
        return guide_elsewhere(request, slug, "careers:guide_markdown")
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    context = guidepage.context(rows, [], address)
    context["sections"] = [(part, _official_text(part)) for part in context["parts"]]
    return TemplateResponse(
        request, "careers/guide.md", context, content_type="text/markdown; charset=utf-8"
    )


@require_safe
@shows_only_data
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_guide(slug)
    if found is None:
        return guide_elsewhere(request, slug, "careers:cite")
    entry = catalogue(holding=found.pk).by_pk[found.pk]
    edition = entry.figures.edition if entry.figures else catalogue().edition
    address = request.build_absolute_uri(found.get_absolute_url())
    context = {
        "section": "careers",
        "guide": found,
        "cluster": entry.cluster,
        "works": citations.cited(found, edition, address),
    }
    return TemplateResponse(request, "careers/cite.html", context)


def _official_text(part: guidepage.Part) -> str:
    handbook = part.shapes.get("handbook")
    return as_markdown(handbook.html) if handbook else ""


def _rows_of(slug: str) -> GuideRows | None:
    found = find_guide(slug)
    return read_rows(found, catalogue(holding=found.pk)) if found else None


def guide_elsewhere(request: HttpRequest, slug: str, view: str) -> HttpResponse:
    """A former address redirects; an unknown one gets the nearest guides, or an error as JSON."""
    former = guide_once_called(slug)
    if former:
        return redirect(view, former.slug, permanent=True)
    near = index.guides(slug.replace("-", " "), NEAR_MATCHES)
    entries = catalogue().found(hit.guide_pk for hit in near)
    if view == "careers:guide_json":
        guides = [twins.short(entry) for entry in entries]
        return JsonResponse({"error": "no such guide", "near": guides}, status=404)
    context = {"section": "careers", "cards": [listing.card(entry) for entry in entries]}
    return TemplateResponse(request, "careers/guide_missing.html", context, status=404)
