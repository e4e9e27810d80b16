"""Everything a reader can do in a thread: write, reply, edit, take back, report."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from careers.models import Guide
from careers.networks import network_of
from comments import accounts, personal, posting, presenters, reporting
from comments.account_views import too_young
from comments.forms import AppealForm, CommentForm, ReportForm
from comments.limits import TooOften
from comments.models import Comment, HelpfulVote, Reader, Suspension, Thread
from comments.models.threads import OnPage
from comments.pages import NEWEST, page_url
from comments.views import HtmxRequest, find_comment, find_guide, find_own


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HtmxRequest, slug: str) -> HttpResponse:
    return _write(request, find_guide(slug))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reply(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    """A parent of another guide, or gone meanwhile, is the form's to refuse: the text is kept."""
    parents = Comment.objects.select_related("author", "guide")
    return _write(request, find_guide(slug), parent=get_object_or_404(parents, public_id=public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    return _write(request, find_guide(slug), editing=find_own(request, slug, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def withdraw(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    """Take back an own comment; its replies stay."""
    own = find_own(request, slug, public_id)
    if request.method == "POST":
        if posting.withdraw(own):
            messages.success(request, "Your comment is taken back.")
        return HttpResponseRedirect(page_url(own.guide, NEWEST))
    context = {"guide": own.guide, "comment": own, "rows": _alone(own, request)}
    return TemplateResponse(request, "comments/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def report(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    reported = find_comment(slug, public_id)
    if not reported.is_published or reported.author == request.user:
        raise Http404("Nothing stands here to report.")
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {
        "guide": reported.guide,
        "comment": reported,
        "form": form,
        "rows": _alone(reported, request),
    }
    if not form.is_valid():
        return _form_page(request, "comments/report.html", context)
    try:
        reporting.report(reported, _reader(request), **form.cleaned_data)
    except TooOften as limit:
        return _form_page(request, "comments/report.html", context, limit)
    messages.success(request, "Thank you. A moderator will look at this comment.")
    return HttpResponseRedirect(reported.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def helpful(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    """Say that another's comment helped, or take that back."""
    one = find_comment(slug, public_id)
    if not one.is_published or one.author == request.user:
        raise Http404("Nothing stands here to vote for.")
    if request.method == "POST":
        posting.vote(one, _reader(request), helps=request.POST.get("helps") != "no")
        if not request.htmx:
            return HttpResponseRedirect(f"{one.get_absolute_url()}#c-{public_id}")
        one.refresh_from_db(fields=["helpful"])
    rows = _alone(one, request, voted=HelpfulVote.objects.by(request.user, [one]))
    template = "comments/vote.html" if request.htmx else "comments/helpful.html"
    return TemplateResponse(request, template, {"row": rows[0], "rows": rows, "comment": one})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def appeal(request: HtmxRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask for another look at an own comment, once."""
    own = find_own(request, slug, public_id)
    if not posting.may_appeal(own):
        raise Http404("Nothing is left to ask for here.")
    form = AppealForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"guide": own.guide, "form": form, "rows": _alone(own, request)}
        return _form_page(request, "comments/appeal.html", context)
    if posting.appeal(own, form.cleaned_data["text"]):
        messages.success(request, "A moderator will look again. The answer stands on this page.")
    return HttpResponseRedirect(reverse("comments:account"))


def _write(
    request: HtmxRequest,
    guide: Guide,
    *,
    parent: Comment | None = None,
    editing: Comment | None = None,
) -> HttpResponse:
    """The form of a new comment, a reply or an edit: show it, preview it, store it."""
    if accounts.was_too_young(request) and not request.user.is_authenticated:
        return too_young(request)
    form = _form(request, guide, parent=parent, editing=editing)
    context = {"guide": guide, "form": form, "parent": parent, "editing": editing}
    context["rows"] = _alone(parent, request) if parent and parent.listed else []
    if "preview" in request.POST:
        return _form_page(request, "comments/write.html", context | {"preview": form.preview()})
    if not form.is_valid():
        return _form_page(request, "comments/write.html", context)
    if form.too_young:
        return too_young(request)
    try:
        return _store(request, form)
    except TooOften as limit:
        return _form_page(request, "comments/write.html", context, limit)
    except posting.TooLate:
        form.add_error(None, "The 15 minutes for editing are over. Your text is kept below.")
        return _form_page(request, "comments/write.html", context)
    except OperationalError:
        # Too many write at once, and nothing was stored; the same form still stores once.
        form.add_error(None, "Nothing could be stored just now. Your text is kept: send it again.")
        page = _form_page(request, "comments/write.html", context)
        page.status_code = 503
        page.headers["Retry-After"] = "5"
        return page


def _form(
    request: HtmxRequest, guide: Guide, *, parent: Comment | None, editing: Comment | None
) -> CommentForm:
    return CommentForm(
        request.POST if request.method == "POST" else None,
        reader=request.user if isinstance(request.user, Reader) else AnonymousUser(),
        guide=guide,
        parent=parent,
        editing=editing,
        age_known=accounts.age_known(request),
    )


def _store(request: HtmxRequest, form: CommentForm) -> HttpResponse:
    if not isinstance(form.reader, Reader):
        return _store_unconfirmed(request, form)
    if form.editing:
        return _written(request, posting.edit(form.editing, form.draft()), form)
    if name := form.cleaned_data.get("name"):
        personal.rename(form.reader, name)
    stored = posting.post(form.guide, form.reader, form.draft(), network_of(request))
    return _written(request, stored, form)


def _store_unconfirmed(request: HtmxRequest, form: CommentForm) -> HttpResponse:
    """Keep what a visitor wrote, and ask for the code that proves the address."""
    author = Reader.objects.for_sign_in(form.cleaned_data["email"])
    stored = posting.post_unconfirmed(form.guide, author, form.draft(), network_of(request))
    accounts.remember_awaiting(request, stored, form.cleaned_data["name"])
    url = accounts.start_sign_in(request, author, stored.get_absolute_url())
    answer = HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
    return accounts.remember_age(answer)


def _written(request: HtmxRequest, stored: Comment, form: CommentForm) -> HttpResponse:
    """The comment in place for htmx; else its own page. Both say where it stands."""
    said = accounts.said_about(stored)
    if not request.htmx:
        messages.success(request, said)
        return HttpResponseRedirect(stored.get_absolute_url())
    published = Thread.objects.of(stored.guide).published
    context = {
        "said": said,
        "rows": _alone(stored, request),
        "count": presenters.comment_count(published),
    }
    return TemplateResponse(request, "comments/write.html#posted", context)


def _form_page(
    request: HtmxRequest, template: str, context: dict[str, Any], limit: TooOften | None = None
) -> HttpResponse:
    """The form as typed: 422 when something is wrong with it, 429 when it came too early."""
    wrong = request.method == "POST" and context["form"].errors and "preview" not in context
    status = 429 if limit else 422 if wrong else 200
    if request.htmx and template == "comments/write.html":
        template += "#write"
    page = TemplateResponse(request, template, context | {"limit": limit}, status=status)
    if limit:
        page.headers["Retry-After"] = str(limit.wait)
    return page


def _alone(
    comment: Comment, request: HtmxRequest, voted: Set[int] = frozenset()
) -> list[presenters.Row]:
    """One comment as a page of its own shows it."""
    return presenters.rows(
        [OnPage.of(comment)], request.user, top=comment.depth, link_to_rest=False, voted=voted
    )


def _reader(request: HtmxRequest) -> Reader:
    """Who acts; whoever is suspended neither votes nor reports."""
    reader = cast(Reader, request.user)  # login_required
    if Suspension.objects.of(reader):
        raise PermissionDenied("You cannot take part at present.")
    return reader
