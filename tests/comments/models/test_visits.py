from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from comments.models import ThreadVisit
from tests.comments.builders import make_guide, make_reader

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_it_remembers_the_last_look_of_the_visit_before() -> None:
    reader, guide = make_reader(), make_guide()
    minutes = (0, 10, 20, 90, 100, 200)
    arrive = ThreadVisit.objects.arrive
    answers = [arrive(reader, guide, NOW + timedelta(minutes=minute)) for minute in minutes]
    assert answers[:3] == [None, None, None]
    assert answers[3] == answers[4] == NOW + timedelta(minutes=20)
    assert answers[5] == NOW + timedelta(minutes=100)


def test_it_keeps_visits_of_readers_and_guides_apart() -> None:
    reader, guide = make_reader(), make_guide()
    ThreadVisit.objects.arrive(reader, guide, NOW)
    later = NOW + timedelta(hours=2)
    assert ThreadVisit.objects.arrive(reader, make_guide(), later) is None
    assert ThreadVisit.objects.arrive(make_reader(), guide, later) is None


def test_it_refuses_a_visit_that_ends_before_the_one_before() -> None:
    values = {"reader": make_reader(), "guide": make_guide(), "seen": NOW}
    ThreadVisit.objects.create(**values, before=NOW)
    with pytest.raises(IntegrityError):
        ThreadVisit.objects.filter(seen=NOW).update(before=NOW + timedelta(seconds=1))
