"""Imported tables, to look at."""

from django.contrib import admin

from careers.admin import Imported
from schoolfinder.models import (
    Field,
    FieldOccupation,
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
