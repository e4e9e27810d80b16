"""Guides that an address names: side by side, or kept in a list."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import comparison, panels, picks, twins
from careers import shortlist as kept
from careers.catalogue import catalogue
from careers.freshness import shows_only_data
from careers.views.lists import csv_file


@require_safe
@shows_only_data
def compare(request: HttpRequest) -> HttpResponse:
    held = catalogue()
    chosen = picks.pick(request.GET.getlist("g"), held, comparison.MOST)
    entries = chosen.entries
    context = {
        "section": "careers",
        "chosen": chosen,
        "most": comparison.MOST,
        "columns": comparison.columns(entries),
        "rows": comparison.rows(entries) if entries else [],
        "offers": comparison.offers(entries, held),
        "shortlist_url": picks.address("careers:shortlist", entries),
        "csv_url": picks.address("careers:compare_csv", entries),
    }
    return TemplateResponse(request, "careers/compare.html", context)


@require_safe
@shows_only_data
def compare_csv(request: HttpRequest) -> HttpResponse:
    """A line a guide, as in the list of all."""
    chosen = picks.pick(request.GET.getlist("g"), catalogue(), comparison.MOST)
    return csv_file("compared", twins.guide_csv(chosen.entries))


@require_safe
@shows_only_data
def shortlist(request: HttpRequest) -> HttpResponse:
    chosen, programs, unknown = _kept(request)
    context = {
        "section": "shortlist",
        "chosen": chosen,
        "most": kept.MOST,
        "shortlist": kept.shortlist(chosen.entries, programs),
        "unknown": unknown,
    }
    return TemplateResponse(request, "careers/shortlist.html", context)


@require_safe
@shows_only_data
def shortlist_csv(request: HttpRequest) -> HttpResponse:
    chosen, programs, _ = _kept(request)
    return csv_file("shortlist", twins.shortlist_csv(chosen.entries, programs))


def _kept(request: HttpRequest) -> tuple[picks.Picks, list[panels.Hit], list[str]]:
    """Guides, programs, and names that nobody knows."""
    chosen = picks.pick(request.GET.getlist("g"), catalogue(), kept.MOST)
    keys = kept.program_keys(request.GET.getlist("p"))
    programs = panels.kept_programs(keys) if keys else []
    known = {str(hit.key) for hit in programs}
    return chosen, programs, [*chosen.unknown, *(key for key in keys if key not in known)]
