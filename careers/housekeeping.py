"""What `manage.py housekeeping` does for careers. Each chore says how much it did."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from careers.models import Correction

NETWORK_FOR = timedelta(days=30)


def forget_networks() -> int:
    old = Correction.objects.exclude(network="").filter(created__lt=timezone.now() - NETWORK_FOR)
    return old.update(network="")


CHORES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("networks of corrections forgotten", forget_networks),
)
