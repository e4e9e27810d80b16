"""The moderators' desk: a queue in which every decision goes through moderation.move()."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from comments import moderation, queue
from comments.models import (
    Block,
    Comment,
    Mail,
    ModerationAction,
    Reader,
    Reason,
    Report,
    State,
    Suspension,
    Thread,
)
from comments.models.threads import CommentQuerySet
from comments.moderation import Decision, Outcome


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at. Rows come and go by what people do on the site."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DecisionForm(ActionForm):
    """Stands beside the bulk actions; a single comment's buttons read it too."""

    reason = forms.ChoiceField(choices=Reason, required=False)
    public_note = forms.CharField(max_length=300, required=False, label="Note to the author")
    private_note = forms.CharField(max_length=300, required=False, label="Note to moderators")


class WaitingFilter(admin.SimpleListFilter):
    """What to look at; without a choice, what waits for a decision."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All comments"), ("reported", "Reported"), ("spam", "Spam")]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value()
        yield {
            "selected": chosen is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Waiting",
        }
        for value, title in self.lookup_choices:
            yield {
                "selected": chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    def queryset(self, request: HttpRequest, comments: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.value() == "reported":
            return comments.filter(open_reports__gt=0)
        if self.value() == "spam":
            return comments.filter(state=State.SPAM)
        if self.value() == "all" or request.GET.get("q") or request.GET.get("state__exact"):
            return comments
        return cast(CommentQuerySet, comments).waiting()


class QueueList(ChangeList):
    rows: list[queue.QueueRow]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.rows = queue.rows(list(self.result_list))


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    change_list_template = "admin/comments/comment/change_list.html"
    change_form_template = "admin/comments/comment/change_form.html"
    list_display = ("public_id", "state")
    list_filter = (WaitingFilter, "state")
    list_per_page = 25
    search_fields = ("public_id", "source", "author__display_name", "guide__title")
    search_help_text = "Words, a name, a guide, or the address of a comment"
    ordering = ("-open_reports", "created")
    actions = ("publish", "mark_spam", "remove", "leave")
    action_form = DecisionForm
    fields = readonly_fields = (
        "public_id", "guide", "author", "parent", "role", "section", "source", "state",
        "created", "edited_at", "reply_count", "open_reports", "network",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = super().get_queryset(request).exclude(state=State.ERASED)
        return comments.select_related("guide", "author", "parent__author", "appeal")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        if found := re.search(r"/comments/([0-9a-z]{10})/", search_term):
            return queryset.filter(public_id=found[1]), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QueueList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        """A published comment that was reported is kept, which answers its reports."""
        kept = [comment for comment in comments if comment.is_published and comment.open_reports]
        if kept:
            self.keep(request, kept, "kept; the reports are answered")
        others = [comment for comment in comments if comment not in kept]
        self.act(request, others, State.PUBLISHED, "published")

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.act(request, list(comments), State.SPAM, "marked as spam")

    @admin.action(description="Remove", permissions=["change"])
    def remove(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.act(request, list(comments), State.REMOVED, "removed")

    @admin.action(description="Leave as it is", permissions=["change"])
    def leave(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        """The answer to an appeal or to reports that changes nothing."""
        self.keep(request, list(comments), "left; what was asked is answered")

    def keep(self, request: HttpRequest, comments: list[Comment], done: str) -> None:
        picked = [(comment, _seen(request, comment)) for comment in comments]
        _tell(request, moderation.keep_all(picked, _decision(request)), done)

    def act(self, request: HttpRequest, comments: list[Comment], to: State, done: str) -> None:
        """One batch; what somebody else decided meanwhile is left to their decision."""
        if not comments:
            return
        picked = [(comment, _seen(request, comment)) for comment in comments]
        outcome = moderation.move_all(picked, to, _decision(request))
        _tell(request, outcome, done)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue; a button of one comment acts on that one alone."""
        if request.method == "POST" and "one" in request.POST:
            return self.act_on_one(request)
        context = {"last_batch": queue.last_batch(request.user), "title": queue.title()}
        return super().changelist_view(request, context | (extra_context or {}))

    def act_on_one(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        act, _, number = request.POST["one"].partition(":")
        one = self.get_queryset(request).filter(pk=int(number) if number.isdigit() else 0)
        if act in self.actions:
            getattr(self, act)(request, one)
        return HttpResponseRedirect(request.get_full_path())

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        ban = self.admin_site.admin_view(self.ban_view)
        own = [
            path("undo/<uuid:batch>/", undo, name="comments_comment_undo"),
            path("ban/<slug:public_id>/", ban, name="comments_comment_ban"),
        ]
        return [*own, *super().get_urls()]

    def ban_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """How much would go, first; then all of it as one batch."""
        author = get_object_or_404(Reader, public_id=public_id, is_staff=False)
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            _tell(request, moderation.ban(author, _decision(request)), "marked as spam")
            messages.success(request, f"{author} cannot write any more.")
            return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": f"Spam: everything by {author}",
            "author": author,
            "goes": queue.what_a_ban_takes(author),
            "form": DecisionForm(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/comments/comment/ban.html", context)

    def undo_view(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        _tell(request, moderation.undo(batch, _moderator(request)), "taken back to where it stood")
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The full record of one comment; decisions are made in the queue."""
        comment = self.get_object(request, object_id)
        context = {"record": queue.record(comment)} if comment else {}
        hidden = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**context, **hidden})


def _decision(request: HttpRequest) -> Decision:
    """By whom and why, as the form beside the actions says."""
    reason = request.POST.get("reason", "")
    return Decision(
        actor=_moderator(request),
        reason=reason if reason in Reason.values else "",
        public_note=request.POST.get("public_note", "")[:300],
        private_note=request.POST.get("private_note", "")[:300],
    )


def _moderator(request: HttpRequest) -> Reader:
    if not isinstance(request.user, Reader):
        raise PermissionDenied
    return request.user


def _seen(request: HttpRequest, comment: Comment) -> int | None:
    """The version that stood on the moderator's page; None when the page did not say."""
    seen = request.POST.get(f"seen-{comment.pk}", "")
    return int(seen) if seen.isdigit() else None


def _tell(request: HttpRequest, outcome: Outcome, done: str) -> None:
    if outcome.moved:
        messages.success(request, f"{_counted(len(outcome.moved))} {done}.")
    for conflict in outcome.conflicts:
        messages.warning(request, queue.said_about_conflict(conflict))
    if outcome.illegal:
        messages.info(request, f"{_counted(len(outcome.illegal))} stood there already.")


def _counted(number: int) -> str:
    return f"{number} comment{'' if number == 1 else 's'}"


@admin.register(ModerationAction)
class ModerationActionAdmin(ReadOnly):
    list_display = ("created", "comment", "from_state", "to_state", "who", "reason", "undo_of")
    list_filter = ("to_state", "reason", "source")
    list_select_related = ("comment", "actor", "undo_of")
    date_hierarchy = "created"


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ("created", "comment", "reason", "outcome")
    list_filter = ("outcome", "reason")
    list_select_related = ("comment",)
    fields = ("comment", "reason", "text", "outcome", "created")  # who reported stays unsaid


@admin.register(Thread)
class ThreadAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("guide", "published", "waiting", "last_published", "closed_at")
    list_select_related = ("guide",)
    search_fields = ("guide__title",)
    actions = ("close", "open")
    fields = readonly_fields = ("guide", "published", "waiting", "last_published", "closed_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Close: read, not answer", permissions=["change"])
    def close(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        for thread in threads.filter(closed_at=None):
            moderation.set_closed(thread.guide_id, timezone.now())

    @admin.action(description="Open again", permissions=["change"])
    def open(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        for thread in threads.exclude(closed_at=None):
            moderation.set_closed(thread.guide_id, None)


@admin.register(Reader)
class ReaderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Moderators see readers without their addresses; superusers make staff."""

    list_display = ("__str__", "public_id", "published_count", "is_active", "is_staff", "joined")
    list_filter = ("is_active", "is_staff")
    search_fields = ("display_name", "public_id")
    ordering = ("-joined",)
    actions = ("suspend_a_day", "suspend_a_week", "suspend_a_month", "let_write")
    filter_horizontal = ("groups",)
    readonly_fields = ("public_id", "email", "joined", "last_login", "published_count")

    def get_fields(self, request: HttpRequest, obj: Reader | None = None) -> list[Any]:
        public = ["public_id", "display_name", "is_active", "joined", "published_count"]
        if not _is_superuser(request):
            return public
        return ["email", *public, "last_login", "is_staff", "is_superuser", "groups"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # readers make themselves, by proving an address

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # manage.py reader_data EMAIL --erase

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return _moderator(request).may_moderate

    @admin.action(description="Suspend for a day", permissions=["moderate"])
    def suspend_a_day(self, request: HttpRequest, readers: QuerySet[Reader]) -> None:
        _suspend(request, readers, timedelta(days=1))

    @admin.action(description="Suspend for a week", permissions=["moderate"])
    def suspend_a_week(self, request: HttpRequest, readers: QuerySet[Reader]) -> None:
        _suspend(request, readers, timedelta(weeks=1))

    @admin.action(description="Suspend for 30 days", permissions=["moderate"])
    def suspend_a_month(self, request: HttpRequest, readers: QuerySet[Reader]) -> None:
        _suspend(request, readers, timedelta(days=30))

    @admin.action(description="Let them write again", permissions=["moderate"])
    def let_write(self, request: HttpRequest, readers: QuerySet[Reader]) -> None:
        lifted = Suspension.objects.live().filter(reader__in=readers).lift()
        messages.success(request, f"Suspensions lifted: {lifted}.")


def _suspend(request: HttpRequest, readers: QuerySet[Reader], time: timedelta) -> None:
    """Staff are left out: a superuser takes their rights away first."""
    now, by = timezone.now(), _moderator(request)
    made = [
        Suspension(reader=reader, by=by, created=now, until=now + time)
        for reader in readers.filter(is_staff=False)
    ]
    Suspension.objects.bulk_create(made)
    messages.success(request, f"Suspended: {len(made)}. They are told when they write.")


@admin.register(Block)
class BlockAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Holds or adds points, with a chip in the queue; nobody is rejected by a list."""

    list_display = ("value", "kind", "points", "expires", "note")
    list_filter = ("kind",)
    search_fields = ("value", "note")


@admin.register(Suspension)
class SuspensionAdmin(ReadOnly):
    list_display = ("reader", "created", "until", "reason", "by", "lifted_at")
    list_select_related = ("reader", "by")


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, Reader) and request.user.is_superuser


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """What waits and what failed. Bodies are not shown: they may hold sign-in codes."""

    list_display = ("created", "to", "subject", "attempts", "due", "sent_at", "last_error")
    exclude = ("body", "headers")
