"""Our own browsing taxonomy: Health careers › Health administration."""

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse


class Cluster(models.Model):
    slug = models.SlugField(max_length=40, unique=True)  # also names its colour in tokens.css
    title = models.CharField(max_length=60)  # "Health careers"
    summary = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:cluster", args=[self.slug])


class TopicQuerySet(models.QuerySet["Topic"]):
    def with_guide_counts(self) -> Self:
        return self.annotate(
            guide_count=Count("primary_guides", filter=Q(primary_guides__retired_at=None))
        )


class Topic(models.Model):
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="topics")
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["cluster__position", "position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:topic", args=[self.cluster.slug, self.slug])
