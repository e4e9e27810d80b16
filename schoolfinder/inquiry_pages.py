"""Rows of Get Info's pages. Templates only loop."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schoolfinder import consent, inquiries
from schoolfinder.asking import Recipient
from schoolfinder.bands import Band
from schoolfinder.inquiry_forms import GetInfoForm
from schoolfinder.letters import NOT_GIVEN, Letter
from schoolfinder.models import Consent, Delivery, Inquiry, Partner
from schoolfinder.presenters import Rung, rungs
from schoolfinder.wording import BAND_TITLES

# In the order of the page: the phone number last.
ABOUT_PERSON = ("first_name", "email", "zip", "level", "start", "question", "phone")


@dataclass(frozen=True)
class Box:
    """One school and its box: never ticked by us."""

    value: str
    school: str
    url: str
    program: str
    band: str
    is_exact: bool
    rungs: list[Rung]
    sentence: str
    is_partner: bool
    is_ticked: bool


@dataclass(frozen=True)
class Line:
    label: str
    value: str
    is_absent: bool


@dataclass(frozen=True)
class Sheet:
    """A letter as the page shows it."""

    heading: str
    lines: list[Line]
    closing: str


@dataclass(frozen=True)
class ReceiptRow:
    school: str
    state: str
    was_sent: bool
    sheet: Sheet


@dataclass(frozen=True)
class Receipt:
    is_confirmed: bool
    erased_on: str
    rows: list[ReceiptRow]


def form_context(form: GetInfoForm) -> dict[str, Any]:
    asking = form.asking
    return {
        "form": form,
        "fields": [form[name] for name in ABOUT_PERSON if name in form.fields],
        "asking": asking,
        "exact": [_box(form, one) for one in asking.exact],
        "dissimilar": [_box(form, one) for one in asking.dissimilar],
        "sheets": [sheet(letter) for letter in form.previews()],
        "version": consent.CURRENT,
    }


def sheet(letter: Letter, *, was_sent: bool = False) -> Sheet:
    verb = "received" if was_sent else "will receive"
    return Sheet(
        f"This is exactly what {letter.school.name} {verb}",
        [Line(line.label, line.value or NOT_GIVEN, not line.value) for line in letter.lines],
        letter.closing,
    )


def receipt(inquiry: Inquiry) -> Receipt:
    letters = {letter.school.pk: letter for letter in inquiries.letters(inquiry)}
    given_to = inquiry.consents.select_related("school").prefetch_related("deliveries")
    partners = Partner.objects.among([given.school_id for given in given_to])
    return Receipt(
        is_confirmed=inquiry.confirmed_at is not None,
        erased_on=_day(inquiry.erased_on),
        rows=[
            _receipt_row(inquiry, given, letters[given.school_id], given.school_id in partners)
            for given in given_to
        ],
    )


def received(inquiry: Inquiry) -> list[str]:
    """Names of the schools that already have it: what they hold, only they can erase."""
    sent = inquiry.consents.filter(deliveries__sent_at__isnull=False)
    return list(sent.values_list("school__name", flat=True))


def _box(form: GetInfoForm, one: Recipient) -> Box:
    name = one.school.name
    letter = f"Yes, write a letter to {name} for me. I send it myself; nothing of it is kept here."
    return Box(
        value=one.value,
        school=name,
        url=one.school.get_absolute_url(),
        program=one.program.field.title,
        band=BAND_TITLES[one.band],
        is_exact=one.band == Band.EXACT,
        rungs=rungs(one.band),
        sentence=consent.sentence(name) if one.is_partner else letter,
        is_partner=one.is_partner,
        is_ticked=form.is_ticked(one),
    )


def _receipt_row(inquiry: Inquiry, given: Consent, letter: Letter, is_partner: bool) -> ReceiptRow:
    delivery = next(iter(given.deliveries.all()), None)
    was_sent = delivery is not None and delivery.sent_at is not None
    return ReceiptRow(
        school=given.school.name,
        state=_state(inquiry, delivery, is_partner),
        was_sent=was_sent,
        sheet=sheet(letter, was_sent=was_sent),
    )


def _state(inquiry: Inquiry, delivery: Delivery | None, is_partner: bool) -> str:
    if inquiry.confirmed_at is None:
        return "Not sent: you have not confirmed it yet"
    if delivery and delivery.sent_at:
        return f"Sent on {_day(delivery.sent_at)}"
    if delivery is None or not is_partner:
        return "Not sent: the school takes no requests any more"
    if delivery.is_given_up:
        return "Not sent: the school could not be reached in two days"
    return "On its way: we try until the school can be reached"


def _day(at: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"
