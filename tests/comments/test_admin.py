from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, ModerationAction, Reader, State, Thread
from comments.moderation import Decision, move
from tests.comments.builders import make_comment, make_moderator, make_reader, make_report

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
QUEUE = "/admin/comments/comment/"


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def act(client: Client, action: str, *comments: Comment, **values: str) -> Any:
    seen = {f"seen-{comment.pk}": comment.state_version for comment in comments}
    data = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    answer = client.post(f"{QUEUE}?queue=all", data | seen | values, follow=True)
    return sure(client, answer) if 'name="picked"' in answer.text else answer


def sure(client: Client, page: Any) -> Any:
    """Press the button of the page that counts first."""
    shown = page.context_data
    data = {"act": shown["act"], "picked": shown["picked"], "filters": shown["filters"]}
    decision = {name: shown["form"].data.get(name, "") for name in ("reason", "public_note")}
    return client.post(f"{QUEUE}decide/", data | decision, follow=True)


def test_it_lists_what_waits_with_its_reasons(signed_in: SignedIn) -> None:
    held = make_comment(
        "Held *words*",
        state=State.HELD,
        signals=[{"name": "links", "words": "2 links", "points": 3.0}],
    )
    reported = make_comment("Reported words")
    make_report(reported, reason="personal")
    make_comment("Fine words")
    page = signed_in(make_moderator()).get(QUEUE).text
    assert "Held <em>words</em>" in page
    assert "2 links <b>+3.0</b>" in page
    assert "Reported: names or exposes a person." in page
    assert "Fine words" not in page
    assert page.index("Reported words") < page.index(f"m-{held.pk}")


@pytest.mark.parametrize(
    ("action", "state"),
    [("publish", State.PUBLISHED), ("mark_spam", State.SPAM), ("remove", State.REMOVED)],
)
def test_it_decides_several_at_once_with_a_reason(
    signed_in: SignedIn, action: str, state: State
) -> None:
    moderator = make_moderator()
    comments = [make_comment(state=State.HELD) for _ in range(3)]
    answer = act(signed_in(moderator), action, *comments, reason="rude", public_note="Be kind.")
    assert "3 comments" in answer.text
    assert {state_of(comment) for comment in comments} == {state}
    decisions = ModerationAction.objects.filter(actor=moderator)
    assert {(one.reason, one.public_note) for one in decisions} == {("rude", "Be kind.")}
    assert len({one.batch for one in decisions}) == 1


def test_it_decides_one_by_its_own_button(signed_in: SignedIn) -> None:
    held, other = make_comment(state=State.HELD), make_comment(state=State.HELD)
    client = signed_in(make_moderator())
    data = {"one": f"mark_spam:{held.pk}", "_selected_action": [other.pk], f"seen-{held.pk}": 1}
    assert client.post(QUEUE, data).status_code == 302
    assert (state_of(held), state_of(other)) == (State.SPAM, State.HELD)


@pytest.mark.parametrize("one", ["delete_selected:1", "mark_spam:x", "mark_spam:", "act:1", ""])
def test_it_takes_no_other_act(signed_in: SignedIn, one: str) -> None:
    comment = make_comment(state=State.HELD)
    assert signed_in(make_moderator()).post(QUEUE, {"one": one}).status_code == 302
    assert state_of(comment) == State.HELD


def test_it_shows_the_second_moderator_the_first_ones_decision(signed_in: SignedIn) -> None:
    comment = make_comment(state=State.HELD)
    move(comment, State.PUBLISHED, Decision(actor=make_moderator("First Mod")))
    answer = act(signed_in(make_moderator("Second Mod")), "mark_spam", comment)
    assert "Not done: First Mod moved" in answer.text
    assert state_of(comment) == State.PUBLISHED


def test_it_says_when_a_comment_was_edited_meanwhile(signed_in: SignedIn) -> None:
    comment = make_comment()
    Comment.objects.update(state_version=9, edited_at="2126-01-01T00:00Z")
    answer = act(signed_in(make_moderator()), "mark_spam", comment)
    assert "was edited while you looked" in answer.text
    assert state_of(comment) == State.PUBLISHED


def test_it_takes_a_whole_batch_back_with_one_button(signed_in: SignedIn) -> None:
    client = signed_in(make_moderator())
    comments = [make_comment() for _ in range(4)]
    act(client, "mark_spam", *comments)
    page = client.get(QUEUE).text
    assert "4 comments → spam" in page
    undo = page.split('class="last-batch" method="post" action="')[1].split('"')[0]
    assert client.get(undo).status_code == 405
    client.post(undo)
    assert {state_of(comment) for comment in comments} == {State.PUBLISHED}
    assert 'class="last-batch"' not in client.get(QUEUE).text


def test_it_keeps_a_reported_comment_and_answers_the_reports(signed_in: SignedIn) -> None:
    comment = make_comment()
    make_report(comment)
    act(signed_in(make_moderator()), "publish", Comment.objects.get())
    comment.refresh_from_db()
    assert (comment.state, comment.open_reports) == (State.PUBLISHED, 0)
    assert comment.reports.get().outcome == "dismissed"


def test_it_finds_a_comment_by_its_address(signed_in: SignedIn) -> None:
    comment, _ = make_comment("Looked for"), make_comment("Not looked for")
    address = f"http://127.0.0.1:8000{comment.get_absolute_url()}#c"
    page = signed_in(make_moderator()).get(QUEUE, {"q": address}).text
    assert "Looked for" in page
    assert "Not looked for" not in page


def test_it_shows_the_full_record_of_a_comment(signed_in: SignedIn) -> None:
    comment = make_comment(state=State.HELD)
    decision = Decision(actor=make_moderator("First Mod"), private_note="Third time.")
    move(comment, State.REMOVED, decision)
    page = signed_in(make_moderator()).get(f"{QUEUE}{comment.pk}/change/").text
    assert "First Mod" in page
    assert "Third time." in page
    assert 'name="_save"' not in page


def test_it_changes_no_comment_but_by_a_decision(signed_in: SignedIn) -> None:
    comment = make_comment("Own words")
    client = signed_in(make_moderator())
    client.post(f"{QUEUE}{comment.pk}/change/", {"source": "Other words", "state": "removed"})
    comment.refresh_from_db()
    assert (comment.source, comment.state) == ("Own words", State.PUBLISHED)
    assert client.get(f"{QUEUE}{comment.pk}/delete/").status_code == 403
    assert client.get(f"{QUEUE}add/").status_code == 403


def test_it_lets_readers_decide_nothing(signed_in: SignedIn) -> None:
    comment = make_comment(state=State.HELD)
    client = signed_in(make_reader())
    client.post(QUEUE, {"one": f"publish:{comment.pk}"})
    assert state_of(comment) == State.HELD


def test_it_closes_and_opens_a_thread(signed_in: SignedIn) -> None:
    thread = Thread.objects.get(guide=make_comment().guide)
    client = signed_in(make_moderator())
    for action, closed in (("close", True), ("open", False)):
        data = {"action": action, "_selected_action": [thread.pk]}
        client.post("/admin/comments/thread/", data)
        thread.refresh_from_db()
        assert thread.is_closed is closed


@pytest.mark.parametrize("comments", [2, 20])
def test_it_asks_a_constant_number_of_queries(
    signed_in: SignedIn, django_assert_num_queries: Any, comments: int
) -> None:
    for _ in range(comments):
        make_report(make_comment(parent=make_comment()))
    client = signed_in(make_moderator())
    client.get(QUEUE)  # content types are read once
    with django_assert_num_queries(14):
        client.get(QUEUE)


def test_it_works_under_the_strict_policy(signed_in: SignedIn) -> None:
    make_comment(state=State.HELD)
    page = signed_in(make_moderator()).get(QUEUE)
    nonce = page.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    tags = [
        tag for tag in page.text.split("<") if tag.startswith(("script", 'link rel="stylesheet'))
    ]
    assert tags
    assert all(nonce in tag for tag in tags)
    assert " style=" not in page.text
    assert " onclick=" not in page.text
