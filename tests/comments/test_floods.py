"""Limits hold across processes, while reading is never limited.

Each thread here has a database connection of its own and shares nothing with the others but the
database, which is all that processes share.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client, RequestFactory

from careers.networks import network_of
from comments import posting
from comments.limits import TooOften
from comments.models import Comment, Reader
from tests.comments.builders import a_draft, make_comment, make_guide, make_reader
from tests.comments.test_moderation import at_once, insisting

pytestmark = pytest.mark.django_db(transaction=True)
FormData = Callable[..., dict[str, Any]]
ONE_NETWORK = "203.0.113.7"


def test_it_stores_at_most_forty_of_a_flood_from_one_network(
    signed_in: Callable[[Reader], Client], form_data: FormData
) -> None:
    """Two hundred in a minute; whoever comes too late is told when to come back."""
    guide = make_guide()
    readers = [make_reader() for _ in range(200)]
    network = network_of(RequestFactory().get("/", REMOTE_ADDR=ONE_NETWORK))
    drafts = [a_draft(f"Number {number} of a flood.") for number in range(len(readers))]
    acts = [
        partial(insisting, posting.post, guide, reader, draft, network)
        for reader, draft in zip(readers, drafts, strict=True)
    ]
    results = at_once(acts, threads_at_most=4)
    assert Comment.objects.count() == 40
    assert sum(isinstance(result, TooOften) for result in results) == 160

    form = form_data("Words of somebody who was only late.")
    late = signed_in(make_reader()).post(
        f"/careers/{guide.slug}/comments/new/", form, REMOTE_ADDR=ONE_NETWORK
    )
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 600
    assert "Words of somebody who was only late." in late.text
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
