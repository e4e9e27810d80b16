"""What `manage.py housekeeping` does for Get Info. Each chore says how much it did."""

from collections.abc import Callable

from django.utils import timezone

from schoolfinder.deliveries import deliver_due
from schoolfinder.models import Inquiry, InquiryCount
from schoolfinder.models.inquiries import KEPT_FOR, UNCONFIRMED_FOR


def erase_unconfirmed() -> int:
    return Inquiry.objects.unconfirmed_since(timezone.now() - UNCONFIRMED_FOR).erase()


def erase_old() -> int:
    return Inquiry.objects.older_than(timezone.now() - KEPT_FOR).erase()


def close_rate_windows() -> int:
    return InquiryCount.objects.closed().delete()[0]


CHORES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("unconfirmed inquiries erased", erase_unconfirmed),
    ("old inquiries erased", erase_old),
    ("inquiries delivered", deliver_due),
    ("inquiries' rate windows closed", close_rate_windows),
)
