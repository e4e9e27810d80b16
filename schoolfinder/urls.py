"""Addresses of the school finder: the name of each is the name of its view."""

from django.urls import path

from schoolfinder import views

app_name = "schoolfinder"
urlpatterns = [
    path("schools/", views.finder, name="finder"),
    path("schools.json", views.finder_json, name="finder_json"),
    path("schools/<int:unitid>/<slug:slug>/", views.school, name="school"),
]
