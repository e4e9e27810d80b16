"""Every address of the site, by app; each app keeps its own list."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import views

urlpatterns = [
    path("", include("careers.urls")),
    path("", include("comments.urls")),
    path("", include("schoolfinder.urls")),
    path("accounts/", include("comments.account_urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
