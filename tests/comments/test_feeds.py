import pytest
from django.test import Client
from lxml import etree

from comments.models import State
from tests.comments.builders import make_comment

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


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
