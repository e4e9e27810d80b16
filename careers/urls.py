"""Addresses of careers: the name of each is the name of its view."""

app_name = "careers"
urlpatterns: list = []
