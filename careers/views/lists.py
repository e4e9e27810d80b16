"""All guides, chosen and ordered by what the address says; titles by their letter."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import listing, loosening, ranked, tables, twins
from careers.catalogue import Catalogue, Entry, catalogue
from careers.filters import SORT_CHOICES, Selection, facets, ordered, select
from careers.forms import GuideFilterForm
from careers.freshness import shows_only_data
from careers.models import JobTitle
from careers.views.htmx import HtmxRequest


@require_safe
@shows_only_data
def guide_list(request: HtmxRequest) -> HttpResponse:
    held = catalogue()
    form, found, entries = _chosen_guides(request, held)
    chosen, order, view = form.chosen, form.order, form.shape
    page = Paginator(entries, listing.PAGE_SIZES[view]).get_page(request.GET.get("page"))
    in_place = request.htmx.target == "guide_results"
    return TemplateResponse(
        request,
        "careers/guide_list.html" + ("#guide_results" if in_place else ""),
        {
            "section": "careers",
            "in_place": in_place,  # the count is announced, since no page was loaded
            "total": len(entries),
            "heading": listing.heading(len(entries), form.facets, chosen),
            "view": view,
            "views": listing.view_links(chosen, order, view),
            "cards": [listing.card(entry) for entry in page] if view == listing.CARDS else [],
            "table": tables.table(list(page), chosen, order) if view == listing.TABLE else None,
            "page": page,
            "page_links": listing.page_links(page, chosen, order, view),
            "filters": listing.filter_groups(form.facets, chosen, found),
            "applied": listing.applied_tags(held.current, form.facets, chosen, order, view),
            "ways_out": []
            if entries
            else loosening.ways_out(held.current, form.facets, chosen, order, view),
            "sorts": SORT_CHOICES,
            "order": order,
            "unknown": form.unknown,
            "query": listing.query(chosen, order),
        },
    )


@require_safe
@shows_only_data
def guide_list_json(request: HttpRequest) -> HttpResponse:
    form, _, entries = _chosen_guides(request, catalogue())
    after = request.GET.get("after", "")
    return JsonResponse(twins.guide_list(entries, after, form.chosen, form.order))


@require_safe
@shows_only_data
def guide_list_csv(request: HttpRequest) -> HttpResponse:
    """All of the list at once, a guide a line, with figures as in the JSON twin."""
    _, _, entries = _chosen_guides(request, catalogue())
    return csv_file("careers", twins.guide_csv(entries))


def _chosen_guides(
    request: HttpRequest, held: Catalogue
) -> tuple[GuideFilterForm, Selection, list[Entry]]:
    """The form, what it selects with counts, and that in order."""
    form = GuideFilterForm(request.GET, facets(held))
    found = select(held.current, form.facets, form.chosen)
    return form, found, ordered(found.entries, form.order)


@require_safe
@shows_only_data
def ranked_lists(request: HttpRequest) -> HttpResponse:
    context = {"section": "careers", "rankings": ranked.rankings(catalogue())}
    return TemplateResponse(request, "careers/ranked_lists.html", context)


@require_safe
@shows_only_data
def ranked_list(request: HttpRequest, name: str) -> HttpResponse:
    found = ranked.ranking(_ranked_list(name), catalogue())
    context = {"section": "careers", "ranking": found, "others": ranked.RANKED_LISTS}
    return TemplateResponse(request, "careers/ranked_list.html", context)


@require_safe
@shows_only_data
def ranked_list_csv(request: HttpRequest, name: str) -> HttpResponse:
    """All of it, also what the page leaves out."""
    found = ranked.ranking(_ranked_list(name), catalogue())
    return csv_file(name, twins.ranked_csv(found.entries))


def _ranked_list(name: str) -> ranked.RankedList:
    if name not in ranked.BY_SLUG:
        raise Http404("There is no such list.")
    return ranked.BY_SLUG[name]


@require_safe
@shows_only_data
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Titles of guides and the handbook's other job titles, a letter at a time."""
    letter = request.GET.get("letter", "A").upper()[:1]
    titles = JobTitle.objects.filter(source=JobTitle.Source.HANDBOOK, guide__retired_at=None)
    counts = titles.order_by().values_list("initial").annotate(Count("pk"))
    rows = titles.filter(initial=letter).values_list("title", "guide_id")
    held = catalogue()
    context = {
        "section": "a-z",
        "letter": letter,
        "letters": listing.letters(dict(counts), held, letter),
        "names": listing.names(rows, held, letter),
        "canonical_url": request.build_absolute_uri(f"?{urlencode({'letter': letter})}"),
    }
    return TemplateResponse(request, "careers/a_to_z.html", context)


@require_safe
@shows_only_data
def a_to_z_csv(request: HttpRequest) -> HttpResponse:
    """All titles, or those of one letter."""
    letter = request.GET.get("letter", "").upper()[:1]
    titles = JobTitle.objects.filter(source=JobTitle.Source.HANDBOOK, guide__retired_at=None)
    rows = titles.filter(initial=letter) if letter else titles
    names = listing.names(rows.values_list("title", "guide_id"), catalogue(), letter)
    return csv_file(
        f"job-titles-{letter}" if letter.isalpha() else "job-titles", twins.titles_csv(names)
    )


def csv_file(name: str, text: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(text, "text/csv; charset=utf-8", headers=disposition)
