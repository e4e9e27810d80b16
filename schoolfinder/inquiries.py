"""The life of an inquiry: stored, confirmed, withdrawn; exported and erased for its person."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from schoolfinder import consent, deliveries, limits
from schoolfinder.asking import Recipient
from schoolfinder.encryption import digest
from schoolfinder.letters import Answers, Letter, answers_of, letter
from schoolfinder.models import Consent, Delivery, Inquiry, Partner


def store(
    answers: Answers,
    recipients: Iterable[Recipient],
    *,
    interest: str,
    key: str,
    is_minor: bool,
    network: str,
) -> Inquiry:
    """With one consent a school, and the mail that asks to confirm it. Raises TooOften.

    The same form sent twice is one inquiry: the first.
    """
    if stored := Inquiry.objects.filter(key=key).first():
        return stored
    with transaction.atomic():
        limits.count(limits.for_inquiry(answers.email, network))
        inquiry, is_new = Inquiry.objects.get_or_create(
            key=key, defaults=_values(answers, interest, is_minor)
        )
        if is_new:
            Consent.objects.bulk_create([_consent(inquiry, one) for one in recipients])
            deliveries.queue(inquiry, Delivery.Kind.CONFIRM)
    return inquiry


@transaction.atomic
def confirm(inquiry: Inquiry) -> None:
    """From here on it is shared: with schools that were ticked and still take requests."""
    waiting = Inquiry.objects.filter(pk=inquiry.pk, confirmed_at=None)
    if not waiting.update(confirmed_at=timezone.now()):
        return
    partners = Partner.objects.among(inquiry.consents.values_list("school_id", flat=True))
    for given in inquiry.consents.filter(school__in=partners):
        deliveries.queue(inquiry, Delivery.Kind.SCHOOL, given)
    deliveries.queue(inquiry, Delivery.Kind.RECEIPT)


def withdraw(inquiry: Inquiry) -> None:
    """Everything of it goes, and what is still waiting is never sent."""
    inquiry.delete()


def letters(inquiry: Inquiry) -> list[Letter]:
    consents = inquiry.consents.select_related("program__school", "program__field")
    answers = answers_of(inquiry)
    return [letter(answers, inquiry.interest, given.program) for given in consents]


def export(email: str) -> list[dict[str, Any]]:
    """Everything kept about the person with this address, as plain data."""
    found = Inquiry.objects.of(email).prefetch_related("consents__school", "deliveries__consent")
    return [exported(inquiry) for inquiry in found]


def exported(inquiry: Inquiry) -> dict[str, Any]:
    return {
        "id": inquiry.public_id,
        "first_name": inquiry.first_name,
        "email": inquiry.email,
        "zip": inquiry.zip,
        "level": inquiry.level,
        "start": inquiry.start,
        "question": inquiry.question,
        "phone": inquiry.phone,
        "interest": inquiry.interest,
        "said_to_be_13_to_17": inquiry.is_minor,
        "created": inquiry.created.isoformat(),
        "confirmed": inquiry.confirmed_at.isoformat() if inquiry.confirmed_at else None,
        "erased_on": inquiry.erased_on.isoformat(),
        "consents": [_exported_consent(given) for given in inquiry.consents.all()],
        "deliveries": [
            {
                "kind": delivery.kind,
                "school": delivery.consent.school_id if delivery.consent else None,
                "sent": delivery.sent_at.isoformat() if delivery.sent_at else None,
            }
            for delivery in inquiry.deliveries.all()
        ],
    }


def erase(email: str) -> int:
    """How many inquiries there were."""
    return Inquiry.objects.of(email).erase()


def _values(answers: Answers, interest: str, is_minor: bool) -> dict[str, Any]:
    return {
        "first_name": answers.first_name,
        "email": answers.email,
        "email_digest": digest(answers.email),
        "zip": answers.zip,
        "level": answers.level,
        "start": answers.start,
        "question": answers.question,
        "phone": "" if is_minor else answers.phone,
        "interest": interest[:160],
        "is_minor": is_minor,
    }


def _consent(inquiry: Inquiry, recipient: Recipient) -> Consent:
    return Consent(
        inquiry=inquiry,
        school=recipient.school,
        program=recipient.program,
        wording_version=consent.CURRENT,
        wording_hash=consent.wording_hash(recipient.school.name),
    )


def _exported_consent(given: Consent) -> dict[str, Any]:
    return {
        "school": given.school.name,
        "wording": consent.sentence(given.school.name, given.wording_version),
        "wording_version": given.wording_version,
        "wording_hash": given.wording_hash,
        "given": given.given_at.isoformat(),
    }
