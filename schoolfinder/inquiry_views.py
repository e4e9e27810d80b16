"""Get Info: the age, the form, the link in the mail, the receipt."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from careers.networks import network_of
from schoolfinder import inquiries, inquiry_pages
from schoolfinder.asking import Asking, read_asking
from schoolfinder.inquiry_forms import AgeForm, AgeGroup, GetInfoForm
from schoolfinder.letters import own_letter
from schoolfinder.limits import TooOften
from schoolfinder.links import Purpose, find, link
from schoolfinder.models import Inquiry
from schoolfinder.views import FinderRequest

AGE_COOKIE = "get-info-age"  # an AgeGroup, until the browser closes
# Sign-in leaves and reads the same word, so that one answer holds for the whole site.
TOO_YOUNG_COOKIE, TOO_YOUNG = "age", "no"

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """Kept by no cache, and no other site learns the address, which may hold a token."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(wrapped)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@sensitive_post_parameters()
def get_info(request: FinderRequest) -> HttpResponse:
    asking = read_asking(request.GET)
    if not asking.recipients:
        return _no_school(request, asking)
    age = _age_group(request)
    if age == AgeGroup.YOUNG:
        return _too_young(request)
    if age is None:
        return _ask_age(request)
    is_minor = age == AgeGroup.MINOR
    if request.method != "POST":
        return _form_page(request, GetInfoForm(asking=asking, is_minor=is_minor))
    if "preview" in request.POST:
        form = GetInfoForm.typed(request.POST, asking=asking, is_minor=is_minor)
        return _form_page(request, form)
    form = GetInfoForm(request.POST, asking=asking, is_minor=is_minor)
    return _take(request, form) if form.is_valid() else _form_page(request, form)


@require_safe
@private_page
def get_info_sent(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "schoolfinder/get_info_sent.html", {"section": "schools"})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def get_info_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: a mail program that looks at the link confirms nothing."""
    inquiry = find(token, Purpose.CONFIRM)
    if inquiry is None:
        return _gone(request)
    if request.method == "POST":
        inquiries.confirm(inquiry)
    if request.method == "POST" or inquiry.confirmed_at:
        return HttpResponseRedirect(link(inquiry, Purpose.RECEIPT))
    context = {
        "sheets": [inquiry_pages.sheet(letter) for letter in inquiries.letters(inquiry)],
        "receipt_url": link(inquiry, Purpose.RECEIPT),
        "section": "schools",
    }
    return TemplateResponse(request, "schoolfinder/get_info_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def get_info_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What went where; the button withdraws and erases."""
    inquiry = find(token, Purpose.RECEIPT)
    if inquiry is None:
        return _gone(request)
    if request.method == "POST":
        return _withdraw(request, inquiry)
    context = {"receipt": inquiry_pages.receipt(inquiry), "section": "schools"}
    return TemplateResponse(request, "schoolfinder/get_info_receipt.html", context)


def _withdraw(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    context = {"received": inquiry_pages.received(inquiry), "section": "schools"}
    inquiries.withdraw(inquiry)
    return TemplateResponse(request, "schoolfinder/get_info_withdrawn.html", context)


# The age ------------------------------------------------------------------------------------


def _age_group(request: HttpRequest) -> AgeGroup | None:
    if request.COOKIES.get(TOO_YOUNG_COOKIE) == TOO_YOUNG:
        return AgeGroup.YOUNG
    said = request.COOKIES.get(AGE_COOKIE)
    return next((group for group in AgeGroup if group.value == said), None)


def _ask_age(request: HttpRequest) -> HttpResponse:
    """The answer itself is not kept, only the group, and that in the browser."""
    form = AgeForm(request.POST if "age" in request.POST else None, auto_id="%s")
    if not form.is_valid():
        context = {"form": form, "section": "schools"}
        return TemplateResponse(
            request, "schoolfinder/get_info_age.html", context, status=_status(form)
        )
    if form.group == AgeGroup.YOUNG:
        response = _too_young(request)
        _set_cookie(response, TOO_YOUNG_COOKIE, TOO_YOUNG, path="/")
        return response
    response = HttpResponseRedirect(request.get_full_path())
    _set_cookie(response, AGE_COOKIE, form.group.value, path=reverse("schoolfinder:get_info"))
    return response


def _too_young(request: HttpRequest) -> HttpResponse:
    """Nothing was stored, and nothing will be."""
    context = {"section": "schools"}
    return TemplateResponse(
        request, "schoolfinder/get_info_too_young.html", context, status=HTTPStatus.FORBIDDEN
    )


def _set_cookie(response: HttpResponse, name: str, value: str, path: str) -> None:
    response.set_cookie(
        name,
        value,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


# The form -----------------------------------------------------------------------------------


def _take(request: FinderRequest, form: GetInfoForm) -> HttpResponse:
    """Store what goes to partners; write the letters for the others, and keep none of them."""
    to_partners = [one for one in form.chosen if one.is_partner]
    if to_partners and not form.is_trapped:
        try:
            inquiries.store(
                form.answers,
                to_partners,
                interest=form.asking.interest,
                key=form.key,
                is_minor=form.is_minor,
                network=network_of(request),
            )
        except TooOften as limit:
            return _form_page(request, form, limit)
    letters = [own_letter(form.answers, one.program) for one in form.chosen if not one.is_partner]
    if not letters:
        return HttpResponseRedirect(reverse("schoolfinder:get_info_sent"))
    context = {"letters": letters, "was_stored": bool(to_partners), "section": "schools"}
    return TemplateResponse(request, "schoolfinder/get_info_letters.html", context)


def _form_page(
    request: FinderRequest, form: GetInfoForm, limit: TooOften | None = None
) -> HttpResponse:
    template = "schoolfinder/get_info.html"
    if request.htmx.target == "preview":
        template += "#preview"
    context = inquiry_pages.form_context(form) | {"limit": limit, "section": "schools"}
    status = HTTPStatus.TOO_MANY_REQUESTS if limit else _status(form)
    response = TemplateResponse(request, template, context, status=status)
    if limit:
        response.headers["Retry-After"] = str(limit.wait)
    return response


def _no_school(request: HttpRequest, asking: Asking) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if asking.notes else HTTPStatus.OK
    context = {"notes": asking.notes, "section": "schools"}
    return TemplateResponse(request, "schoolfinder/get_info_no_school.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"section": "schools"}
    return TemplateResponse(
        request, "schoolfinder/get_info_gone.html", context, status=HTTPStatus.GONE
    )


def _status(form: AgeForm | GetInfoForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
