"""Following a thread or replies by mail, and the ways out of it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from careers.models import Guide
from comments import following
from comments.account_views import account_page
from comments.forms import FollowForm, MailForm
from comments.models import Comment, Follow, Reader
from comments.views import find_guide, find_own


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def follow_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """A visitor signs in first: the mailed code proves the mailbox, the button says yes."""
    return _follow(request, find_guide(slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def follow_replies(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    own = find_own(request, slug, public_id)
    return _follow(request, own.guide, own)


@require_POST
@login_required
@never_cache
def mail_choices(request: HttpRequest) -> HttpResponse:
    """Everything on the account page that is about mail, in one form."""
    reader = cast(Reader, request.user)  # login_required
    form = MailForm(request.POST, reader=reader)
    if not form.is_valid():
        return account_page(request, mail_form=form)
    form.save()
    messages.success(request, "Your choices about mail are kept.")
    return HttpResponseRedirect(f"{reverse('comments:account')}#mail")


@csrf_exempt  # RFC 8058: a mailbox posts here for its owner; the signed address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what would stop: programs open links. POST stops it, signed in or not."""
    try:
        stop = following.Stop(token)
    except BadSignature:
        return TemplateResponse(request, "comments/stop_unknown.html", status=404)
    except Reader.DoesNotExist:
        return TemplateResponse(request, "comments/stopped.html")
    if request.method == "POST":
        stop.carry_out()
        return TemplateResponse(request, "comments/stopped.html")
    what = [following.in_words(one) for one in stop.follows]
    if stop.mentions:
        what.append("comments that mention you")
    return TemplateResponse(request, "comments/stop.html", {"what": what})


def _follow(request: HttpRequest, guide: Guide, comment: Comment | None) -> HttpResponse:
    reader = cast(Reader, request.user)  # login_required
    found = Follow.objects.filter(reader=reader, guide=guide, comment=comment).first()
    back = comment.get_absolute_url() if comment else reverse("comments:thread", args=[guide.slug])
    context: dict[str, Any] = {"guide": guide, "comment": comment, "found": found, "back": back}
    if request.method == "POST" and "stop" in request.POST:
        following.follow(reader, guide.pk, comment, "")
        messages.success(request, "You get no more mail about this.")
        return HttpResponseRedirect(back)
    data = request.POST if request.method == "POST" else None
    form = FollowForm(data, initial={"pace": found.pace if found else None})
    if not form.is_valid():
        return _form_page(request, context | {"form": form})
    try:
        following.follow(reader, guide.pk, comment, form.cleaned_data["pace"])
    except following.TooMany:
        form.add_error(None, "You follow 200 things already. Stop some on your account page first.")
        return _form_page(request, context | {"form": form})
    messages.success(request, "You hear by mail when something new is here.")
    return HttpResponseRedirect(back)


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return TemplateResponse(request, "comments/follow.html", context, status=status)
