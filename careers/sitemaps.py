"""Addresses for search engines; guides carry the date of their last change."""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.catalogue import Entry, catalogue
from careers.models import Cluster, Topic
from careers.ranked import RANKED_LISTS, RankedList


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
        lists = ["home", "guide_list", "a_to_z", "ranked_lists", "glossary"]
        about = ["about_data", "about_quality", "about_privacy", "about_accessibility"]
        return [*lists, *about, "about_terms"]

    def location(self, item: str) -> str:
        return reverse(f"careers:{item}")


class RankedListSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    def items(self) -> list[RankedList]:
        return list(RANKED_LISTS)

    def location(self, item: RankedList) -> str:
        return item.url


SITEMAPS = {
    "pages": PageSitemap,
    "ranked": RankedListSitemap,
    "browsing": BrowsingSitemap,
    "guides": GuideSitemap,
}
