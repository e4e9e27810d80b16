from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments import markup, mentions, notifications, personal, posting
from comments.models import Comment, Mention, Pace, Reader, State
from tests.careers.builders import make_guide
from tests.comments.builders import a_draft, make_comment, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


def written(text: str, author: Reader | None = None, parent: Comment | None = None) -> Comment:
    guide = parent.guide if parent else make_guide()
    draft = a_draft(text, parent=parent)
    return posting.post(guide, author or make_reader(), draft, "192.0.2.0/24")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks @Mo Dee, that helps.",
        "@mo dee",
        "(@MO DEE)",
        "Ask @Mo Dee.",
        "What @Mo Dee’s friend said",
        "> @Mo Dee",
        "*@Mo Dee*",
    ],
)
def test_it_links_a_name_to_the_profile(text: str) -> None:
    reader = make_reader("Mo Dee")
    comment = written(text)
    assert f'<a href="/readers/{reader.public_id}/" rel="ugc nofollow noopener">@' in comment.html
    assert comment.mentions.get().reader == reader


@pytest.mark.parametrize(
    "text",
    [
        "mail me@Mo Dee",
        "`@Mo Dee`",
        "[@Mo Dee](https://example.com)",
        "@Mo Deeds",
        "Mo Dee",
        "@@Mo Dee",
    ],
)
def test_it_leaves_alone_what_names_nobody(text: str) -> None:
    make_reader("Mo Dee")
    comment = written(text)
    assert "/readers/" not in comment.html
    assert not Mention.objects.exists()


def test_it_takes_the_longest_name() -> None:
    make_reader("Mo")
    longer = make_reader("Mo Dee")
    assert written("@Mo Dee said so").mentions.get().reader == longer


def test_it_does_not_guess_between_readers_of_one_name() -> None:
    first, second = make_reader("Sam"), make_reader("Sam")
    assert not written("@Sam hello").mentions.exists()
    parent = make_comment(author=second)
    make_comment(guide=parent.guide)
    assert written("@Sam hello", parent=parent).mentions.get().reader == second
    beside = make_comment(guide=parent.guide)
    assert written("@Sam hello", parent=beside).mentions.get().reader == second
    make_comment(guide=parent.guide, author=first)
    assert not written("@Sam hello", parent=beside).mentions.exists()


def test_it_names_published_readers_other_than_oneself() -> None:
    author = make_reader("Ann")
    make_reader("Newcomer", published=0)
    make_reader("Gone", is_active=False)
    assert not written("@Ann @Newcomer @Gone", author).mentions.exists()


def test_it_names_so_many_at_most_and_fewer_when_new() -> None:
    names = [f"Number{number}" for number in range(8)]
    for name in names:
        make_reader(name)
    text = " and ".join(f"@{name}" for name in names)
    assert written(text).mentions.count() == mentions.MOST
    assert written(text, make_reader(published=0)).mentions.count() == mentions.MOST_WHEN_NEW


def test_it_asks_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    for number in range(20):
        make_reader(f"Number{number}")
    guide = make_guide()
    for times in (1, 20):
        text = " and ".join(f"@Number{number}" for number in range(times))
        with django_assert_num_queries(1):
            mentions.find(text, None, None, guide.pk)


def test_it_asks_nothing_for_a_text_without_names(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert mentions.find("Write to me@example.com", None, None, 1) == []


def test_it_mails_who_wants_it_and_nobody_else() -> None:
    wants, quiet = make_reader("Wants"), make_reader("Quiet")
    Reader.objects.filter(pk=wants.pk).update(mention_mail=Pace.AT_ONCE)
    written("@Wants and @Quiet")
    notifications.tell_followers()
    notifications.deliver_due()
    assert [message.to for message in mail.outbox] == [[wants.email]]
    assert "mentioned you" in mail.outbox[0].subject
    assert quiet.mentions.exists()


def test_it_mails_a_name_that_an_edit_added_and_the_first_one_not_again() -> None:
    for name in ("First", "Second"):
        reader = make_reader(name)
        Reader.objects.filter(pk=reader.pk).update(mention_mail=Pace.AT_ONCE)
    comment = written("@First")
    notifications.tell_followers()
    posting.edit(comment, a_draft("@First and @Second"))
    notifications.tell_followers()
    notifications.deliver_due()
    assert [message.to[0] for message in mail.outbox] == [
        Reader.objects.get(display_name=name).email for name in ("First", "Second")
    ]
    posting.edit(comment, a_draft("Nobody"))
    assert not comment.mentions.exists()


def test_it_stops_mail_about_mentions_by_the_mails_own_link() -> None:
    reader = make_reader("Wants")
    Reader.objects.filter(pk=reader.pk).update(mention_mail=Pace.AT_ONCE)
    comment = written("@Wants")
    notifications.tell_followers()
    notifications.deliver_due()
    url = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert "comments that mention you" in Client().get(f"/{url}").text
    Client().post(f"/{url}")
    reader.refresh_from_db()
    assert reader.mention_mail == ""
    assert comment.mentions.exists()


def test_it_takes_the_link_out_when_the_named_account_is_erased() -> None:
    reader = make_reader("Mo Dee")
    comment = written("Thanks @Mo Dee, and @Other")
    personal.erase(reader)
    comment.refresh_from_db()
    assert "/readers/" not in comment.html
    assert "@Mo Dee" in comment.html


def test_it_shows_links_to_names_in_the_preview(signed_in: SignedIn, form_data: Any) -> None:
    reader = make_reader("Mo Dee")
    url = f"/careers/{make_guide().slug}/comments/new/"
    page = signed_in(make_reader()).post(url, form_data("@Mo Dee hello", preview="1"))
    assert f"/readers/{reader.public_id}/" in page.text


@pytest.mark.parametrize(
    "url", ["/admin/", "//evil.example/", "/readers/", "readers/aaaaaaaaaa/", "?x"]
)
def test_it_lets_nobody_link_to_other_addresses_of_this_site(url: str) -> None:
    assert "href" not in markup.render(f"[click]({url})")


# The profile --------------------------------------------------------------------------------


def test_it_shows_name_and_published_comments_and_nothing_else(client: Client) -> None:
    reader = make_reader("Mo Dee", email="secret@example.com")
    shown = make_comment("Seen by all.", author=reader)
    make_comment("Not yet seen.", author=reader, state=State.HELD)
    page = client.get(f"/readers/{reader.public_id}/")
    assert page.status_code == 200
    assert "Mo Dee" in page.text
    assert shown.html in page.text
    assert "Not yet seen." not in page.text
    assert "secret@example.com" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_it_has_no_page_for_who_was_never_published(client: Client) -> None:
    reader = make_reader(published=0)
    make_comment(author=reader, state=State.HELD)
    assert client.get(f"/readers/{reader.public_id}/").status_code == 404
    assert client.get("/readers/nobody/").status_code == 404


def test_it_pages_with_the_same_queries(client: Client, django_assert_num_queries: Any) -> None:
    reader, guide = make_reader(), make_guide()
    made = [make_comment(author=reader, guide=guide) for _ in range(25)]
    with django_assert_num_queries(3):
        first = client.get(f"/readers/{reader.public_id}/?from=")
    assert made[24].html in first.text
    assert f"?from={made[4].public_id}" in first.text
    second = client.get(f"/readers/{reader.public_id}/?from={made[4].public_id}")
    assert made[4].html in second.text
    assert made[5].html not in second.text
    assert client.get(f"/readers/{reader.public_id}/?from=%F0&from=zz").status_code == 200


def test_it_links_names_beside_comments_to_profiles(client: Client) -> None:
    comment = make_comment(author=make_reader("Mo Dee"))
    assert comment.author is not None
    page = client.get(comment.get_absolute_url()).text
    assert f'<a href="/readers/{comment.author.public_id}/" rel="nofollow">Mo Dee</a>' in page


def test_it_drops_a_removed_comment_from_the_profile_at_once(client: Client) -> None:
    comment = make_comment("To be taken back.")
    assert comment.author is not None
    make_comment(author=comment.author)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        posting.withdraw(comment)
    assert "To be taken back." not in client.get(f"/readers/{comment.author.public_id}/").text
