"""Imported tables, to look at; the local corrections of plain versions, to write."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from careers.models import (
    Correction,
    Edition,
    Figures,
    GlossaryTerm,
    Guide,
    GuideCode,
    ImportRecord,
    JobTitle,
    PlainOverride,
    PlainVersion,
    Topic,
    Version,
)


class Imported:
    """Importers are the only writers: what was changed here, the next import would undo."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CodesInline(Imported, admin.TabularInline):  # type: ignore[type-arg]
    model = GuideCode
    fields = ["edition", "soc", "title"]


class FiguresInline(Imported, admin.TabularInline):  # type: ignore[type-arg]
    model = Figures
    fields = ["edition", "title", "median_pay_annual", "jobs", "growth", "openings"]


@admin.register(Guide)
class GuideAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "profile", "group", "topic", "retired_at"]
    list_filter = ["group", "topic__cluster", "retired_at"]
    list_select_related = ["group", "topic"]
    search_fields = ["title", "slug", "profile"]
    inlines = [FiguresInline, CodesInline]


@admin.register(Figures)
class FiguresAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = [
        *("title", "edition", "median_pay_annual", "median_pay_hourly", "pay_at_least"),
        *("jobs", "growth", "openings"),
    ]
    list_filter = ["edition", "outlook", "education"]
    list_select_related = ["edition"]
    search_fields = ["title"]


@admin.register(JobTitle)
class JobTitleAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "guide", "source", "soc"]
    list_filter = ["source"]
    list_select_related = ["guide"]
    search_fields = ["title"]
    show_full_result_count = False  # tens of thousands


@admin.register(Topic)
class TopicAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "cluster", "position"]
    list_filter = ["cluster"]
    list_select_related = ["cluster"]


@admin.register(Edition)
class EditionAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "reference_period", "last_updated", "growth_all"]


@admin.register(ImportRecord)
class ImportRecordAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["source", "label", "rows", "imported"]
    ordering = ["-imported"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["term", "definition"]
    search_fields = ["term"]


@admin.register(PlainVersion)
class PlainVersionAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["guide", "edition", "grade", "summary"]
    list_select_related = ["guide", "edition"]
    search_fields = ["guide__title"]


@admin.register(PlainOverride)
class PlainOverrideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Written here, kept by a reload, shown at once: every change moves the data version."""

    list_display = ["plain", "part", "changed"]
    list_select_related = ["plain__guide"]
    autocomplete_fields = ["plain"]

    def save_model(self, request: HttpRequest, obj: PlainOverride, form: Any, change: Any) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            Version.objects.bump(Version.DATA)

    def delete_model(self, request: HttpRequest, obj: PlainOverride) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)
            Version.objects.bump(Version.DATA)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PlainOverride]) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            Version.objects.bump(Version.DATA)


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Readers write them; an editor decides, and corrects the text as an override."""

    list_display = ["guide", "part", "beginning", "created", "state"]
    list_filter = ["state", "part", "created"]
    list_select_related = ["guide"]
    search_fields = ["guide__title", "text", "note"]
    actions = ["accept", "decline", "reopen"]
    readonly_fields = ["guide", "part", "text", "created", "on_the_site"]
    fields = ["guide", "on_the_site", "part", "text", "created", "state", "note"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="text")
    def beginning(self, correction: Correction) -> str:
        return Truncator(correction.text).chars(80)

    @admin.display(description="on the site")
    def on_the_site(self, correction: Correction) -> SafeString:
        address = correction.guide.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.action(description="Accept", permissions=["change"])
    def accept(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        self._decide(request, corrections, Correction.State.ACCEPTED)

    @admin.action(description="Decline", permissions=["change"])
    def decline(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        self._decide(request, corrections, Correction.State.DECLINED)

    @admin.action(description="Set back to new", permissions=["change"])
    def reopen(self, request: HttpRequest, corrections: QuerySet[Correction]) -> None:
        self._decide(request, corrections, Correction.State.NEW)

    def _decide(
        self, request: HttpRequest, corrections: QuerySet[Correction], state: Correction.State
    ) -> None:
        changed = corrections.exclude(state=state).update(state=state)
        self.message_user(request, f"{changed} now {state.label.lower()}.")
