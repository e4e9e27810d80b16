"""Taking in what readers think is wrong: once, and not without end."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from careers.models import Correction, Guide
from careers.models.corrections import digest

MOST_A_DAY = 20  # from one network; a class may well read together
DAY = timedelta(days=1)


class TooMany(Exception):
    """This network has suggested enough for a day."""


def suggest(guide: Guide, part: str, text: str, network: str) -> Correction:
    """Store the suggestion; what was said before is found again and counts nothing."""
    key = digest(part, text)
    with transaction.atomic():
        Correction.objects.hold_back_others(network)
        known = Correction.objects.filter(guide=guide, digest=key).first()
        if known:
            return known
        since = timezone.now() - DAY
        if Correction.objects.from_network(network, since).count() >= MOST_A_DAY:
            raise TooMany
        stored, _ = Correction.objects.get_or_create(
            guide=guide, digest=key, defaults={"part": part, "text": text, "network": network}
        )
        return stored
