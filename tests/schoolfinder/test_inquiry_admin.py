"""Who may see what of the people who asked schools."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from schoolfinder.models import Delivery, Inquiry, Partner
from tests.schoolfinder.builders import (
    make_consent,
    make_delivery,
    make_inquiry,
    make_partner,
    make_school,
)

pytestmark = pytest.mark.django_db

INQUIRIES, PARTNERS = "/admin/schoolfinder/inquiry/", "/admin/schoolfinder/partner/"
DELIVERIES = "/admin/schoolfinder/delivery/"


def staff(*permissions: str) -> Client:
    user = get_user_model().objects.create_user("staff@example.com")
    user.is_staff = True
    user.save()
    found = Permission.objects.filter(
        content_type__app_label="schoolfinder", codename__in=permissions
    )
    assert len(found) == len(permissions)
    user.user_permissions.set(found)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def moderator() -> Client:
    user = get_user_model().objects.create_user("mo@example.com")
    user.make_moderator()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_moderator_sees_nothing() -> None:
    inquiry = make_inquiry()
    delivery = make_delivery(make_consent(inquiry))
    client = moderator()
    assert b"Inquir" not in client.get("/admin/").content
    for page in (
        *(INQUIRIES, PARTNERS, DELIVERIES),
        *(f"{INQUIRIES}{inquiry.pk}/change/", f"{DELIVERIES}{delivery.pk}/change/"),
    ):
        assert client.get(page).status_code == 403, page


def test_staff_who_may_look_see_no_names() -> None:
    inquiry = make_inquiry()
    make_consent(inquiry)
    client = staff("view_inquiry", "view_consent")
    for page in (INQUIRIES, f"{INQUIRIES}{inquiry.pk}/change/"):
        content = client.get(page).content.decode()
        assert inquiry.public_id in content
        for personal in ("ana@example.org", "evening", "701 555", "58102"):
            assert personal not in content
    assert 'value="export"' not in client.get(INQUIRIES).content.decode()


def test_names_need_a_permission_of_their_own() -> None:
    inquiry = make_inquiry()
    client = staff("view_inquiry", "view_personal_data")
    page = client.get(f"{INQUIRIES}{inquiry.pk}/change/").content.decode()
    assert "ana@example.org" in page
    assert "evening" in page
    assert "ana@example.org" not in client.get(INQUIRIES).content.decode()


def test_an_export_is_logged() -> None:
    inquiry = make_inquiry()
    make_consent(inquiry)
    client = staff("view_inquiry", "view_personal_data", "export_inquiry")
    posted = {"action": "export", "_selected_action": [inquiry.pk]}
    answer = client.post(INQUIRIES, posted)
    assert json.loads(answer.content)["inquiries"][0]["email"] == "ana@example.org"
    entry = LogEntry.objects.get()
    assert entry.object_id == str(inquiry.pk)
    assert "Exported" in entry.change_message
    assert "ana@example.org" not in entry.object_repr + entry.change_message


@pytest.mark.parametrize("permission", ["export_inquiry", "view_personal_data"])
def test_one_permission_is_not_enough_to_export(permission: str) -> None:
    inquiry = make_inquiry()
    client = staff("view_inquiry", permission)
    answer = client.post(INQUIRIES, {"action": "export", "_selected_action": [inquiry.pk]})
    assert b"ana@example.org" not in answer.content
    assert not LogEntry.objects.exists()


def test_nobody_changes_an_inquiry_and_who_may_can_erase_it() -> None:
    inquiry = make_inquiry()
    make_delivery(make_consent(inquiry))
    client = staff("view_inquiry", "change_inquiry", "delete_inquiry", "delete_consent")
    assert client.post(f"{INQUIRIES}{inquiry.pk}/change/", {}).status_code == 403
    client.post(f"{INQUIRIES}{inquiry.pk}/delete/", {"post": "yes"})
    assert not Inquiry.objects.exists()
    assert not Delivery.objects.exists()


def test_the_outbox_is_visible_and_can_be_tried_again() -> None:
    delivery = make_delivery(due=None, attempts=12, last_error="HTTPError 500")
    page = staff("view_delivery").get(DELIVERIES).content.decode()
    assert "HTTPError 500" in page
    assert "Prairie College" in page
    assert 'value="try_again"' not in page
    delivery.refresh_from_db()
    get_user_model().objects.all().delete()
    client = staff("view_delivery", "change_delivery")
    client.post(DELIVERIES, {"action": "try_again", "_selected_action": [delivery.pk]})
    assert Delivery.objects.due().get() == delivery


def test_a_partner_is_set_up_and_its_pages_are_new() -> None:
    from careers.models import Version

    school = make_school()
    client = staff("add_partner", "view_partner", "change_partner", "view_school")
    before = Version.objects.number_of(Version.DATA)
    posted = {
        "school": school.pk,
        "channel": "webhook",
        "webhook_url": "https://school.example/hook",
        "email": "",
        "is_active": "on",
    }
    assert client.post(f"{PARTNERS}add/", posted).status_code == 302
    partner = Partner.objects.get()
    assert not partner.is_invented
    assert Version.objects.number_of(Version.DATA) > before
    assert partner.secret in client.get(f"{PARTNERS}{partner.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "webhook", "webhook_url": "http://school.example/"},
        {"channel": "webhook", "webhook_url": ""},
        {"channel": "email", "email": ""},
    ],
)
def test_a_partner_that_cannot_be_reached_safely_is_refused(wrong: dict[str, str]) -> None:
    client = staff("add_partner", "view_partner", "view_school")
    posted = {"school": make_school().pk, "email": "", "webhook_url": ""} | wrong
    assert client.post(f"{PARTNERS}add/", posted).status_code == 200
    assert not Partner.objects.exists()


def test_the_secret_is_not_for_those_who_only_look() -> None:
    partner = make_partner()
    page = staff("view_partner").get(f"{PARTNERS}{partner.pk}/change/").content.decode()
    assert "admissions@prairie.example" in page
    assert partner.secret not in page
