"""What every template may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": request.build_absolute_uri(request.path),
        "site_image_url": request.build_absolute_uri(reverse("careers:site_image")),
    }
