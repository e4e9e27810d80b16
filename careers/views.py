"""Pages of careers. Each is complete without JavaScript; htmx asks for the same fragment alone."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from careers import guidepage, listing, panels, twins, wording
from careers import search as index
from careers.catalogue import Catalogue, Entry, catalogue
from careers.filters import SORT_CHOICES, Selection, facets, ordered, select
from careers.forms import GuideFilterForm, SearchForm
from careers.guiderows import GuideRows, find_guide, guide_once_called, read_rows
from careers.models import Cluster, ImportRecord, JobTitle, Topic


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails  # set by the middleware


FOUND_GUIDES, FOUND_OTHERS = 12, 6
NEAR_MATCHES = 5


# / -----------------------------------------------------------------------------------------------


@require_safe
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


# /careers/ ---------------------------------------------------------------------------------------


@require_safe
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
            "json_url": reverse("careers:guide_list_json") + listing.query(form.chosen, form.order),
        },
    )


@require_safe
def guide_list_json(request: HttpRequest) -> HttpResponse:
    form, _, entries = _chosen_guides(request, catalogue())
    after = request.GET.get("after", "")
    return JsonResponse(twins.guide_list(entries, after, form.chosen, form.order))


def _chosen_guides(
    request: HttpRequest, held: Catalogue
) -> tuple[GuideFilterForm, Selection, list[Entry]]:
    """The form, what it selects with counts, and that in order."""
    form = GuideFilterForm(request.GET, facets(held))
    found = select(held.current, form.facets, form.chosen)
    return form, found, ordered(found.entries, form.order)


@require_safe
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


# /careers/in/ ------------------------------------------------------------------------------------


@require_safe
def cluster(request: HttpRequest, cluster_slug: str) -> HttpResponse:
    found = get_object_or_404(Cluster, slug=cluster_slug)
    held = catalogue()
    entries = held.in_cluster(found.slug)
    context = {
        "section": "careers",
        "cluster": found,
        "petals": listing.common_mark(entries),
        "total": len(entries),
        "topics": listing.topic_groups(held, found.slug),
    }
    return TemplateResponse(request, "careers/cluster.html", context)


@require_safe
def topic(request: HttpRequest, cluster_slug: str, topic_slug: str) -> HttpResponse:
    found = get_object_or_404(
        Topic.objects.select_related("cluster"), slug=topic_slug, cluster__slug=cluster_slug
    )
    held = catalogue()
    entries = held.in_topic(found.slug)
    context = {
        "section": "careers",
        "topic": found,
        "total": len(entries),
        "cards": [listing.card(entry) for entry in entries],
        "siblings": [other for other in held.topics if other.cluster_id == found.cluster_id],
    }
    return TemplateResponse(request, "careers/topic.html", context)


# /careers/<slug>/ --------------------------------------------------------------------------------


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    rows = _rows_of(slug)
    if rows is None:
        return _guide_elsewhere(request, slug, "careers:guide")
    if slug != rows.guide.slug:
        return redirect(rows.guide, permanent=True)
    made = panels.guide_panels(request, rows.guide)
    extra = [(panel, panel.html(request)) for panel in made]
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    return TemplateResponse(request, "careers/guide.html", guidepage.context(rows, extra, address))


@require_safe
def guide_json(request: HttpRequest, slug: str) -> HttpResponse:
    rows = _rows_of(slug)
    if rows is None:
        return _guide_elsewhere(request, slug, "careers:guide_json")
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    return JsonResponse(twins.guide(rows, address, panels.guide_fields(rows.guide)))


@require_safe
def guide_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Our words and the figures as plain text; the handbook's text stays on the page."""
    rows = _rows_of(slug)
    if rows is None:
        return _guide_elsewhere(request, slug, "careers:guide_markdown")
    address = request.build_absolute_uri(rows.guide.get_absolute_url())
    context = guidepage.context(rows, [], address)
    return TemplateResponse(
        request, "careers/guide.md", context, content_type="text/markdown; charset=utf-8"
    )


def _rows_of(slug: str) -> GuideRows | None:
    found = find_guide(slug)
    return read_rows(found, catalogue(holding=found.pk)) if found else None


def _guide_elsewhere(request: HttpRequest, slug: str, view: str) -> HttpResponse:
    """A former address redirects; an unknown one gets the nearest guides, or an error as JSON."""
    former = guide_once_called(slug)
    if former:
        return redirect(view, former.slug, permanent=True)
    near = index.guides(slug.replace("-", " "), NEAR_MATCHES)
    entries = _entries(near, catalogue())
    if view == "careers:guide_json":
        guides = [twins.short(entry) for entry in entries]
        return JsonResponse({"error": "no such guide", "near": guides}, status=404)
    context = {"section": "careers", "cards": [listing.card(entry) for entry in entries]}
    return TemplateResponse(request, "careers/guide_missing.html", context, status=404)


# /search/ ----------------------------------------------------------------------------------------


@require_safe
def search(request: HtmxRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    in_place = request.htmx.target == "search_results"
    template = "careers/search.html" + ("#search_results" if in_place else "")
    context = {
        "section": "search",
        "in_place": in_place,
        "query": query,
        "hits": listing.hits(index.guides(query, FOUND_GUIDES), catalogue()),
        "groups": panels.search_groups(query, FOUND_OTHERS) if query else [],
    }
    return TemplateResponse(request, template, context)


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    query = SearchForm(request.GET).query
    entries = _entries(index.guides(query, FOUND_GUIDES), catalogue())
    return JsonResponse(twins.search(query, entries, panels.search_groups(query, FOUND_OTHERS)))


def _entries(found: Iterable[index.Found], held: Catalogue) -> list[Entry]:
    """Index and catalogue are renewed apart: for a moment one may know more than the other."""
    return [held.by_pk[hit.guide_pk] for hit in found if hit.guide_pk in held.by_pk]


# /about/ -----------------------------------------------------------------------------------------


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    context = {
        "held": catalogue(),
        "records": listing.imports(ImportRecord.objects.order_by("source", "label")),
    }
    return TemplateResponse(request, "careers/about_data.html", context)


@require_safe
def about_privacy(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_privacy.html")


@require_safe
def about_accessibility(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_accessibility.html")


@require_safe
def about_terms(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "careers/about_terms.html")


# For machines ------------------------------------------------------------------------------------


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap_url": request.build_absolute_uri(reverse("careers:sitemap"))}
    return TemplateResponse(request, "careers/robots.txt", context, content_type="text/plain")
