"""Clusters, topics and where each guide goes: our own taxonomy, four tables in `fixtures/`.

A guide that no table names (a newer edition brought it) falls to its group's default topic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from careers.importers.files import BadFile, read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, sync
from careers.models import Cluster, Guide, OfficialGroup, Topic, Version


@dataclass(frozen=True)
class GuidePlace:
    """The primary topic of a guide, and those it is listed under besides."""

    guide: str
    topic: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Everything by slug, in page order; guides by profile number, which outlives their slug."""

    clusters: Mapping[str, tuple[str, str]]  # title, summary
    topics: Mapping[str, tuple[str, str]]  # cluster, title
    groups: Mapping[str, tuple[str, str]]  # title, default topic
    guides: Mapping[str, GuidePlace]


def import_taxonomy(folder: Path, report: Report = silent) -> Changes:
    """Groups that are not there yet are made; guides are not: run this after they are loaded."""
    taxonomy = read_taxonomy(folder)
    with transaction.atomic():
        changes = _write_topics(taxonomy) + _write_groups(taxonomy) + _sort_guides(taxonomy)
        changes += _drop_old_topics(taxonomy)
        if changes.any:
            Version.objects.bump(Version.DATA)
    report(f"Clusters and topics: {changes}")
    return changes


def read_taxonomy(folder: Path) -> Taxonomy:
    """Raises BadFile where a slug stands twice or names something that no table has."""
    clusters = _by_slug(folder / "clusters.csv", "cluster", "title", "summary")
    topics = _by_slug(folder / "topics.csv", "topic", "cluster", "title")
    _known(folder / "topics.csv", [cluster for cluster, _ in topics.values()], clusters)
    groups = _by_slug(folder / "group_topics.csv", "group", "title", "topic")
    _known(folder / "group_topics.csv", [topic for _, topic in groups.values()], topics)
    return Taxonomy(clusters, topics, groups, _guide_places(folder / "guide_topics.csv", topics))


def _by_slug(path: Path, slug: str, first: str, second: str) -> dict[str, tuple[str, str]]:
    rows: dict[str, tuple[str, str]] = {}
    for line, row in read_table(path, [slug, first, second]):
        if row[slug] in rows:
            raise BadFile(path, line, f"{row[slug]} stands here a second time")
        rows[row[slug]] = row[first], row[second]
    return rows


def _known(path: Path, named: list[str], known: Mapping[str, object]) -> None:
    """`named` holds one slug for each row after the header."""
    for line, slug in enumerate(named, start=2):
        if slug not in known:
            raise BadFile(path, line, f"nothing is called {slug}")


def _guide_places(path: Path, topics: Mapping[str, object]) -> dict[str, GuidePlace]:
    places: dict[str, GuidePlace] = {}
    for line, row in read_table(path, ["guide", "profile", "topic", "more_topics"]):
        place = GuidePlace(row["guide"], row["topic"], tuple(row["more_topics"].split()))
        if row["profile"] in places:
            raise BadFile(path, line, f"profile {row['profile']} stands here a second time")
        for topic in (place.topic, *place.more):
            if topic not in topics:
                raise BadFile(path, line, f"no topic is called {topic}")
        if place.topic in place.more or len(set(place.more)) != len(place.more):
            raise BadFile(path, line, f"{place.guide} is put into one topic twice")
        places[row["profile"]] = place
    return places


def _write_topics(taxonomy: Taxonomy) -> Changes:
    clusters = [
        Cluster(slug=slug, title=title, summary=summary, position=position)
        for position, (slug, (title, summary)) in enumerate(taxonomy.clusters.items(), start=1)
    ]
    fields = ["title", "summary", "position"]
    changes = sync(Cluster.objects.all(), clusters, key=["slug"], fields=fields, gone="keep")
    ids = _ids(Cluster.objects.all())
    topics = [
        Topic(slug=slug, cluster_id=ids[cluster], title=title, position=position)
        for position, (slug, (cluster, title)) in enumerate(taxonomy.topics.items(), start=1)
    ]
    fields = ["cluster_id", "title", "position"]
    return changes + sync(Topic.objects.all(), topics, key=["slug"], fields=fields, gone="keep")


def _write_groups(taxonomy: Taxonomy) -> Changes:
    topic_ids = _ids(Topic.objects.all())
    groups = [
        OfficialGroup(slug=slug, title=title, default_topic_id=topic_ids[topic])
        for slug, (title, topic) in taxonomy.groups.items()
    ]
    fields = ["title", "default_topic_id"]
    return sync(OfficialGroup.objects.all(), groups, key=["slug"], fields=fields, gone="keep")


def _sort_guides(taxonomy: Taxonomy) -> Changes:
    topic_ids = _ids(Topic.objects.all())
    moved, same = [], 0
    listings = Guide.topics.through
    listed = []
    for guide in Guide.objects.select_related("group"):
        place = taxonomy.guides.get(guide.profile)
        topic = topic_ids[place.topic] if place else guide.group.default_topic_id
        listed += [
            listings(guide_id=guide.pk, topic_id=topic_ids[slug])
            for slug in (place.more if place else ())
        ]
        if guide.topic_id == topic:
            same += 1
        else:
            guide.topic_id = topic
            moved.append(guide)
    Guide.objects.bulk_update(moved, ["topic"], batch_size=500)
    changes = Changes(changed=len(moved), same=same)
    key = ["guide_id", "topic_id"]
    return changes + sync(listings._default_manager.all(), listed, key=key, fields=[])


def _drop_old_topics(taxonomy: Taxonomy) -> Changes:
    """No guide is in them any more; a group that no table names may still point there."""
    old = Topic.objects.exclude(slug__in=taxonomy.topics)
    clusters = Cluster.objects.exclude(slug__in=taxonomy.clusters)
    gone = old.count() + clusters.count()
    if gone:
        Guide.objects.filter(topic__in=old).update(topic=None)
        old.delete()
        clusters.delete()
    return Changes(gone=gone)


def _ids(rows: models.QuerySet[Cluster] | models.QuerySet[Topic]) -> dict[str, int]:
    return dict(rows.values_list("slug", "pk"))
