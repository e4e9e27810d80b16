"""Imported tables can be looked at and searched, and not be changed."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from schoolfinder import models
from tests.schoolfinder.builders import (
    make_earnings,
    make_link,
    make_place,
    make_program,
    make_school,
    make_zip,
)

pytestmark = pytest.mark.django_db
WRITTEN_HERE = {"Consent", "Delivery", "Inquiry", "InquiryCount", "Partner"}
IMPORTED = [
    model
    for model in admin.site._registry
    if model._meta.app_label == "schoolfinder" and model.__name__ not in WRITTEN_HERE
]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("staff@example.com"))
    return client


def make_rows() -> None:
    school = make_school(unitid=900123)
    make_earnings(school)
    make_link(make_program(school).field)
    make_zip()
    make_place()


def test_every_imported_table_is_there() -> None:
    assert {model.__name__ for model in IMPORTED} >= (
        set(models.__all__) - {"AwardLevel"} - WRITTEN_HERE
    )


@pytest.mark.parametrize("model", IMPORTED)
def test_it_lists_and_shows_rows(staff: Client, model: type[Model]) -> None:
    make_rows()
    name = f"admin:schoolfinder_{model._meta.model_name}"
    row = model._default_manager.first()
    assert row
    assert staff.get(reverse(f"{name}_changelist"), {"q": "51.3801"}).status_code == 200
    assert staff.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", IMPORTED)
def test_it_changes_nothing(staff: Client, model: type[Model]) -> None:
    make_rows()
    name = f"admin:schoolfinder_{model._meta.model_name}"
    row = model._default_manager.first()
    assert row
    assert staff.get(reverse(f"{name}_add")).status_code == 403
    assert staff.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert staff.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()
