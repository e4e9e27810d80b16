from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.utils import timezone

from schoolfinder.housekeeping import CHORES
from schoolfinder.models import Inquiry, InquiryCount
from tests.schoolfinder.builders import make_consent, make_delivery, make_inquiry

pytestmark = pytest.mark.django_db


def do(name: str) -> int:
    return dict(CHORES)[name]()


def test_it_does_every_chore_when_nothing_is_to_do() -> None:
    assert [chore() for _, chore in CHORES] == [0] * len(CHORES)


def test_it_erases_what_nobody_confirmed_in_48_hours() -> None:
    now = timezone.now()
    old = now - timedelta(hours=49)
    make_delivery(make_consent(make_inquiry(created=old)))
    kept = {
        make_inquiry(created=now - timedelta(hours=47)),
        make_inquiry(created=old, confirmed_at=now),
    }
    assert do("unconfirmed inquiries erased") == 1
    assert set(Inquiry.objects.all()) == kept


def test_it_erases_everything_after_90_days() -> None:
    now = timezone.now()
    make_delivery(make_consent(make_inquiry(created=now - timedelta(days=91), confirmed_at=now)))
    kept = make_inquiry(created=now - timedelta(days=89), confirmed_at=now)
    assert do("old inquiries erased") == 1
    assert list(Inquiry.objects.all()) == [kept]


def test_it_erases_what_no_key_opens_any_more(settings: Any) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    make_delivery(make_consent(make_inquiry(created=long_ago, confirmed_at=timezone.now())))
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    assert do("old inquiries erased") == 1


def test_one_that_no_key_opens_keeps_no_other_from_going(settings: Any) -> None:
    lost = make_delivery(inquiry=make_inquiry(), kind="confirm")
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    make_delivery(inquiry=make_inquiry(), kind="confirm")
    assert do("inquiries delivered") == 1
    lost.refresh_from_db()
    assert lost.last_error == "Unreadable"


def test_it_delivers_what_is_due() -> None:
    make_delivery(inquiry=make_inquiry(), kind="confirm")
    assert do("inquiries delivered") == 1


def test_it_closes_rate_windows() -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        InquiryCount.objects.count_one("old", 60)
        InquiryCount.objects.count_one("new", 600)
        clock.shift(61)
        assert do("inquiries' rate windows closed") == 1
    assert InquiryCount.objects.get().key == "new"
