"""Threads that are slowed down or closed: by hand, by a rule, and back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from careers.models import Version
from comments import housekeeping, moderation, posting
from comments.limits import TooOften
from comments.models import Comment, RateCount, Reader, Thread
from tests.careers.builders import make_guide
from tests.comments.builders import a_draft, make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


def in_an_hour() -> datetime:
    return timezone.now() + timedelta(hours=1)


def the_usual_pause_is_over() -> None:
    RateCount.objects.filter(key__startswith="post:").delete()


def test_it_lets_each_reader_write_once_in_a_while(
    signed_in: SignedIn, form_data: Callable[..., dict[str, Any]]
) -> None:
    guide = make_comment().guide
    moderation.set_slow(guide.pk, 600, in_an_hour())
    client, url = signed_in(make_reader()), f"/careers/{guide.slug}/comments/new/"
    assert client.post(url, form_data("The first words.")).status_code == 302
    the_usual_pause_is_over()
    answer = client.post(url, form_data("The second words."))
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 500
    assert "slow mode: one comment in 10 minutes" in answer.text
    assert "The second words." in answer.text
    assert signed_in(make_reader()).post(url, form_data("Other words.")).status_code == 302


def test_it_counts_visitors_too_and_lets_moderators_write() -> None:
    guide = make_comment().guide
    moderation.set_slow(guide.pk, 600, in_an_hour())
    visitor, moderator = make_reader(), make_moderator()
    posting.post_unconfirmed(guide, visitor, a_draft(), "net")
    with pytest.raises(TooOften):
        posting.post_unconfirmed(guide, visitor, a_draft(), "net")
    for _ in range(2):
        posting.post(guide, moderator, a_draft(), "net")
        the_usual_pause_is_over()
    assert moderator.comments.count() == 2


def test_it_says_so_on_the_page_until_housekeeping_ends_it(client: Client) -> None:
    guide = make_comment().guide
    moderation.set_slow(guide.pk, 600, in_an_hour())
    url = f"/careers/{guide.slug}/comments/"
    assert "one comment in 10 minutes" in client.get(url).text
    Thread.objects.update(slow_until=timezone.now() - timedelta(seconds=1))
    before = Version.objects.number_of(moderation.version_name(guide.pk))
    assert housekeeping.end_slow_mode() == 1
    assert housekeeping.end_slow_mode() == 0
    assert Version.objects.number_of(moderation.version_name(guide.pk)) > before
    assert "slow mode" not in client.get(url).text


@pytest.mark.parametrize(("seconds", "fine"), [(0, True), (600, False)])
def test_it_slows_nothing_without_an_end(seconds: int, fine: bool) -> None:
    thread = Thread(guide=make_guide(), slow_seconds=seconds)
    if fine:
        thread.save()
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        thread.save()


def test_it_closes_quiet_threads_by_age(client: Client, settings: Any) -> None:
    old, fresh = make_comment().guide, make_comment().guide
    Thread.objects.filter(guide=old).update(last_published=timezone.now() - timedelta(days=401))
    assert housekeeping.close_quiet_threads() == 0  # off unless the site says so
    settings.CLOSE_THREADS_AFTER_DAYS = 400
    assert housekeeping.close_quiet_threads() == 1
    assert housekeeping.close_quiet_threads() == 0
    assert not Thread.objects.get(guide=fresh).is_closed
    assert "nobody has written in it for long" in client.get(f"/careers/{old.slug}/comments/").text


def test_it_leaves_a_thread_open_that_a_moderator_opened_again(settings: Any) -> None:
    settings.CLOSE_THREADS_AFTER_DAYS = 400
    guide = make_comment().guide
    Thread.objects.update(last_published=timezone.now() - timedelta(days=401))
    housekeeping.close_quiet_threads()
    moderation.set_closed(guide.pk, None)
    assert housekeeping.close_quiet_threads() == 0
    assert Comment.objects.get().guide.thread.is_closed is False
