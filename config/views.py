"""Pages that belong to no app: health, and the pages for errors."""

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(
            loader.render_to_string("413.html", {"site_name": "Fieldguide"}), status=413
        )
    return HttpResponse(
        loader.render_to_string("400.html", {"site_name": "Fieldguide"}), status=400
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return TemplateResponse(request, "404.html", {"missing_path": request.path}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return TemplateResponse(request, "403.html", {}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that expired keeps what was typed: show it so that it can be copied."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if "token" not in name and "password" not in name
        for value in values
        if len(value) > 20
    ]
    return TemplateResponse(request, "403_csrf.html", {"typed": typed}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """No queries and no context processors: the database may be the reason."""
    return HttpResponseServerError(loader.render_to_string("500.html", {"site_name": "Fieldguide"}))
