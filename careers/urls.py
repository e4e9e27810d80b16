"""Addresses of careers: the name of each is the name of its view."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from careers import views
from careers.sitemaps import SITEMAPS

app_name = "careers"
urlpatterns = [
    path("", views.home, name="home"),
    path("careers/", views.guide_list, name="guide_list"),
    path("careers.json", views.guide_list_json, name="guide_list_json"),
    path("careers/a-z/", views.a_to_z, name="a_to_z"),
    path("careers/in/<slug:cluster_slug>/", views.cluster, name="cluster"),
    path("careers/in/<slug:cluster_slug>/<slug:topic_slug>/", views.topic, name="topic"),
    path("careers/<slug:slug>/", views.guide, name="guide"),
    path("careers/<slug:slug>.json", views.guide_json, name="guide_json"),
    path("careers/<slug:slug>.md", views.guide_markdown, name="guide_markdown"),
    path("search/", views.search, name="search"),
    path("search.json", views.search_json, name="search_json"),
    path("about/data/", views.about_data, name="about_data"),
    path("about/privacy/", views.about_privacy, name="about_privacy"),
    path("about/accessibility/", views.about_accessibility, name="about_accessibility"),
    path("about/terms/", views.about_terms, name="about_terms"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]
