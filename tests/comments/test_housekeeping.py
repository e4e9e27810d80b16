from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comments.housekeeping import CHORES
from comments.models import Comment, Mail, RateCount, Reader, SignInLink, State
from tests.comments.builders import make_comment, make_reader

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def do(name: str) -> int:
    return dict(CHORES)[name]()


def test_it_does_every_chore_when_nothing_is_to_do() -> None:
    assert [chore() for _, chore in CHORES] == [0] * len(CHORES)


def test_it_forgets_networks_after_thirty_days() -> None:
    now = timezone.now()
    make_comment(network="203.0.113.0/24", created=now - 31 * DAY)
    make_comment(network="203.0.113.0/24", created=now - 29 * DAY)
    assert do("networks forgotten") == 1
    assert sorted(Comment.objects.values_list("network", flat=True)) == ["", "203.0.113.0/24"]


def test_it_erases_what_nobody_confirmed_in_two_days() -> None:
    now = timezone.now()
    with time_machine.travel(now - 3 * DAY):
        ghost = Reader.objects.for_sign_in("ghost@example.com")
        make_comment(author=ghost, state=State.AWAITING)
        confirmed = make_reader()
        kept = make_comment(author=confirmed, state=State.AWAITING, created=now)
        held = make_comment(state=State.HELD)
    assert do("unconfirmed comments and readers erased") == 2
    assert set(Comment.objects.all()) == {kept, held}
    assert not Reader.objects.filter(pk=ghost.pk).exists()
    assert Reader.objects.filter(pk=confirmed.pk).exists()


def test_it_closes_rate_windows() -> None:
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        RateCount.objects.count_one("old", 60)
        RateCount.objects.count_one("new", 600)
        clock.shift(61)
        assert do("rate windows closed") == 1
    assert RateCount.objects.get().key == "new"


def test_it_forgets_old_mail_and_links() -> None:
    long_ago = timezone.now() - 31 * DAY
    Mail.objects.create(to="a@example.com", sender="us", subject="s", due=None, created=long_ago)
    Mail.objects.create(to="b@example.com", sender="us", subject="s", body="waits")
    with time_machine.travel(long_ago):
        SignInLink.issue(make_reader())
    assert do("old mail forgotten") == 1
    assert do("old sign-in links forgotten") == 1
    assert Mail.objects.get().to == "b@example.com"
