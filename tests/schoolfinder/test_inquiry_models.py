"""Both sides of each constraint."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from schoolfinder.models import Delivery, Inquiry, Partner
from schoolfinder.models.inquiries import check_webhook
from tests.schoolfinder.builders import (
    make_consent,
    make_delivery,
    make_inquiry,
    make_partner,
    make_program,
    make_school,
)

pytestmark = pytest.mark.django_db


def refused(name: str) -> AbstractContextManager[object]:
    return pytest.raises(IntegrityError, match=name)


def test_a_partner_can_be_reached() -> None:
    make_partner(channel="email", email="a@school.example")
    make_partner(channel="webhook", email="", webhook_url="https://school.example/")
    for values in ({"channel": "email", "email": ""}, {"channel": "webhook", "webhook_url": ""}):
        with transaction.atomic(), refused("partner_can_be_reached"):
            make_partner(**values)


def test_an_inactive_partner_is_none() -> None:
    here, paused = make_partner().school, make_partner(is_active=False).school
    assert Partner.objects.among([here.pk, paused.pk, 1]) == {here.pk}


@pytest.mark.parametrize("url", ["https://a.example/x", "http://127.0.0.1:8/", "http://[::1]/"])
def test_a_webhook_is_encrypted_or_here(url: str) -> None:
    check_webhook(url)


@pytest.mark.parametrize("url", ["http://a.example", "http://127.0.0.1.a.example", "ws://x", "x"])
def test_another_webhook_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        check_webhook(url)


def test_a_minor_has_no_phone_number() -> None:
    make_inquiry(is_minor=True, phone="")
    make_inquiry(is_minor=False, phone="701 555 0100")
    with transaction.atomic(), refused("inquiry_minor_no_phone"):
        make_inquiry(is_minor=True, phone="701 555 0100")


def test_an_inquiry_is_confirmed_after_it_was_made() -> None:
    now = timezone.now()
    make_inquiry(created=now, confirmed_at=now)
    with transaction.atomic(), refused("inquiry_confirmed_after"):
        make_inquiry(created=now, confirmed_at=now - timedelta(seconds=1))


def test_an_inquiry_shows_nothing_of_its_person() -> None:
    inquiry = make_inquiry()
    assert str(inquiry) == inquiry.public_id
    assert "ana" not in repr(inquiry).replace(inquiry.public_id, "")


def test_a_school_is_agreed_to_once() -> None:
    inquiry, school = make_inquiry(), make_school()
    program = make_program(school)
    make_consent(inquiry, program)
    make_consent(make_inquiry(), program)
    with transaction.atomic(), pytest.raises(IntegrityError):
        make_consent(inquiry, program)


@pytest.mark.parametrize("wrong", ["", "0" * 63, "G" * 64])
def test_a_consent_has_a_hash(wrong: str) -> None:
    with transaction.atomic(), refused("consent_hash_form"):
        make_consent(wording_hash=wrong)


def test_a_school_gets_something_by_consent_only() -> None:
    inquiry = make_inquiry()
    make_delivery(make_consent(inquiry))
    make_delivery(inquiry=inquiry, kind=Delivery.Kind.RECEIPT)
    with transaction.atomic(), refused("delivery_to_school_by_consent"):
        Delivery.objects.create(inquiry=inquiry, kind=Delivery.Kind.SCHOOL)


def test_everything_is_delivered_once() -> None:
    consent = make_consent()
    make_delivery(consent)
    make_delivery(inquiry=consent.inquiry, kind=Delivery.Kind.CONFIRM)
    make_delivery(inquiry=make_inquiry(), kind=Delivery.Kind.CONFIRM)
    with transaction.atomic(), pytest.raises(IntegrityError):
        make_delivery(consent)
    with transaction.atomic(), pytest.raises(IntegrityError):
        make_delivery(inquiry=consent.inquiry, kind=Delivery.Kind.CONFIRM)


def test_what_was_sent_is_not_due() -> None:
    make_delivery(sent_at=timezone.now(), due=None)
    with transaction.atomic(), refused("delivery_sent_not_due"):
        make_delivery(sent_at=timezone.now())


def test_an_inquiry_is_found_by_its_address() -> None:
    inquiry = make_inquiry("ana@example.org")
    make_inquiry("bob@example.org")
    assert list(Inquiry.objects.of("ANA@example.org ")) == [inquiry]
