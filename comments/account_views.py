"""Sign-in, the one-time link, and a reader's own account."""

from typing import cast

from allauth.account.views import confirm_login_code
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import accounts, personal, presenters
from comments.avatars import avatar
from comments.feeds import replies_feed_url
from comments.forms import MailForm, NameForm, ReadableErrors, SignInForm
from comments.limits import TooOften
from comments.models import Picture, Reader, SignInLink


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    """The code's page is allauth's; a wrong code is answered as any wrong form is."""
    response = cast(HttpResponse, confirm_login_code(request))
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """One form for known and unknown addresses, with one answer."""
    next_url = accounts.safe_next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_url or reverse("comments:account"))
    if accounts.was_too_young(request):
        return too_young(request)
    form = SignInForm(request.POST or None, age_known=accounts.age_known(request))
    if request.method == "POST" and form.is_valid():
        if form.too_young:
            return too_young(request)
        try:
            return _send_code(request, form.cleaned_data["email"], next_url)
        except TooOften as limit:
            return _sign_in_page(request, form, next_url, limit)
    return _sign_in_page(request, form, next_url)


def too_young(request: HttpRequest) -> HttpResponse:
    """Nothing was stored, and nothing will be."""
    page = TemplateResponse(request, "account/too_young.html", status=403)
    return accounts.remember_too_young(page)


def _send_code(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    reader = Reader.objects.for_sign_in(email)
    url = accounts.start_sign_in(request, reader, next_url)
    return accounts.remember_age(HttpResponseRedirect(url))


def _sign_in_page(
    request: HttpRequest, form: SignInForm, next_url: str, limit: TooOften | None = None
) -> HttpResponse:
    status = 429 if limit else 422 if form.errors else 200
    context = {"form": form, "next": next_url, "limit": limit}
    page = TemplateResponse(request, "account/login.html", context, status=status)
    if limit:
        page.headers["Retry-After"] = str(limit.wait)
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: a preview that fetches the address does not spend it."""
    link = SignInLink.objects.find(token)
    if link is None or (request.method == "POST" and not link.use()):
        return TemplateResponse(request, "account/link_spent.html", status=410)
    if request.method != "POST":
        return TemplateResponse(request, "account/link.html", {"reader": link.reader})
    link.reader.confirm_email()
    next_url = reverse("admin:index") if link.reader.is_staff else reverse("comments:account")
    if request.user.is_authenticated and request.user != link.reader:
        logout(request)
    return accounts.finish_sign_in(request, link.reader, next_url)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Name, mail, own comments with their true state, export and erase."""
    reader = _reader(request)
    form = NameForm(request.POST or None, reader=reader)
    if request.method == "POST" and form.is_valid():
        personal.rename(reader, form.cleaned_data["name"])
        messages.success(request, "Your name is changed, also beside what you wrote before.")
        return HttpResponseRedirect(reverse("comments:account"))
    return account_page(request, form=form)


def account_page(request: HttpRequest, **forms: ReadableErrors) -> HttpResponse:
    """The page of the signed-in reader; 422 with a form that came back."""
    reader = _reader(request)
    context = {
        "form": NameForm(reader=reader),
        "mail_form": MailForm(reader=reader),
        "reader": reader,
        "avatar": avatar(reader.public_id, reader.shown_picture),
        "picture": Picture.objects.without_bytes().filter(reader=reader).first(),
        "own": presenters.own_comments(reader),
        "feed_url": replies_feed_url(reader),
    } | forms
    status = 422 if any(form.errors for form in forms.values()) else 200
    return TemplateResponse(request, "account/account.html", context, status=status)


@require_safe
@login_required
@never_cache
def account_data(request: HttpRequest) -> HttpResponse:
    """Everything kept about this reader, as a file."""
    reader = _reader(request)
    answer = JsonResponse(personal.export(reader), json_dumps_params={"indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="fieldguide-my-data.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def account_erase(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return TemplateResponse(request, "account/erase.html", {"reader": _reader(request)})
    reader = _reader(request)
    logout(request)
    personal.erase(reader)
    messages.success(request, "Your account and your words are erased.")
    return HttpResponseRedirect("/")


def _reader(request: HttpRequest) -> Reader:
    return cast(Reader, request.user)  # login_required
