"""Small guards around every request; plain functions, in Django's factory form."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from config.views import bad_request

GetResponse = Callable[[HttpRequest], HttpResponse]

# Features of the browser that no page of ours uses.
PERMISSIONS = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in PERMISSIONS)


def refuse_odd_requests(get_response: GetResponse) -> GetResponse:
    """Answer TRACE with 405, and a NUL in path or query with 400: PostgreSQL stores none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return get_response(request)

    return middleware


def add_headers(get_response: GetResponse) -> GetResponse:
    """Headers that Django has no setting for, on every response."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # A fragment must never be served to the Back button in place of its page.
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response

    return middleware
