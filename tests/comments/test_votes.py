"""Helpful votes: one a reader, exact, in place with htmx and on pages of their own without."""

from collections.abc import Callable

import pytest
from django.test import Client

from careers.models import Version
from comments import moderation, personal, posting
from comments.models import Comment, HelpfulVote, Reader, State
from tests.comments.builders import make_comment, make_guide, make_reader
from tests.comments.test_moderation import at_once

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


def votes_of(comment: Comment) -> int:
    return Comment.objects.get(pk=comment.pk).helpful


def vote_url(comment: Comment) -> str:
    return f"{comment.get_absolute_url()}helpful/"


def test_it_counts_one_vote_a_reader_and_takes_it_back() -> None:
    comment, reader = make_comment(), make_reader()
    name = moderation.version_name(comment.guide_id)
    counts, versions = [], []
    for helps in (True, True, False, False):
        posting.vote(comment, reader, helps=helps)
        counts.append(votes_of(comment))
        versions.append(Version.objects.number_of(name))
    assert counts == [1, 1, 0, 0]
    assert versions[0] == versions[1] < versions[2] == versions[3]


@pytest.mark.django_db(transaction=True)
def test_it_counts_forty_readers_at_once_as_forty() -> None:
    comment = make_comment()
    readers = [make_reader() for _ in range(40)]

    def act(reader: Reader) -> Callable[[], None]:
        return lambda: posting.vote(comment, reader, helps=True)

    results = at_once([act(reader) for reader in readers], threads_at_most=40)
    assert [result for result in results if result is not None] == []
    assert votes_of(comment) == HelpfulVote.objects.count() == 40


def test_it_votes_by_a_page_of_its_own_without_javascript(signed_in: SignedIn) -> None:
    comment = make_comment()
    client = signed_in(make_reader())
    assert "Yes, it helped" in client.get(vote_url(comment)).text
    answer = client.post(vote_url(comment), {"helps": "yes"})
    assert answer.headers["Location"] == f"{comment.get_absolute_url()}#c-{comment.public_id}"
    assert votes_of(comment) == 1
    assert "Take my vote back" in client.get(vote_url(comment)).text


def test_it_swaps_the_button_in_place_with_htmx(signed_in: SignedIn) -> None:
    comment = make_comment()
    client = signed_in(make_reader())
    page = client.get(f"/careers/{comment.guide.slug}/comments/").text
    assert f'id="vote-{comment.public_id}"' in page
    button = client.post(vote_url(comment), {"helps": "yes"}, headers={"HX-Request": "true"}).text
    assert button.startswith(f'<form class="vote" id="vote-{comment.public_id}"')
    assert 'aria-pressed="true">Helpful <b class="num">1</b>' in button
    assert 'aria-pressed="true"' in client.get(f"/careers/{comment.guide.slug}/comments/").text


def test_it_shows_visitors_the_number_and_asks_them_to_sign_in(client: Client) -> None:
    comment = make_comment()
    posting.vote(comment, make_reader(), helps=True)
    page = client.get(f"/careers/{comment.guide.slug}/comments/").text
    assert f'href="{vote_url(comment)}"' in page
    assert "Helpful 1" in page
    assert "csrf" not in page
    assert client.post(vote_url(comment)).headers["Location"].startswith("/accounts/login/")
    assert votes_of(comment) == 1


def test_it_takes_no_vote_for_an_own_comment_or_one_that_is_gone(signed_in: SignedIn) -> None:
    reader = make_reader()
    own, gone = make_comment(author=reader), make_comment(state=State.REMOVED)
    client = signed_in(reader)
    assert client.post(vote_url(own), {"helps": "yes"}).status_code == 404
    assert client.post(vote_url(gone), {"helps": "yes"}).status_code == 404
    assert not HelpfulVote.objects.exists()


def test_it_takes_the_votes_of_an_erased_reader_away() -> None:
    comment, reader = make_comment(), make_reader()
    posting.vote(comment, reader, helps=True)
    assert personal.export(reader)["found_helpful"] == [comment.public_id]
    personal.erase(reader)
    assert votes_of(comment) == 0


def test_it_pages_through_the_most_helpful_first(client: Client) -> None:
    guide = make_guide()
    roots = [make_comment(f"Root {number}", guide=guide) for number in range(45)]
    reply = make_comment("A reply", parent=roots[7])
    for number, root in enumerate(roots):
        Comment.objects.filter(pk=root.pk).update(helpful=number % 5)
    url = f"/careers/{guide.slug}/comments.json?sort=helpful"
    ids, start = [], ""
    while start is not None:
        page = client.get(f"{url}&from={start}").json()
        ids += [row["id"] for row in page["comments"]]
        start = page["next"]
    wanted = sorted(roots, key=lambda root: (roots.index(root) % 5, root.pk), reverse=True)
    assert [one for one in ids if one != reply.public_id] == [root.public_id for root in wanted]
    assert ids[ids.index(roots[7].public_id) + 1] == reply.public_id


@pytest.mark.parametrize("start", ["0000000A", "9.zzz", "9999999999.0000000A", "1.", "' OR 1"])
def test_it_starts_at_the_top_for_a_start_that_is_none(client: Client, start: str) -> None:
    comment = make_comment()
    url = f"/careers/{comment.guide.slug}/comments.json"
    page = client.get(url, {"sort": "helpful", "from": start}).json()
    assert [row["id"] for row in page["comments"]] == [comment.public_id]
