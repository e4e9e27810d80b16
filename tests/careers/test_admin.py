import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from careers.admin import Imported
from careers.models import (
    Edition,
    Figures,
    GlossaryTerm,
    Guide,
    ImportRecord,
    JobTitle,
    PlainOverride,
    PlainVersion,
    Topic,
    Version,
)
from tests.careers.builders import make_plain_version

IMPORTED = [
    *(Edition, Figures, GlossaryTerm, Guide, ImportRecord, JobTitle, PlainVersion, Topic),
]


@pytest.fixture
def request_of_superuser():
    request = RequestFactory().get("/admin/")
    request.user = get_user_model()(is_active=True, is_staff=True, is_superuser=True)
    return request


@pytest.mark.parametrize("model", IMPORTED)
def test_imported_tables_can_be_seen_and_not_changed(model, request_of_superuser):
    desk = admin.site.get_model_admin(model)
    assert isinstance(desk, Imported)
    assert desk.has_view_permission(request_of_superuser)
    assert not desk.has_add_permission(request_of_superuser)
    assert not desk.has_change_permission(request_of_superuser)
    assert not desk.has_delete_permission(request_of_superuser)


@pytest.mark.django_db
def test_an_override_moves_the_data_version_when_it_comes_and_goes(request_of_superuser):
    desk = admin.site.get_model_admin(PlainOverride)
    assert desk.has_change_permission(request_of_superuser)
    plain = make_plain_version()
    override = PlainOverride(plain=plain, part="pay", text="Less than you think.")
    desk.save_model(request_of_superuser, override, form=None, change=False)
    assert (plain.overrides.count(), Version.objects.number_of(Version.DATA)) == (1, 1)
    desk.delete_model(request_of_superuser, override)
    assert (plain.overrides.count(), Version.objects.number_of(Version.DATA)) == (0, 2)
    PlainOverride.objects.create(plain=plain, part="pay", text="More.")
    desk.delete_queryset(request_of_superuser, PlainOverride.objects.all())
    assert (plain.overrides.count(), Version.objects.number_of(Version.DATA)) == (0, 3)
