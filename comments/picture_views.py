"""A reader's own picture: its page in the account, and the picture itself."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from comments import pictures
from comments.avatars import avatar, picture_url
from comments.forms import PictureForm
from comments.models import Picture, Reader

AROUND_A_FILE = 64 * 1024  # bytes that a form sends besides the file itself
FOR_GOOD = "public, max-age=31536000, immutable"


@csrf_exempt  # looking for the token would read the whole body; the form below looks for it
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def own_picture(request: HttpRequest) -> HttpResponse:
    """Upload, replace or take away; what is far too large is refused unread."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > pictures.LARGEST_UPLOAD + AROUND_A_FILE:
        form = PictureForm(reader=cast(Reader, request.user))
        return _page(request, form, status=413)
    return _form(request)


@csrf_protect
def _form(request: HttpRequest) -> HttpResponse:
    reader = cast(Reader, request.user)
    if request.method != "POST":
        return _page(request, PictureForm(reader=reader))
    if "remove" in request.POST:
        return _remove(request, reader)
    form = PictureForm(request.POST, request.FILES, reader=reader)
    if not form.is_valid():
        page = _page(request, form, status=429 if form.limit else 422)
        if form.limit:
            page.headers["Retry-After"] = str(form.limit.wait)
        return page
    pictures.hold(reader, form.cleaned_data["picture"])
    messages.success(request, "Your picture is kept. A moderator looks at it before others see it.")
    return HttpResponseRedirect(reverse("comments:own_picture"))


def _remove(request: HttpRequest, reader: Reader) -> HttpResponse:
    picture = Picture.objects.filter(reader=reader).first()
    if picture and pictures.remove(picture):
        messages.success(request, "Your picture is gone; the flower is back.")
    return HttpResponseRedirect(reverse("comments:own_picture"))


def _page(request: HttpRequest, form: PictureForm, status: int = 200) -> HttpResponse:
    reader = cast(Reader, request.user)
    picture = Picture.objects.without_bytes().filter(reader=reader).first()
    context = {
        "form": form,
        "too_large": status == 413,
        "flower": avatar(reader.public_id),
        "picture": picture,
        "url": picture_url(reader.public_id, picture.digest) if picture else "",
    }
    return TemplateResponse(request, "account/picture.html", context, status=status)


@require_safe
def picture(request: HttpRequest, public_id: str, digest: str) -> HttpResponse:
    """The bytes; of a held picture only for its owner and moderators, and never kept."""
    one = get_object_or_404(
        Picture.objects.select_related("reader"), reader__public_id=public_id, digest=digest
    )
    answer = HttpResponse(bytes(one.content), content_type="image/webp")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if one.is_shown:
        answer.headers["Cache-Control"] = FOR_GOOD
        return answer
    if not _may_look(request.user, one):
        raise Http404("This picture is not public.")
    add_never_cache_headers(answer)
    return answer


def _may_look(user: Reader | AnonymousUser, one: Picture) -> bool:
    return isinstance(user, Reader) and (user == one.reader or user.may_moderate)
