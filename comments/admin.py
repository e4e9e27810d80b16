"""The moderators' desk: a queue in which every decision goes through moderation.move()."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from comments import moderation, pictures, queue, selection
from comments.avatars import picture_url
from comments.models import (
    Block,
    Comment,
    Mail,
    ModerationAction,
    Picture,
    Reader,
    ReaderNote,
    Reason,
    Report,
    State,
    Suspension,
    Thread,
)
from comments.models.pictures import PictureQuerySet
from comments.models.threads import CommentQuerySet
from comments.moderation import Decision, Outcome
from comments.presenters import exact
from comments.reporting import SLOW_SECONDS


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


class BanForm(DecisionForm):
    """Also what to hold from now on, should the author come back under another name."""

    action = None
    block_email = forms.BooleanField(required=False, label="Hold whatever comes from their address")
    block_network = forms.BooleanField(
        required=False, label="Hold whatever comes from their last network"
    )
    block_days = forms.ChoiceField(
        label="Hold it for",
        choices=[("30", "30 days"), ("90", "90 days"), ("365", "a year")],
        required=False,
    )

    def blocks(self, author: Reader) -> list[Block]:
        asked, network = self.cleaned_data, queue.last_network(author)
        values = {
            Block.Kind.EMAIL: author.email if asked["block_email"] else "",
            Block.Kind.NETWORK: network if asked["block_network"] else "",
        }
        expires = timezone.now() + timedelta(days=int(asked["block_days"] or 30))
        return [
            Block(kind=kind, value=value, expires=expires, note=f"With the ban of {author}")
            for kind, value in values.items()
            if value
        ]


@dataclass(frozen=True)
class Decided:
    """An act of the queue: its name, where it moves a comment (None: nowhere), what is said."""

    title: str
    to: State | None
    done: str = ""


DECISIONS = {
    "publish": Decided("Publish", State.PUBLISHED, "published"),
    "mark_spam": Decided("Spam", State.SPAM, "marked as spam"),
    "remove": Decided("Remove", State.REMOVED, "removed"),
    "leave": Decided("Leave", None),
}
Picked = list[tuple[Comment, int | None]]


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
    actions = ("publish", "mark_spam", "remove", "leave", "export_csv", "export_json")
    action_form = DecisionForm
    fields = readonly_fields = (
        "public_id", "guide", "author", "parent", "role", "section", "source", "state",
        "created", "edited_at", "reply_count", "open_reports", "network",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = super().get_queryset(request).exclude(state=State.ERASED)
        return comments.select_related("guide", "author", "parent__author", "appeal")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What harms most first, then what waits longest."""
        return [queue.URGENCY.desc(), "created"]

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
    def publish(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse | None:
        return self.decide(request, comments, "publish")

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse | None:
        return self.decide(request, comments, "mark_spam")

    @admin.action(description="Remove", permissions=["change"])
    def remove(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse | None:
        return self.decide(request, comments, "remove")

    @admin.action(description="Leave as it is", permissions=["change"])
    def leave(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse | None:
        return self.decide(request, comments, "leave")

    @admin.action(description="Export as CSV", permissions=["change"])
    def export_csv(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse:
        return self.export(request, comments, "csv")

    @admin.action(description="Export as JSON", permissions=["change"])
    def export_json(self, request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse:
        return self.export(request, comments, "json")

    def export(self, request: HttpRequest, comments: QuerySet[Comment], kind: str) -> HttpResponse:
        """The selection as a file. Who took how much is logged; no e-mail address is in it."""
        rows = selection.rows(comments)
        LogEntry.objects.create(
            user=_moderator(request),
            content_type=ContentType.objects.get_for_model(Comment),
            object_repr=_counted(len(rows)),
            action_flag=CHANGE,
            change_message=f"Exported as {kind.upper()}.",
        )
        return selection.as_file(rows, kind)

    def decide(
        self, request: HttpRequest, comments: QuerySet[Comment], act: str
    ) -> HttpResponse | None:
        """One at once; several after a page that says how many and whose."""
        picked = [(comment, _seen(request, comment)) for comment in comments]
        if len(picked) > 1:
            return self.preview(request, picked, act)
        self.carry_out(request, picked, act)
        return None

    def preview(self, request: HttpRequest, picked: Picked, act: str) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": f"{DECISIONS[act].title}: {_counted(len(picked))}",
            "act": act,
            "button": f"{DECISIONS[act].title} {len(picked)}",
            "preview": queue.preview([comment for comment, _ in picked]),
            "picked": ",".join(
                f"{comment.pk}:{_or_current(comment, seen)}" for comment, seen in picked
            ),
            "filters": request.GET.urlencode(),
            "form": DecisionForm(request.POST),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/comments/comment/preview.html", context)

    def carry_out(self, request: HttpRequest, picked: Picked, act: str) -> None:
        """One batch; what somebody else decided meanwhile is left to their decision.

        A published comment that was reported is kept by publishing it.
        """
        to, decision = DECISIONS[act].to, _decision(request)
        kept = [pair for pair in picked if to is None or _is_kept_by(to, pair[0])]
        others = [pair for pair in picked if pair not in kept]
        if kept:
            _tell(request, moderation.keep_all(kept, decision), "kept; what was asked is answered")
        if others and to:
            _tell(request, moderation.move_all(others, to, decision), DECISIONS[act].done)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue; a button of one comment acts on that one alone."""
        if request.method == "POST" and "one" in request.POST:
            return self.act_on_one(request)
        context = {
            "last_batch": queue.last_batch(request.user),
            "title": queue.title(),
            "held_pictures": Picture.objects.held().count(),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def act_on_one(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        act, _, number = request.POST["one"].partition(":")
        one = self.get_queryset(request).filter(pk=int(number) if number.isdigit() else 0)
        if act in DECISIONS:
            self.carry_out(request, [(comment, _seen(request, comment)) for comment in one], act)
        return HttpResponseRedirect(request.get_full_path())

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """What the page before has counted, and nothing that came since."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        seen = {
            int(pair[0]): int(pair[1])
            for pair in re.findall(r"(\d{1,18}):(\d{1,9})", request.POST.get("picked", ""))
        }
        comments = self.get_queryset(request).filter(pk__in=seen)
        if (act := request.POST.get("act", "")) in DECISIONS:
            self.carry_out(request, [(one, seen[one.pk]) for one in comments], act)
        filters = QueryDict(request.POST.get("filters", "")).urlencode()
        url = reverse("admin:comments_comment_changelist")
        return HttpResponseRedirect(f"{url}?{filters}" if filters else url)

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        ban = self.admin_site.admin_view(self.ban_view)
        decide = self.admin_site.admin_view(require_POST(self.decide_view))
        own = [
            path("decide/", decide, name="comments_comment_decide"),
            path("undo/<uuid:batch>/", undo, name="comments_comment_undo"),
            path("ban/<slug:public_id>/", ban, name="comments_comment_ban"),
        ]
        return [*own, *super().get_urls()]

    def ban_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """How much would go, first; then all of it as one batch."""
        author = get_object_or_404(Reader, public_id=public_id, is_staff=False)
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = BanForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            decision = _decision(request)
            outcome = moderation.ban(author, decision, form.blocks(author))
            _tell(request, outcome, "marked as spam")
            messages.success(request, f"{author} cannot write any more.")
            return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": f"Spam: everything by {author}",
            "author": author,
            "goes": queue.what_a_ban_takes(author),
            "form": form,
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


def _or_current(comment: Comment, seen: int | None) -> int:
    return comment.state_version if seen is None else seen


def _is_kept_by(to: State, comment: Comment) -> bool:
    return to == State.PUBLISHED and comment.is_published and comment.open_reports > 0


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
    list_display = ("created", "comment", "reason", "weight", "outcome")
    list_filter = ("outcome", "reason")
    list_select_related = ("comment",)
    fields = (
        "comment",
        "reason",
        "text",
        "weight",
        "outcome",
        "created",
    )  # who reported stays unsaid


@admin.register(Thread)
class ThreadAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("guide", "published", "waiting", "last_published", "closed_at", "slow")
    list_select_related = ("guide",)
    search_fields = ("guide__title",)
    actions = ("close", "open", "slow_an_hour", "slow_a_day", "at_full_speed")
    fields = readonly_fields = (
        "guide", "published", "waiting", "last_published", "closed_at", "closed_by_age", "slow",
    )  # fmt: skip

    @admin.display(description="slow mode")
    def slow(self, thread: Thread) -> str:
        if not thread.is_slow or thread.slow_until is None:
            return "-"
        return f"one in {thread.slow_minutes} min, until {exact(thread.slow_until)}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Close: read, not answer", permissions=["change"])
    def close(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        for thread in threads.filter(closed_at=None):
            moderation.set_closed(thread.guide_id, timezone.now())
            self.log_change(request, thread, "Closed.")

    @admin.action(description="Open again", permissions=["change"])
    def open(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        for thread in threads.exclude(closed_at=None):
            moderation.set_closed(thread.guide_id, None)
            self.log_change(request, thread, "Opened again.")

    @admin.action(description="Slow mode for an hour", permissions=["change"])
    def slow_an_hour(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        self.slow_down(request, threads, timedelta(hours=1))

    @admin.action(description="Slow mode for a day", permissions=["change"])
    def slow_a_day(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        self.slow_down(request, threads, timedelta(days=1))

    @admin.action(description="End slow mode", permissions=["change"])
    def at_full_speed(self, request: HttpRequest, threads: QuerySet[Thread]) -> None:
        for thread in threads.filter(slow_seconds__gt=0):
            moderation.set_slow(thread.guide_id, 0)
            self.log_change(request, thread, "Slow mode ended.")

    def slow_down(self, request: HttpRequest, threads: QuerySet[Thread], time: timedelta) -> None:
        """One comment a reader in ten minutes, as the rule for heated threads has it."""
        for thread in threads:
            moderation.set_slow(thread.guide_id, SLOW_SECONDS, timezone.now() + time)
            self.log_change(request, thread, f"Slow mode for {time}.")


@admin.register(Reader)
class ReaderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Moderators see readers without their addresses, and leave each other notes about them.

    Superusers make staff.
    """

    change_form_template = "admin/comments/reader/change_form.html"

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

    def get_urls(self) -> list[URLPattern]:
        note = self.admin_site.admin_view(require_POST(self.note_view))
        own = path("<path:object_id>/note/", note, name="comments_reader_note")
        return [own, *super().get_urls()]

    def note_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        reader = self.get_object(request, object_id)
        if reader is None:
            raise Http404("There is no such reader.")
        if text := request.POST.get("text", "").strip()[:500]:
            ReaderNote.objects.create(reader=reader, by=_moderator(request), text=text)
            messages.success(request, "Noted. Only moderators see it.")
        return HttpResponseRedirect(reverse("admin:comments_reader_change", args=[reader.pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        reader = self.get_object(request, object_id)
        context = {"known": queue.known_of(reader)} if reader else {}
        return super().change_view(request, object_id, form_url, context)

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


@admin.register(Picture)
class PictureAdmin(ReadOnly):
    """What readers want beside their names. Each decision is noted in the reader's history."""

    list_display = ("preview", "reader", "state", "uploaded", "size")
    list_display_links = None
    list_filter = ("state",)
    search_fields = ("reader__display_name", "reader__public_id")
    ordering = ("state", "uploaded")  # first what is held, and of that what waits longest
    actions = ("show", "remove")
    fields = ("preview", "reader", "state", "uploaded", "size")
    readonly_fields = ("preview",)

    def get_queryset(self, request: HttpRequest) -> PictureQuerySet:
        return Picture.objects.without_bytes()

    @admin.display(description="picture")
    def preview(self, picture: Picture) -> str:
        url = picture_url(picture.reader.public_id, picture.digest)
        words = f"The picture of {picture.reader}"
        return format_html('<img src="{}" width="96" height="96" alt="{}">', url, words)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return _moderator(request).has_perm("comments.change_picture")

    @admin.action(description="Show", permissions=["moderate"])
    def show(self, request: HttpRequest, picked: QuerySet[Picture]) -> None:
        shown = [one for one in picked if pictures.show(one)]
        for one in shown:
            self.log_change(request, one.reader, "Showed the picture.")
        messages.success(request, f"Shown: {len(shown)}.")

    @admin.action(description="Remove", permissions=["moderate"])
    def remove(self, request: HttpRequest, picked: QuerySet[Picture]) -> None:
        removed = [one for one in picked if pictures.remove(one)]
        for one in removed:
            self.log_change(request, one.reader, "Removed the picture.")
        messages.success(request, f"Removed: {len(removed)}. The flower is back.")


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

    list_display = ("shown", "kind", "points", "expires", "note")
    list_filter = ("kind",)
    readonly_fields = ("shown",)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["value", "note"] if _is_superuser(request) else ["note"]

    def get_fields(self, request: HttpRequest, obj: Block | None = None) -> list[Any]:
        """A moderator does not see an address that came with a ban."""
        hidden = obj and obj.kind == Block.Kind.EMAIL and not _is_superuser(request)
        return [*(["shown"] if hidden else ["kind", "value"]), "points", "expires", "note"]


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
