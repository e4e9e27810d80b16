"""Guides that an address names: side by side, or kept in a list."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import comparison, panels, picks
from careers import shortlist as kept
from careers.catalogue import catalogue
from careers.freshness import shows_only_data


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
    }
    return TemplateResponse(request, "careers/compare.html", context)


@require_safe
@shows_only_data
def shortlist(request: HttpRequest) -> HttpResponse:
    chosen = picks.pick(request.GET.getlist("g"), catalogue(), kept.MOST)
    keys = kept.program_keys(request.GET.getlist("p"))
    programs = panels.kept_programs(keys) if keys else []
    known = {str(hit.key) for hit in programs}
    context = {
        "section": "shortlist",
        "chosen": chosen,
        "most": kept.MOST,
        "shortlist": kept.shortlist(chosen.entries, programs),
        "unknown": [*chosen.unknown, *(key for key in keys if key not in known)],
    }
    return TemplateResponse(request, "careers/shortlist.html", context)
