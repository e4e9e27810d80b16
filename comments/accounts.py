"""Signing in by code, and what a visitor wrote before doing so."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from careers.networks import network_of
from comments import limits
from comments.models import Comment, Reader, State
from comments.posting import confirm

AWAITING = "awaiting_comment"  # in the session: what to confirm, and under which name
AGE_COOKIE = "age"  # "ok" once a browser has answered; nothing about whom


def start_sign_in(request: HttpRequest, reader: Reader, next_url: str) -> str:
    """Send a code to the reader's address; returns where to enter it. Known or new: the same."""
    limits.count(limits.for_codes(reader.email, network_of(request)))
    LoginCodeVerificationProcess.initiate(request=request, user=reader, email=reader.email)
    return with_next(reverse("account_confirm_login_code"), next_url)


def finish_sign_in(request: HttpRequest, reader: Reader, next_url: str = "") -> HttpResponse:
    """Sign in somebody whose address is proven; a second factor is still asked for."""
    login = Login(user=reader, email=reader.email, redirect_url=next_url or None)
    return perform_login(request, login)


def safe_next(request: HttpRequest) -> str:
    """The page to return to, when it is one of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if ours else ""


def with_next(url: str, next_url: str) -> str:
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url


def remember_age(response: HttpResponse) -> HttpResponse:
    """Ask once a browser. The cookie says only that the answer was old enough."""
    _set_age_cookie(response, "ok", max_age=365 * 24 * 3600)
    return response


def remember_too_young(response: HttpResponse) -> HttpResponse:
    """Until the browser closes, so that going back does not ask for a better answer."""
    _set_age_cookie(response, "no", max_age=None)
    return response


def _set_age_cookie(response: HttpResponse, value: str, *, max_age: int | None) -> None:
    response.set_cookie(
        AGE_COOKIE,
        value,
        max_age=max_age,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def age_known(request: HttpRequest) -> bool:
    return request.COOKIES.get(AGE_COOKIE) == "ok"


def was_too_young(request: HttpRequest) -> bool:
    return request.COOKIES.get(AGE_COOKIE) == "no"


def remember_awaiting(request: HttpRequest, comment: Comment, name: str) -> None:
    """Only this browser can confirm the comment: knowing an address proves nothing."""
    request.session[AWAITING] = {"comment": comment.pk, "name": name}


def confirm_awaiting(request: HttpRequest, user: Reader, **kwargs: Any) -> None:
    """Receiver of user_logged_in: the address is proven, the comment goes on."""
    waiting = request.session.pop(AWAITING, None) if hasattr(request, "session") else None
    if not waiting:
        return
    comment = Comment.objects.filter(
        pk=waiting["comment"], author=user, state=State.AWAITING
    ).first()
    if comment is None:
        return
    if not user.display_name:
        user.display_name = waiting["name"]
        user.save(update_fields=["display_name"])
    messages.success(request, said_about(confirm(comment)))


def said_about(comment: Comment) -> str:
    """What the author is told after posting or editing. The true state, always."""
    if comment.is_published:
        return "Your comment is published."
    if comment.state == State.SPAM:
        return "Your comment was taken for spam. A moderator can still publish it."
    return (
        "Your comment is held for review. Most are read within a day; only you see it until then."
    )
