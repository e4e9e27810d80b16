"""Addresses of careers: the name of each is the name of its view."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from careers.sitemaps import SITEMAPS
from careers.views import about, clusters, compare, corrections, guides, home, lists, search
from careers.views.shareimages import guide_image, site_image

app_name = "careers"
SITEMAP_INDEX = {"sitemaps": SITEMAPS, "sitemap_url_name": "careers:sitemaps"}
urlpatterns = [
    path("", home.home, name="home"),
    path("careers/", lists.guide_list, name="guide_list"),
    path("careers.json", lists.guide_list_json, name="guide_list_json"),
    path("careers/a-z/", lists.a_to_z, name="a_to_z"),
    path("careers/a-z.csv", lists.a_to_z_csv, name="a_to_z_csv"),
    path("careers.csv", lists.guide_list_csv, name="guide_list_csv"),
    path("careers/lists/", lists.ranked_lists, name="ranked_lists"),
    path("careers/lists/<slug:name>/", lists.ranked_list, name="ranked_list"),
    path("careers/lists/<slug:name>.csv", lists.ranked_list_csv, name="ranked_list_csv"),
    path("careers/glossary/", about.glossary, name="glossary"),
    path("careers/compare/", compare.compare, name="compare"),
    path("careers/compare.csv", compare.compare_csv, name="compare_csv"),
    path("careers/in/<slug:cluster_slug>/", clusters.cluster, name="cluster"),
    path("careers/in/<slug:cluster_slug>/<slug:topic_slug>/", clusters.topic, name="topic"),
    path("careers/<slug:slug>/", guides.guide, name="guide"),
    path("careers/<slug:slug>.json", guides.guide_json, name="guide_json"),
    path("careers/<slug:slug>.md", guides.guide_markdown, name="guide_markdown"),
    path("careers/<slug:slug>/cite/", guides.cite, name="cite"),
    path("careers/<slug:slug>/share.png", guide_image, name="guide_image"),
    path("share.png", site_image, name="site_image"),
    path("careers/<slug:slug>/correction/", corrections.correction, name="correction"),
    path("shortlist/", compare.shortlist, name="shortlist"),
    path("shortlist.csv", compare.shortlist_csv, name="shortlist_csv"),
    path("search/", search.search, name="search"),
    path("search/suggest.json", search.search_suggest, name="search_suggest"),
    path("search.json", search.search_json, name="search_json"),
    path("about/data/", about.about_data, name="about_data"),
    path("about/quality/", about.about_quality, name="about_quality"),
    path("about/privacy/", about.about_privacy, name="about_privacy"),
    path("about/accessibility/", about.about_accessibility, name="about_accessibility"),
    path("about/terms/", about.about_terms, name="about_terms"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", require_safe(index), SITEMAP_INDEX, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemaps"
    ),
]
