from datetime import timedelta

import pytest
from django.utils import timezone

from careers.housekeeping import CHORES
from careers.models import Correction
from tests.careers.builders import make_correction

pytestmark = pytest.mark.django_db


def test_it_does_every_chore_when_nothing_is_to_do():
    assert [chore() for _, chore in CHORES] == [0] * len(CHORES)


def test_it_forgets_networks_after_thirty_days_and_keeps_the_words():
    now = timezone.now()
    for days in (29, 31):
        row = make_correction(network="203.0.113.0/24")
        Correction.objects.filter(pk=row.pk).update(created=now - timedelta(days=days))

    assert dict(CHORES)["networks of corrections forgotten"]() == 1
    assert sorted(Correction.objects.values_list("network", flat=True)) == ["", "203.0.113.0/24"]
