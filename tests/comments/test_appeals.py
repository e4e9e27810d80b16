"""The author of a comment that is not public asks for another look, once."""

from collections.abc import Callable

import pytest
from django.test import Client

from comments import personal, posting
from comments.models import Appeal, Comment, Reader, State
from comments.moderation import Decision, move
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
QUEUE = "/admin/comments/comment/"


def appeal_url(comment: Comment) -> str:
    return f"{comment.get_absolute_url()}appeal/"


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (State.HELD, True),
        (State.HIDDEN, True),
        (State.SPAM, True),
        (State.REMOVED, True),
        (State.PUBLISHED, False),
        (State.WITHDRAWN, False),
    ],
)
def test_it_takes_one_appeal_for_what_is_not_public(state: State, may: bool) -> None:
    comment = make_comment(state=state)
    assert posting.appeal(comment, "It is true.") is may
    assert posting.appeal(comment, "Once more.") is False
    assert [one.text for one in Appeal.objects.all()] == (["It is true."] if may else [])


def test_it_leads_the_author_from_the_account_to_the_appeal(signed_in: SignedIn) -> None:
    author = make_reader()
    comment = make_comment(author=author, state=State.REMOVED)
    client = signed_in(author)
    assert appeal_url(comment) in client.get("/accounts/").text
    assert client.post(appeal_url(comment), {"text": ""}).status_code == 422
    long = client.post(appeal_url(comment), {"text": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in long.text
    answer = client.post(appeal_url(comment), {"text": "I did work there."}, follow=True)
    assert "has not answered yet" in answer.text
    assert appeal_url(comment) not in answer.text
    assert client.post(appeal_url(comment), {"text": "Again."}).status_code == 404


def test_it_is_for_the_author_alone(signed_in: SignedIn) -> None:
    comment = make_comment(state=State.HELD)
    client = signed_in(make_reader())
    assert client.post(appeal_url(comment), {"text": "Mine!"}).status_code == 404
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(("act", "state"), [("publish", State.PUBLISHED), ("leave", State.REMOVED)])
def test_it_stands_in_the_queue_until_a_moderator_answers(
    signed_in: SignedIn, act: str, state: State
) -> None:
    comment = make_comment("Removed words", state=State.REMOVED)
    client = signed_in(make_moderator())
    assert "Removed words" not in client.get(QUEUE).text
    posting.appeal(comment, "I did work there.")
    page = client.get(QUEUE).text
    assert "The author asks for another look: I did work there." in page
    assert f'value="leave:{comment.pk}"' in page
    client.post(QUEUE, {"one": f"{act}:{comment.pk}"})
    assert Appeal.objects.get().answered_at is not None
    assert Comment.objects.get().state == state
    assert "Removed words" not in client.get(QUEUE).text


def test_it_is_not_answered_by_a_filter() -> None:
    comment = make_comment(state=State.HELD)
    posting.appeal(comment, "Please look.")
    move(comment, State.SPAM, Decision(source="pipeline"))
    assert Appeal.objects.open().exists()


def test_it_tells_the_author_that_somebody_looked_again(signed_in: SignedIn) -> None:
    author = make_reader()
    comment = make_comment(author=author, state=State.HELD)
    posting.appeal(comment, "Please look.")
    move(comment, State.REMOVED, Decision(actor=make_moderator(), public_note="Still no."))
    page = signed_in(author).get("/accounts/").text
    assert "A moderator looked again" in page
    assert "Still no." in page


def test_it_is_part_of_a_readers_data_and_goes_with_it() -> None:
    author = make_reader()
    posting.appeal(make_comment(author=author, state=State.HELD), "I did work there.")
    assert personal.export(author)["comments"][0]["appeal"] == "I did work there."
    personal.erase(author)
    assert not Appeal.objects.exists()
