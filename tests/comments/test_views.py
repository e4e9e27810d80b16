import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from careers.models import FormerSlug
from comments import pages
from comments.models import Comment, Reader, State
from comments.models.threads import OnPage
from tests.comments.builders import make_comment, make_guide, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


def thread_url(comment: Comment) -> str:
    return f"/careers/{comment.guide.slug}/comments/"


def test_it_shows_a_thread_with_its_count_and_words(client: Client) -> None:
    comment = make_comment("I *like* it.", role="worker")
    page = client.get(thread_url(comment))
    assert page.status_code == 200
    assert '<h1><span id="comments-title">1 comment</span> on' in page.text
    assert "I <em>like</em> it." in page.text
    assert "Works in this field" in page.text
    assert f'id="c-{comment.public_id}"' in page.text


def test_it_sets_no_cookie_and_holds_no_token_for_a_visitor(client: Client) -> None:
    page = client.get(thread_url(make_comment()))
    assert not page.cookies
    assert "csrf" not in page.text


def test_it_gives_htmx_the_thread_alone(client: Client) -> None:
    url = thread_url(make_comment())
    page = client.get(url, headers={"HX-Request": "true", "HX-Target": "thread"})
    assert page.text.strip().startswith('<div id="thread" ')
    assert "<html" not in page.text


def test_it_finds_a_thread_under_its_guides_former_address(client: Client) -> None:
    comment = make_comment()
    FormerSlug.objects.create(slug="old-name", guide=comment.guide)
    assert client.get("/careers/old-name/comments/").status_code == 200
    assert client.get("/careers/no-name/comments/").status_code == 404


@pytest.mark.parametrize("query", ["?from=x", "?sort=x", "?from=%F0%28", "?from=" + "Z" * 5000])
def test_it_answers_odd_queries_with_the_first_page(client: Client, query: str) -> None:
    comment = make_comment()
    page = client.get(thread_url(comment) + query)
    assert page.status_code == 200
    assert comment.public_id in page.text


def test_it_refuses_a_nul_in_the_query(client: Client) -> None:
    assert client.get(thread_url(make_comment()) + "?from=%00").status_code == 400


def test_it_links_to_the_next_page_in_the_same_order(client: Client) -> None:
    guide = make_guide()
    roots = [make_comment(guide=guide) for _ in range(21)]
    page = client.get(f"/careers/{guide.slug}/comments/?sort=oldest")
    url = f"/careers/{guide.slug}/comments/?sort=oldest&amp;from={roots[20].path}"
    assert url in page.text
    assert roots[20].public_id in client.get(url.replace("&amp;", "&")).text


def test_it_gives_the_thread_as_json_the_same_for_everybody(signed_in: SignedIn) -> None:
    author = make_reader()
    comment = make_comment("Words", author=author)
    make_comment(guide=comment.guide, author=author, state=State.HELD)
    reply = make_comment(parent=comment)
    data = signed_in(author).get(f"/careers/{comment.guide.slug}/comments.json").json()
    assert [row["id"] for row in data["comments"]] == [comment.public_id, reply.public_id]
    assert data["comments"][0]["author"] == str(author)
    assert data["comments"][1]["parent"] == comment.public_id
    assert data["next"] is None
    assert author.email not in str(data)


def test_it_shows_one_comment_marked_with_what_is_below(client: Client) -> None:
    parent = make_comment()
    comment = make_comment(parent=parent)
    below = make_comment(parent=comment)
    page = client.get(comment.get_absolute_url())
    assert "is-target" in page.text
    assert below.public_id in page.text
    assert f"{parent.public_id}/" in page.text  # what it answers


@pytest.mark.parametrize("state", [State.HELD, State.SPAM, State.REMOVED, State.AWAITING])
def test_it_shows_a_comment_that_is_not_public_to_its_author_alone(
    client: Client, signed_in: SignedIn, state: State
) -> None:
    comment = make_comment("Own words", state=state)
    assert client.get(comment.get_absolute_url()).status_code == 404
    assert signed_in(make_reader()).get(comment.get_absolute_url()).status_code == 404
    assert comment.author is not None
    page = signed_in(comment.author).get(comment.get_absolute_url())
    assert "Own words" in page.text
    assert str(state.label) in page.text


def test_it_hides_a_comment_under_another_guide(client: Client) -> None:
    comment = make_comment()
    assert (
        client.get(f"/careers/{make_guide().slug}/comments/{comment.public_id}/").status_code == 404
    )


def test_it_tells_everybody_how_comments_are_moderated(client: Client) -> None:
    make_comment()
    page = client.get("/about/moderation/")
    assert page.status_code == 200
    assert "Comments published" in page.text


def words_of(text: str) -> int:
    return len(text.split())


def test_it_states_the_rules_in_about_a_hundred_words(client: Client) -> None:
    text = client.get("/about/moderation/").text
    rules = text.split("in 100 words</h2>")[1].split("</section>")[0]
    assert 85 <= words_of(rules.replace("<p>", " ").replace("</p>", " ")) <= 115


@pytest.mark.parametrize("roots", [2, 20])
def test_it_asks_a_constant_number_of_queries(
    client: Client, signed_in: SignedIn, django_assert_num_queries: Any, roots: int
) -> None:
    guide = make_guide()
    for _ in range(roots):
        make_comment(parent=make_comment(parent=make_comment(guide=guide)))
    url = f"/careers/{guide.slug}/comments/"
    with django_assert_num_queries(4):  # guide, roots, replies, thread
        client.get(url)
    moderator = signed_in(make_moderator())
    moderator.get(url)  # the first visit is written down
    with django_assert_num_queries(11):  # session, reader, rights (2), own comments and votes
        moderator.get(url)


def test_it_never_lets_a_visitor_be_an_author() -> None:
    from comments import presenters

    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(author=None)
    row = presenters.row(OnPage.of(Comment.objects.get(pk=comment.pk)), AnonymousUser())
    assert row.name == "A former reader"


def json_ld(page: str) -> Any:
    return json.loads(page.rsplit('<script type="application/ld+json">', 1)[1].split("<")[0])


def test_it_gives_machines_the_published_comments_nested(client: Client) -> None:
    root = make_comment("A & *b* </script>")
    reply = make_comment(parent=root)
    gone = make_comment("Gone words", parent=root)
    below = make_comment(parent=gone)
    Comment.objects.filter(pk=gone.pk).update(state=State.REMOVED)
    page = client.get(thread_url(root))
    article = json_ld(page.text)
    (found,) = article["comment"]
    assert found["text"] == "A & b </script>"
    assert found["author"]["name"] == str(root.author)
    assert found["upvoteCount"] == 0
    assert found["dateCreated"] == root.created.isoformat(timespec="seconds")
    answers = [one["url"] for one in found["comment"]]
    assert answers == [f"http://testserver{one.get_absolute_url()}" for one in (reply, below)]
    assert "Gone words" not in page.text


def test_it_leads_from_a_comment_to_its_place_among_the_others(client: Client) -> None:
    """On the page where it is shown, however many stand before it."""
    root = make_comment()
    replies = [make_comment(parent=root) for _ in range(14)]
    for comment in (root, replies[9], replies[10], replies[13]):
        place = pages.place_in_thread(comment)
        page = client.get(place.split("#")[0])
        assert f'id="{place.split("#")[1]}"' in page.text


def test_it_marks_what_others_wrote_since_the_last_visit(signed_in: SignedIn) -> None:
    reader, guide = make_reader(), make_guide()
    make_comment(guide=guide)
    client = signed_in(reader)
    url = f"/careers/{guide.slug}/comments/"
    assert "since your last visit" not in client.get(url).text
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        fresh = make_comment(guide=guide)
        make_comment(guide=guide, author=reader)
        page = client.get(url).text
    assert "1 new since your last visit" in page
    assert f'<a href="#c-{fresh.public_id}">To the first</a>' in page
    assert page.count('<span class="tag new">') == 1
