"""Limits hold across processes, while reading is never limited.

Each thread here has a database connection of its own and shares nothing with the others but the
database, which is all that processes share.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments import posting
from comments.models import Comment, Reader
from tests.comments.builders import a_draft, make_comment, make_guide, make_reader
from tests.comments.test_moderation import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FormData = Callable[..., dict[str, Any]]
ONE_NETWORK = "203.0.113.7"


def test_it_stores_at_most_forty_of_a_flood_from_one_network(
    signed_in: Callable[[Reader], Client], form_data: FormData
) -> None:
    """Sixty readers, four at a time, through the form; each told when to come back."""
    guide = make_guide()
    url = f"/careers/{guide.slug}/comments/new/"
    clients = [signed_in(make_reader()) for _ in range(60)]

    def flood(own: list[tuple[int, Client]]) -> Callable[[], list[Any]]:
        def act() -> list[Any]:
            words = "Comment number {} of a flood that nobody asked for."
            return [
                client.post(url, form_data(words.format(number)), REMOTE_ADDR=ONE_NETWORK)
                for number, client in own
            ]

        return act

    numbered = list(enumerate(clients))
    answers = [a for part in at_once([flood(numbered[n::4]) for n in range(4)]) for a in part]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert Comment.objects.count() == 40
    assert len(refused) == 20
    assert all(1 <= int(answer.headers["Retry-After"]) <= 600 for answer in refused)
    assert all("of a flood that nobody asked for." in answer.text for answer in refused)
    reading = Client().get(f"/careers/{guide.slug}/comments/", REMOTE_ADDR=ONE_NETWORK)
    assert reading.status_code == 200


def test_it_lets_one_reader_post_once_however_many_forms_arrive_together() -> None:
    guide, reader = make_guide(), make_reader()
    drafts = [a_draft() for _ in range(8)]

    def post(number: int) -> Callable[[], Comment]:
        return lambda: posting.post(guide, reader, drafts[number], "net")

    results = at_once([post(number) for number in range(8)])
    assert sum(isinstance(result, Comment) for result in results) == 1
    assert Comment.objects.count() == 1


def test_it_never_limits_reading() -> None:
    comment = make_comment()
    url = f"/careers/{comment.guide.slug}/comments/"
    answers = {Client().get(url, REMOTE_ADDR=ONE_NETWORK).status_code for _ in range(60)}
    assert answers == {200}
