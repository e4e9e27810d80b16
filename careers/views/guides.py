"""A guide: the page, its twins, and what stands at an address that is none."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers import citable, citations, guidepage, listing, panels, shareimage, twins
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
    context = guidepage.context(rows, extra, address, _image_address(request, rows), request.GET)
    context |= guidepage.explained(context, rows)
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
    context = guidepage.context(rows, [], address, _image_address(request, rows))
    context["sections"] = [(part, _official_text(part)) for part in context["parts"]]
    return TemplateResponse(
        request, "careers/guide.md", context, content_type="text/markdown; charset=utf-8"
    )


@require_safe
@shows_only_data
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide, the handbook, and the figure that `figure` names; htmx gets the figure alone."""
    rows = _rows_of(slug)
    if rows is None:
        return guide_elsewhere(request, slug, "careers:cite")
    guide = rows.guide
    address = request.build_absolute_uri(guide.get_absolute_url())
    figures = citable.citable_figures(rows, request.GET)
    asked = [figure for figure in figures if figure.key == request.GET.get("figure")]
    cited = [citations.cited_figure(figure, guide, address) for figure in asked]
    context = {
        "section": "careers",
        "guide": guide,
        "cluster": rows.entry.cluster,
        "figure": cited[0] if cited else None,
        "works": [*cited, *citations.cited(guide, rows.edition, address)],
        "figures": figures,
        "canonical_url": request.build_absolute_uri(request.path),
    }
    is_fragment = cited and request.headers.get("HX-Target") == "cited_figure"
    template = "careers/cite.html#cited_figure" if is_fragment else "careers/cite.html"
    return TemplateResponse(request, template, context)


def _image_address(request: HttpRequest, rows: GuideRows) -> str:
    path = reverse("careers:guide_image", args=[rows.guide.slug])
    return request.build_absolute_uri(f"{path}?v={shareimage.card_of(rows.entry).version}")


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
