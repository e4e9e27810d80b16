"""Addresses of the school finder: the name of each is the name of its view."""

from django.urls import path

from schoolfinder import inquiry_views, views

app_name = "schoolfinder"
urlpatterns = [
    path("schools/", views.finder, name="finder"),
    path("schools.csv", views.finder_csv, name="finder_csv"),
    path("schools/nearby/", views.nearby, name="nearby"),
    path("schools/compare/", views.compare, name="compare"),
    path("schools/suggest/interest.json", views.suggest, {"kind": "interest"}, "suggest_interest"),
    path("schools/suggest/school.json", views.suggest, {"kind": "school"}, "suggest_school"),
    path("schools/suggest/area.json", views.suggest, {"kind": "area"}, "suggest_area"),
    path("schools.json", views.finder_json, name="finder_json"),
    path("schools/get-info/", inquiry_views.get_info, name="get_info"),
    path("schools/get-info/sent/", inquiry_views.get_info_sent, name="get_info_sent"),
    path(
        "schools/get-info/confirm/<str:token>/",
        inquiry_views.get_info_confirm,
        name="get_info_confirm",
    ),
    path(
        "schools/get-info/receipt/<str:token>/",
        inquiry_views.get_info_receipt,
        name="get_info_receipt",
    ),
    path("schools/<int:unitid>/<slug:slug>/", views.school, name="school"),
]
