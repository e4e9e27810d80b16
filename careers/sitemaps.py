"""Addresses for search engines; guides carry the date of their last change."""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.catalogue import Entry, catalogue
from careers.models import Cluster, Topic


class GuideSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> list[Entry]:
        return list(catalogue().current)

    def location(self, item: Entry) -> str:
        return item.guide.get_absolute_url()

    def lastmod(self, item: Entry) -> date | None:
        return item.guide.last_changed


class BrowsingSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> list[Cluster | Topic]:
        held = catalogue()
        return [*held.clusters, *held.topics]


class PageSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> list[str]:
        pages = ["home", "guide_list", "a_to_z", "about_data", "about_privacy"]
        return [*pages, "about_accessibility", "about_terms"]

    def location(self, item: str) -> str:
        return reverse(f"careers:{item}")


SITEMAPS = {"pages": PageSitemap, "browsing": BrowsingSitemap, "guides": GuideSitemap}
