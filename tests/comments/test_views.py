from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from careers.models import FormerSlug
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
    assert "1 comment on" in page.text
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
    assert page.text.strip().startswith('<div id="thread">')
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
    with django_assert_num_queries(10):  # session, reader, rights (2), own comments and votes
        moderator.get(url)


def test_it_never_lets_a_visitor_be_an_author() -> None:
    from comments import presenters

    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(author=None)
    row = presenters.row(OnPage.of(Comment.objects.get(pk=comment.pk)), AnonymousUser())
    assert row.name == "A former reader"
