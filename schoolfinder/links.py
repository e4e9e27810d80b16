"""The links in our mail: signed, so that the database holds nothing by which one could be made."""

from enum import StrEnum

from django.core import signing
from django.urls import reverse

from schoolfinder.models import Inquiry


class Purpose(StrEnum):
    """A link serves one purpose: the receipt's cannot confirm."""

    CONFIRM = "confirm"
    RECEIPT = "receipt"


def link(inquiry: Inquiry, purpose: Purpose) -> str:
    """A path; nothing personal is in it."""
    token = _signer(purpose).sign(inquiry.public_id)
    return reverse(f"schoolfinder:get_info_{purpose}", args=[token])


def find(token: str, purpose: Purpose) -> Inquiry | None:
    """None when the link is not ours, or its inquiry is erased or out of time."""
    try:
        public_id = _signer(purpose).unsign(token)
    except signing.BadSignature:
        return None
    inquiry = Inquiry.objects.filter(public_id=public_id).first()
    return None if inquiry is None or inquiry.is_expired else inquiry


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"schoolfinder.inquiry.{purpose}")
