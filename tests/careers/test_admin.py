import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from careers.admin import Imported
from careers.models import (
    Correction,
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
from tests.careers.builders import make_correction, make_plain_version

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


@pytest.fixture
def editor(client):
    readers = get_user_model().objects
    editor = readers.create(email="editor@example.com", is_staff=True, is_superuser=True)
    client.force_login(editor)
    return client


@pytest.mark.django_db
def test_a_correction_is_listed_and_filtered(editor):
    make_correction(text="Bakers rise early.")
    make_correction(text="Cooks rise late.", state="declined")

    page = editor.get("/admin/careers/correction/?state__exact=new")

    assert "Bakers rise early." in page.content.decode()
    assert "Cooks rise late." not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("action", "state"), [("accept", "accepted"), ("decline", "declined"), ("reopen", "new")]
)
def test_corrections_are_decided_together(editor, action, state):
    rows = [make_correction(state="new"), make_correction(state="declined")]

    editor.post(
        "/admin/careers/correction/",
        {"action": action, "_selected_action": [row.pk for row in rows]},
    )

    assert set(Correction.objects.values_list("state", flat=True)) == {state}


@pytest.mark.django_db
def test_a_correction_is_decided_with_a_note_and_its_words_stay(editor):
    row = make_correction(text="<b>Wrong</b>")
    address = f"/admin/careers/correction/{row.pk}/change/"

    shown = editor.get(address).content.decode()
    editor.post(address, {"state": "accepted", "note": "Checked.", "text": "Forged."})

    row.refresh_from_db()
    assert "&lt;b&gt;Wrong" in shown
    assert f'href="{row.guide.get_absolute_url()}"' in shown
    assert (row.state, row.note, row.text) == ("accepted", "Checked.", "<b>Wrong</b>")
    assert editor.get("/admin/careers/correction/add/").status_code == 403
