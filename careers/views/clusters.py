"""Clusters and their topics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers import listing
from careers.catalogue import catalogue
from careers.freshness import shows_only_data
from careers.models import Cluster, Topic


@require_safe
@shows_only_data
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
@shows_only_data
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
