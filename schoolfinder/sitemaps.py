"""Schools for search engines: the finder and the page of each open school."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from schoolfinder.models import School


class FinderSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> list[str]:
        return ["schoolfinder:finder"]

    def location(self, item: str) -> str:
        return reverse(item)


class SchoolSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> QuerySet[School]:
        """Not a list: the index of the maps only counts."""
        return School.objects.open().only("unitid", "name", "city").order_by("unitid")
