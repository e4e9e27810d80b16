from collections.abc import Callable

import pytest
from django.test import Client
from lxml import etree

from comments.feeds import replies_feed_url
from comments.models import Comment, Reader, State
from tests.comments.builders import make_comment, make_reader

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://127.0.0.1:8000"


def links_in(content: bytes) -> list[str]:
    entries = etree.fromstring(content).findall(f"{ATOM}entry")
    return [entry.find(f"{ATOM}link").get("href").removeprefix(SITE) for entry in entries]


def urls(*comments: Comment) -> list[str]:
    return [comment.get_absolute_url() for comment in comments]


def test_it_feeds_published_comments_newest_first(client: Client) -> None:
    first = make_comment("First *words* <b>")
    second = make_comment("Second", parent=first)
    make_comment("Held", guide=first.guide, state=State.HELD)
    answer = client.get(f"/careers/{first.guide.slug}/comments/feed/")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert [link.removeprefix("http://127.0.0.1:8000") for link in links] == [
        second.get_absolute_url(),
        first.get_absolute_url(),
    ]
    assert "<em>words</em>" in entries[1].find(f"{ATOM}summary").text
    assert first.author is not None
    assert first.author.email not in answer.text


def test_it_names_no_host_that_a_visitor_made_up(client: Client) -> None:
    comment = make_comment()
    url = f"/careers/{comment.guide.slug}/comments/feed/"
    answer = client.get(url, headers={"host": "localhost"})
    assert "http://localhost" not in answer.text


def test_it_feeds_the_newest_of_all_guides(client: Client) -> None:
    first, second = make_comment(), make_comment()
    make_comment(state=State.SPAM)
    assert links_in(client.get("/comments/feed/").content) == urls(second, first)


def test_it_feeds_a_reader_the_published_replies_of_others(client: Client) -> None:
    reader = make_reader()
    own = make_comment(author=reader)
    reply = make_comment(parent=own)
    make_comment(parent=own, author=reader)
    make_comment(parent=own, state=State.HELD)
    make_comment(parent=reply)
    answer = client.get(replies_feed_url(reader).removeprefix(SITE))
    assert links_in(answer.content) == urls(reply)
    assert "private" in answer.headers["Cache-Control"]
    assert reader.email not in answer.text


def test_it_opens_no_feed_under_a_forged_or_replaced_address(
    client: Client, signed_in: Callable[[Reader], Client]
) -> None:
    reader = make_reader()
    old = replies_feed_url(reader).removeprefix(SITE)
    account = signed_in(reader)
    assert old in account.get("/accounts/").text
    assert client.get(old[:-3] + "xx/").status_code == 404
    account.post("/accounts/replies/new/")
    assert client.get(old).status_code == 404
    reader.refresh_from_db()
    assert client.get(replies_feed_url(reader).removeprefix(SITE)).status_code == 200
