from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from schoolfinder.links import Purpose, find, link
from schoolfinder.models import Inquiry
from tests.schoolfinder.builders import make_inquiry

pytestmark = pytest.mark.django_db


def token(inquiry: Inquiry, purpose: Purpose) -> str:
    return link(inquiry, purpose).rstrip("/").rsplit("/", 1)[1]


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_leads_to_its_inquiry(purpose: Purpose) -> None:
    inquiry = make_inquiry()
    assert find(token(inquiry, purpose), purpose) == inquiry


def test_a_receipt_cannot_confirm() -> None:
    assert find(token(make_inquiry(), Purpose.RECEIPT), Purpose.CONFIRM) is None


def test_a_link_holds_nothing_personal() -> None:
    inquiry = make_inquiry("ana@example.org")
    assert inquiry.public_id in link(inquiry, Purpose.CONFIRM)
    assert "ana" not in link(inquiry, Purpose.CONFIRM).lower().replace(
        inquiry.public_id.lower(), ""
    )


@pytest.mark.parametrize("made_up", ["", "x", "x:y", "abc:def:ghi"])
def test_a_made_up_link_leads_nowhere(made_up: str) -> None:
    make_inquiry(public_id="abc")
    assert find(made_up, Purpose.RECEIPT) is None


def test_an_unconfirmed_one_lasts_48_hours_and_a_confirmed_one_90_days() -> None:
    now = timezone.now()
    waiting, confirmed = make_inquiry(created=now), make_inquiry(created=now, confirmed_at=now)
    links = token(waiting, Purpose.CONFIRM), token(confirmed, Purpose.RECEIPT)
    with time_machine.travel(now + timedelta(hours=47)):
        assert find(links[0], Purpose.CONFIRM)
    with time_machine.travel(now + timedelta(hours=49)):
        assert find(links[0], Purpose.CONFIRM) is None
    with time_machine.travel(now + timedelta(days=89)):
        assert find(links[1], Purpose.RECEIPT)
    with time_machine.travel(now + timedelta(days=91)):
        assert find(links[1], Purpose.RECEIPT) is None
