"""Imported tables, to look at; partner schools, to set up; what was asked of them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse

from careers.admin import Imported
from careers.models import Version
from careers.wording import plural
from schoolfinder import deliveries, inquiries
from schoolfinder.models import (
    Consent,
    Delivery,
    Field,
    FieldOccupation,
    Inquiry,
    Partner,
    Place,
    Program,
    ProgramEarnings,
    School,
    Zip,
)


@admin.register(School)
class SchoolAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "unitid", "city", "state", "control", "status", "retired_at"]
    list_filter = ["status", "control", "level", "offers_online", "open_admission", "state"]
    search_fields = ["name", "aliases", "=unitid", "city"]


@admin.register(Program)
class ProgramAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["school", "field", "award", "graduates_latest", "graduates_3y", "is_new"]
    list_filter = ["award", "is_new"]
    list_select_related = ["school", "field"]
    search_fields = ["=school__unitid", "=field__cip"]
    ordering = ["pk"]
    show_full_result_count = False  # a quarter of a million


@admin.register(ProgramEarnings)
class ProgramEarningsAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["school", "cip4", "credential", "after_1y", "after_4y", "after_5y", "source"]
    list_filter = ["credential", "is_shared"]
    list_select_related = ["school"]
    search_fields = ["=school__unitid", "=cip4"]
    ordering = ["pk"]


@admin.register(Field)
class FieldAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["cip", "title", "level"]
    list_filter = ["level"]
    search_fields = ["^cip", "title"]


@admin.register(FieldOccupation)
class FieldOccupationAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["field", "soc", "is_teaching"]
    list_filter = ["is_teaching"]
    list_select_related = ["field"]
    search_fields = ["=soc", "=field__cip"]
    ordering = ["field", "soc"]


@admin.register(Zip)
class ZipAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["zip", "city", "state", "kind"]
    list_filter = ["kind"]
    search_fields = ["^zip", "city"]
    ordering = ["zip"]


@admin.register(Place)
class PlaceAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "state", "population"]
    list_filter = ["state"]
    search_fields = ["key"]
    ordering = ["-population"]


# Get Info -----------------------------------------------------------------------------------


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["school", "channel", "is_active", "is_invented"]
    list_filter = ["channel", "is_active", "is_invented"]
    list_select_related = ["school"]
    search_fields = ["school__name", "=school__unitid"]
    raw_id_fields = ["school"]
    fields = ["school", "channel", "email", "webhook_url", "secret", "is_active", "is_invented"]
    readonly_fields = ["secret", "is_invented"]

    def get_fields(self, request: HttpRequest, obj: Partner | None = None) -> Any:
        """The secret is for who sets the channel up, not for who looks at it."""
        fields = list(self.fields or [])
        if not self.has_change_permission(request, obj):
            fields.remove("secret")
        return fields

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        """Cards say who takes requests, so kept pages are new."""
        super().save_model(request, obj, form, change)
        Version.objects.bump(Version.DATA)

    def delete_model(self, request: HttpRequest, obj: Partner) -> None:
        super().delete_model(request, obj)
        Version.objects.bump(Version.DATA)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> None:
        super().delete_queryset(request, queryset)
        Version.objects.bump(Version.DATA)


class ConsentInline(Imported, admin.TabularInline):  # type: ignore[type-arg]
    model = Consent
    fields = ["school", "program", "wording_version", "wording_hash", "given_at"]


@admin.register(Inquiry)
class InquiryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Names and addresses are for those with a permission of their own; exports are logged."""

    list_display = ["public_id", "interest", "level", "created", "confirmed_at"]
    list_filter = ["level", "created"]
    search_fields = ["=public_id"]
    inlines = [ConsentInline]
    actions = ["export"]
    open_fields = [
        *("public_id", "interest", "level", "start", "is_minor"),
        *("created", "confirmed_at", "erased_on"),
    ]
    personal_fields = ["first_name", "email", "zip", "question", "phone"]

    def get_fields(self, request: HttpRequest, obj: Inquiry | None = None) -> Any:
        if request.user.has_perm("schoolfinder.view_personal_data"):
            return [*self.open_fields, *self.personal_fields]
        return list(self.open_fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Inquiry | None = None) -> bool:
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(
            ["schoolfinder.export_inquiry", "schoolfinder.view_personal_data"]
        )

    @admin.action(description="Export as JSON", permissions=["export"])
    def export(self, request: HttpRequest, chosen: QuerySet[Inquiry]) -> HttpResponse:
        LogEntry.objects.log_actions(
            user_id=str(request.user.pk),
            queryset=chosen,
            action_flag=CHANGE,
            change_message="Exported with personal data.",
        )
        found = chosen.prefetch_related("consents__school", "deliveries__consent")
        answer = JsonResponse({"inquiries": [inquiries.exported(one) for one in found]})
        answer.headers["Content-Disposition"] = 'attachment; filename="inquiries.json"'
        return answer


@admin.register(Delivery)
class DeliveryAdmin(Imported, admin.ModelAdmin):  # type: ignore[type-arg]
    """The outbox. It holds no text, so nothing personal."""

    list_display = [
        *("public_id", "kind", "school", "created", "attempts", "due", "sent_at", "last_error")
    ]
    list_filter = ["kind", "sent_at"]
    list_select_related = ["consent__school"]
    search_fields = ["=public_id", "=inquiry__public_id"]
    actions = ["try_again"]

    @admin.display(description="School")
    def school(self, delivery: Delivery) -> str:
        return str(delivery.consent.school) if delivery.consent else "—"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """With its inquiry: who may erase that, may erase this."""
        return request.user.has_perm("schoolfinder.delete_inquiry")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("schoolfinder.change_delivery")

    @admin.action(description="Try again", permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        again = deliveries.try_again(list(chosen.values_list("pk", flat=True)))
        messages.success(request, f"{plural(again, 'delivery', 'deliveries')} will be tried again.")
