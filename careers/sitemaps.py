"""Addresses for search engines; guides carry the date of their last change."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from careers.catalogue import Catalogue, Entry, catalogue
from careers.models import Cluster, Topic
from careers.ranked import RANKED_LISTS, RankedList


def newest_change(entries: Iterable[Entry]) -> date | None:
    return max((e.guide.last_changed for e in entries if e.guide.last_changed), default=None)


class HeldSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    """Of what the catalogue holds, read once: Django makes a sitemap for each request."""

    @cached_property
    def held(self) -> Catalogue:
        return catalogue()

    def get_latest_lastmod(self) -> date | None:  # type: ignore[override]  # a day will do
        """Django's own gives up when one guide has no date."""
        return newest_change(self.held.current)


class GuideSitemap(HeldSitemap):
    def items(self) -> list[Entry]:
        return list(self.held.current)

    def location(self, item: Entry) -> str:
        return item.guide.get_absolute_url()

    def lastmod(self, item: Entry) -> date | None:
        return item.guide.last_changed


class BrowsingSitemap(HeldSitemap):
    def items(self) -> list[Cluster | Topic]:
        return [*self.held.clusters, *self.held.topics]

    def lastmod(self, item: Cluster | Topic) -> date | None:
        in_topic = isinstance(item, Topic)
        find = self.held.in_topic if in_topic else self.held.in_cluster
        return newest_change(find(item.slug))


class RankedListSitemap(HeldSitemap):
    def items(self) -> list[RankedList]:
        return list(RANKED_LISTS)

    def location(self, item: RankedList) -> str:
        return item.url

    def lastmod(self, item: RankedList) -> date | None:
        return newest_change(self.held.current)


class PageSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable when run
    """Pages of ours that follow no edition, so have no date."""

    def items(self) -> list[str]:
        lists = ["home", "guide_list", "a_to_z", "ranked_lists", "glossary"]
        about = ["about_data", "about_quality", "about_privacy", "about_accessibility"]
        return [*lists, *about, "about_terms"]

    def location(self, item: str) -> str:
        return reverse(f"careers:{item}")


SITEMAPS = {
    "pages": PageSitemap,
    "ranked": RankedListSitemap,
    "browsing": BrowsingSitemap,
    "guides": GuideSitemap,
}
