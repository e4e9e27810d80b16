"""All guides, chosen and ordered by what the address says; titles by their letter."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import listing, ranked, twins
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
    page = Paginator(entries, listing.PAGE_SIZE).get_page(request.GET.get("page"))
    in_place = request.htmx.target == "guide_results"
    return TemplateResponse(
        request,
        "careers/guide_list.html" + ("#guide_results" if in_place else ""),
        {
            "section": "careers",
            "in_place": in_place,  # the count is announced, since no page was loaded
            "total": len(entries),
            "heading": listing.heading(len(entries), form.facets, form.chosen),
            "cards": [listing.card(entry) for entry in page],
            "page": page,
            "page_links": listing.page_links(page, form.chosen, form.order),
            "filters": listing.filter_groups(form.facets, form.chosen, found),
            "applied": listing.applied_tags(held.current, form.facets, form.chosen, form.order),
            "sorts": SORT_CHOICES,
            "order": form.order,
            "unknown": form.unknown,
            "query": listing.query(form.chosen, form.order),
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
    disposition = {"Content-Disposition": 'attachment; filename="careers.csv"'}
    return HttpResponse(twins.guide_csv(entries), "text/csv; charset=utf-8", headers=disposition)


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
    if name not in ranked.BY_SLUG:
        raise Http404("There is no such list.")
    found = ranked.ranking(ranked.BY_SLUG[name], catalogue())
    context = {"section": "careers", "ranking": found, "others": ranked.RANKED_LISTS}
    return TemplateResponse(request, "careers/ranked_list.html", context)


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
