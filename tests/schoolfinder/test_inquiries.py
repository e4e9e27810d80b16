from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections

from schoolfinder import consent, inquiries
from schoolfinder.asking import Recipient
from schoolfinder.bands import Band
from schoolfinder.letters import Answers
from schoolfinder.limits import TooOften
from schoolfinder.models import Consent, Delivery, Inquiry, InquiryCount, Partner
from tests.schoolfinder.builders import (
    make_consent,
    make_delivery,
    make_inquiry,
    make_partner,
    make_program,
    make_school,
)

pytestmark = pytest.mark.django_db

PLANTED = "planted.person@example.org"
ANSWERS = Answers(
    first_name="Zebulina",
    email=PLANTED,
    zip="60614",
    level="bachelor",
    start="",
    question="Is the marmalade course open?",
    phone="312 555 0199",
)


def recipient(name: str = "Prairie College") -> Recipient:
    school = make_school(name)
    make_partner(school)
    return Recipient(school, make_program(school), Band.EXACT, is_partner=True)


def store(*recipients: Recipient, key: str = "key", **values: Any) -> Inquiry:
    values = {"interest": "Nurses", "is_minor": False, "network": "203.0.113.0/24"} | values
    return inquiries.store(ANSWERS, recipients or (recipient(),), key=key, **values)


def test_it_stores_what_was_typed_with_a_consent_for_each_school() -> None:
    one, two = recipient("Prairie College"), recipient("Coast College")
    inquiry = Inquiry.objects.get(pk=store(one, two).pk)
    assert (inquiry.first_name, inquiry.email, inquiry.phone) == (
        "Zebulina", PLANTED, "312 555 0199",
    )  # fmt: skip
    given = list(inquiry.consents.all())
    assert [row.school for row in given] == [one.school, two.school]
    assert given[0].wording_hash == consent.wording_hash("Prairie College")
    assert given[0].wording_version == consent.CURRENT
    assert given[0].given_at is not None


def test_it_keeps_no_phone_number_of_a_minor() -> None:
    assert store(is_minor=True).phone == ""


def test_the_same_form_sent_twice_is_one_inquiry() -> None:
    one = recipient()
    assert store(one).pk == store(one).pk
    assert Consent.objects.count() == Delivery.objects.count() == 1
    assert list(InquiryCount.objects.values_list("count", flat=True)) == [1, 1]


def test_a_refused_inquiry_leaves_nothing() -> None:
    one = recipient()
    for number in range(5):
        store(one, key=f"key-{number}")
    with pytest.raises(TooOften):
        store(one, key="one-more")
    assert Inquiry.objects.count() == 5


def test_before_it_is_confirmed_only_its_person_gets_mail(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        store()
    assert [message.to for message in mail.outbox] == [[PLANTED]]
    assert "/schools/get-info/confirm/" in mail.outbox[0].body
    for typed in ("Zebulina", "marmalade", "312 555"):
        assert typed not in mail.outbox[0].body + mail.outbox[0].subject


def test_confirmed_it_goes_to_each_school_and_a_receipt_to_the_person(
    django_capture_on_commit_callbacks: Any,
) -> None:
    inquiry = store(recipient("Prairie College"), recipient("Coast College"))
    with django_capture_on_commit_callbacks(execute=True):
        inquiries.confirm(inquiry)
    to_schools = [message for message in mail.outbox if message.to != [PLANTED]]
    assert len(to_schools) == 2
    assert to_schools[0].reply_to == [PLANTED]
    assert "Is the marmalade course open?" in to_schools[0].body
    receipts = [message for message in mail.outbox if message.to == [PLANTED]]
    assert "/schools/get-info/receipt/" in receipts[0].body


def test_confirmed_twice_it_goes_once() -> None:
    inquiry = store()
    inquiries.confirm(inquiry)
    inquiries.confirm(inquiry)
    assert Delivery.objects.filter(kind=Delivery.Kind.SCHOOL).count() == 1


def test_a_school_that_takes_none_any_more_gets_none() -> None:
    inquiry = store()
    Partner.objects.update(is_active=False)
    inquiries.confirm(inquiry)
    assert not Delivery.objects.filter(kind=Delivery.Kind.SCHOOL).exists()


def test_withdrawn_nothing_of_it_is_left_and_nothing_is_sent() -> None:
    inquiry = store()
    inquiries.confirm(inquiry)
    inquiries.withdraw(inquiry)
    assert not Inquiry.objects.exists()
    assert not Consent.objects.exists()
    assert not Delivery.objects.exists()


def test_it_exports_and_erases_by_address_alone() -> None:
    make_delivery(make_consent(make_inquiry("ana@example.org")))
    make_inquiry("bob@example.org")
    (found,) = inquiries.export(" ANA@example.org")
    assert found["question"] == "Are there evening classes?"
    assert found["consents"][0]["school"] == "Prairie College"
    assert found["deliveries"][0]["sent"] is None
    assert inquiries.erase("ana@example.org") == 1
    assert [inquiry.email for inquiry in Inquiry.objects.all()] == ["bob@example.org"]
    assert inquiries.export("ana@example.org") == []
    assert inquiries.erase("ana@example.org") == 0


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_nothing_of_the_person_in_the_clear(settings: Any) -> None:
    """In every table; on SQLite in the files themselves too, before and after the erasure."""
    inquiry = store()
    inquiries.confirm(inquiry)
    assert {"confirm", "school", "receipt"} == set(Delivery.objects.values_list("kind", flat=True))
    assert readable() == []
    inquiries.withdraw(inquiry)
    assert readable() == []


def readable() -> list[str]:
    """Where something that the person typed can be read."""
    secrets = [PLANTED, "Zebulina", "marmalade", "312 555 0199"]
    found = [
        f"{table}: {secret}"
        for table in connection.introspection.table_names()
        for row in rows(table)
        for secret in secrets
        if secret.lower() in row.lower()
    ]
    return found + [
        f"{name}: {secret}"
        for name, content in files().items()
        for secret in secrets
        if secret.encode() in content
    ]


def rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
        return [str(row) for row in cursor.fetchall()]


def files() -> dict[str, bytes]:
    from pathlib import Path

    if connection.vendor != "sqlite":
        return {}
    path = Path(connections["default"].settings_dict["NAME"])
    parts = [path.with_name(path.name + end) for end in ("", "-wal")]
    assert parts[0].exists()
    return {part.name: part.read_bytes() for part in parts if part.exists()}
