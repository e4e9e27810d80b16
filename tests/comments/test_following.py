import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from careers.models import Guide
from comments import following, moderation, notifications, posting
from comments.following import send_digests, stop_url
from comments.models import Announcement, Comment, Follow, Mail, Notice, Pace, Reader, State
from comments.moderation import Decision
from tests.careers.builders import make_guide
from tests.comments.builders import a_draft, make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]


def follower(guide: Guide, name: str = "", pace: str = Pace.AT_ONCE) -> Reader:
    reader = make_reader(name)
    following.follow(reader, guide.pk, None, pace)
    return reader


def send_all() -> list[str]:
    """What housekeeping does now: tell, write daily mail, deliver. Returns who got mail."""
    before = len(mail.outbox)
    notifications.tell_followers()
    send_digests()
    notifications.deliver_due()
    return sorted(message.to[0] for message in mail.outbox[before:])


def test_it_mails_followers_of_the_thread_once() -> None:
    guide = make_guide()
    reader = follower(guide)
    make_comment("The *night* shift pays more.", guide=guide, author=make_reader("Ann Lee"))
    assert send_all() == [reader.email]
    assert send_all() == []
    message = mail.outbox[-1]
    assert message.subject == f"Ann Lee wrote: {guide.title} · Fieldguide"
    assert "The night shift pays more." in message.body
    assert reader.notices.get().mailed_at is not None


def test_it_mails_at_once_after_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    guide = make_guide()
    reader = follower(guide)
    author = make_reader()
    with django_capture_on_commit_callbacks(execute=True):
        posting.post(guide, author, a_draft(), "192.0.2.0/24")
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [[reader.email]]


def test_it_mails_the_author_of_the_answered_comment_but_not_of_those_above() -> None:
    first = make_comment(author=make_reader("One"))
    second = make_comment(parent=first, author=make_reader("Two"))
    for comment in (first, second):
        assert comment.author is not None
        following.follow(comment.author, comment.guide_id, comment, Pace.AT_ONCE)
    make_comment(parent=second, author=make_reader("Three"))
    assert second.author is not None
    assert send_all() == [second.author.email]
    assert mail.outbox[-1].subject.startswith("Three answered you")


def test_it_never_mails_an_author_about_their_own() -> None:
    guide = make_guide()
    reader = follower(guide)
    own = make_comment(guide=guide, author=reader)
    following.follow(reader, guide.pk, own, Pace.AT_ONCE)
    make_comment(parent=own, author=reader)
    assert send_all() == []
    assert not Notice.objects.exists()


def test_it_sends_one_mail_when_several_follows_match() -> None:
    parent = make_comment()
    reader = parent.author
    assert reader is not None
    following.follow(reader, parent.guide_id, None, Pace.DAILY)
    following.follow(reader, parent.guide_id, parent, Pace.AT_ONCE)
    make_comment(parent=parent)
    assert send_all() == [reader.email]
    assert Notice.objects.get().why == Notice.Why.REPLY


@pytest.mark.parametrize("state", [State.HELD, State.SPAM, State.AWAITING])
def test_it_tells_nobody_of_what_is_not_published(state: State) -> None:
    guide = make_guide()
    follower(guide)
    make_comment(guide=guide, state=state)
    assert send_all() == []


def test_it_tells_of_a_held_comment_once_it_is_published() -> None:
    guide = make_guide()
    reader = follower(guide)
    held = make_comment(guide=guide, state=State.HELD)
    assert send_all() == []
    moderation.move(held, State.PUBLISHED, Decision(actor=make_moderator()))
    assert send_all() == [reader.email]


def test_it_tells_nobody_of_what_was_hidden_before_the_mail_left() -> None:
    guide = make_guide()
    follower(guide)
    comment = make_comment(guide=guide)
    notifications.tell_followers()
    moderation.move(comment, State.REMOVED, Decision(actor=make_moderator()))
    assert send_all() == []
    assert Mail.objects.get().body == ""


def test_it_does_not_tell_again_when_a_removal_is_undone() -> None:
    guide = make_guide()
    follower(guide)
    comment = make_comment(guide=guide)
    assert len(send_all()) == 1
    moderation.move(comment, State.HIDDEN, Decision(source="reports"))
    moderation.move(comment, State.PUBLISHED, Decision(actor=make_moderator()))
    assert send_all() == []


def test_it_tells_after_a_removal_that_came_before_anybody_was_told() -> None:
    guide = make_guide()
    reader = follower(guide)
    comment = make_comment(guide=guide)
    moderation.move(comment, State.HIDDEN, Decision(source="reports"))
    assert send_all() == []
    moderation.move(comment, State.PUBLISHED, Decision(actor=make_moderator()))
    assert send_all() == [reader.email]


def test_it_tells_nobody_of_what_was_written_a_month_ago_or_before_they_followed() -> None:
    guide = make_guide()
    comment = make_comment(guide=guide)
    follower(guide)
    assert comment.is_published
    assert send_all() == []
    make_comment(guide=guide, created=timezone.now() - timedelta(days=31))
    assert send_all() == []


@pytest.mark.parametrize("why", ["unproven", "closed"])
def test_it_writes_to_proven_mailboxes_of_open_accounts_only(why: str) -> None:
    guide = make_guide()
    reader = follower(guide)
    if why == "unproven":
        EmailAddress.objects.filter(user=reader).update(verified=False)
    else:
        Reader.objects.filter(pk=reader.pk).update(is_active=False)
    make_comment(guide=guide)
    assert send_all() == []


def test_it_collects_a_day_of_news_into_one_mail() -> None:
    guide = make_guide()
    reader = follower(guide, pace=Pace.DAILY)
    for number in range(3):
        make_comment(f"News number {number}.", guide=guide)
    assert send_all() == []
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert send_all() == [reader.email]
        assert send_all() == []
    assert mail.outbox[-1].subject.startswith("3 new comments")
    assert all(f"News number {number}." in mail.outbox[-1].body for number in range(3))


def test_it_leaves_out_of_the_daily_mail_what_is_gone_even_at_the_last_moment() -> None:
    guide = make_guide()
    follower(guide, pace=Pace.DAILY)
    stays, goes, late = (
        make_comment(f"It {word}.", guide=guide) for word in ("stays", "goes", "is late")
    )
    notifications.tell_followers()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        moderation.move(goes, State.REMOVED, Decision(actor=make_moderator()))
        send_digests()
        moderation.move(late, State.REMOVED, Decision(actor=make_moderator()))
        notifications.deliver_due()
    assert stays.is_published
    assert "It stays." in mail.outbox[-1].body
    assert "It goes." not in mail.outbox[-1].body
    assert "It is late." not in mail.outbox[-1].body
    assert mail.outbox[-1].subject.startswith("1 new comment ")


def test_it_puts_what_is_too_much_for_a_day_into_the_daily_mail(monkeypatch: Any) -> None:
    monkeypatch.setattr(following, "MOST_AT_ONCE", 2)
    guide = make_guide()
    reader = follower(guide)
    for _ in range(4):
        make_comment(guide=guide)
        notifications.tell_followers()
    assert send_all() == [reader.email] * 2
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert send_all() == [reader.email]


def test_it_tells_a_crowd_in_steps_and_nobody_twice(monkeypatch: Any) -> None:
    monkeypatch.setattr(following, "AT_A_TIME", 3)
    guide = make_guide()
    readers = [follower(guide) for _ in range(7)]
    comment = make_comment(guide=guide)
    first, some_left = following.tell_some(comment.pk)
    assert (len(first), some_left) == (3, True)
    assert send_all() == sorted(reader.email for reader in readers)


def test_it_takes_the_same_queries_for_ten_times_the_followers(
    django_assert_num_queries: Any,
) -> None:
    few, many = make_guide(), make_guide()
    for guide, times in ((few, 2), (many, 20)):
        for _ in range(times):
            follower(guide)
    comments = [make_comment(guide=guide) for guide in (few, many)]
    with django_assert_num_queries(11) as counted:
        following.tell_some(comments[0].pk)
    with django_assert_num_queries(len(counted)):
        following.tell_some(comments[1].pk)


def test_it_loses_nothing_when_a_step_dies(monkeypatch: Any) -> None:
    guide = make_guide()
    reader = follower(guide)
    comment = make_comment(guide=guide)
    with monkeypatch.context() as broken:
        broken.setattr(following, "render_to_string", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            following.tell_some(comment.pk)
    assert not Notice.objects.exists()
    assert send_all() == [reader.email]


@pytest.mark.django_db(transaction=True)
def test_it_tells_each_once_when_several_tell_at_the_same_time() -> None:
    guide = make_guide()
    readers = [follower(guide) for _ in range(6)]
    comment = make_comment(guide=guide)
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    Announcement.objects.filter(pk=comment.pk).update(done_at=None, reached=0)
    problems: list[Exception] = []

    def tell() -> None:
        try:
            following.tell_some(comment.pk)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Mail.objects.count() == Notice.objects.count() == len(readers)


def test_it_is_told_once_by_constraint_too() -> None:
    comment, reader = make_comment(), make_reader()
    Notice.objects.create(comment=comment, reader=reader, why=Notice.Why.THREAD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(comment=comment, reader=reader, why=Notice.Why.REPLY)
    Notice.objects.create(comment=comment, reader=make_reader(), why=Notice.Why.REPLY)


def test_it_follows_a_thing_once() -> None:
    comment = make_comment()
    reader = comment.author
    assert reader is not None
    for what in (None, comment):
        following.follow(reader, comment.guide_id, what, Pace.AT_ONCE)
        following.follow(reader, comment.guide_id, what, Pace.DAILY)
        assert Follow.objects.filter(comment=what).get().pace == Pace.DAILY
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(reader=reader, guide=comment.guide, comment=what)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.filter(reader=reader).update(pace="hourly")


def test_it_follows_so_many_things_at_most(monkeypatch: Any) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWS", 1)
    reader = follower(make_guide())
    with pytest.raises(following.TooMany):
        following.follow(reader, make_guide().pk, None, Pace.AT_ONCE)


# The mail's own way out ---------------------------------------------------------------------


def test_it_says_in_the_headers_how_a_mailbox_unsubscribes() -> None:
    guide = make_guide()
    follower(guide)
    make_comment(guide=guide)
    send_all()
    raw = mail.outbox[-1].message().as_bytes().decode()
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    header = mail.outbox[-1].message()["List-Unsubscribe"]
    assert header.startswith("<http")
    assert header.endswith("/>")
    # Not folded into encoded words, which mailboxes would not take for an address.
    assert "=?" not in raw.split("List-Unsubscribe: ")[1].split("\n\n")[0]


def test_it_unsubscribes_by_one_click_without_session_or_token() -> None:
    guide = make_guide()
    reader = follower(guide)
    comment = make_comment(guide=guide)
    url = stop_url(reader, comment)
    client = Client(enforce_csrf_checks=True)
    asked = client.get(url)
    assert f"comments on {guide.title}" in asked.text
    assert reader.follows.exists()
    done = client.post(url, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert not reader.follows.exists()
    assert client.post(url).status_code == 200
    assert "stopped already" in client.get(url).text


def test_it_stops_only_what_caused_the_mail() -> None:
    parent = make_comment()
    reader = parent.author
    assert reader is not None
    following.follow(reader, parent.guide_id, parent, Pace.AT_ONCE)
    following.follow(reader, make_guide().pk, None, Pace.DAILY)
    answer = make_comment(parent=parent)
    Client().post(stop_url(reader, answer))
    assert reader.follows.get().pace == Pace.DAILY
    Client().post(stop_url(reader))
    assert not reader.follows.exists()


@pytest.mark.parametrize("token", ["1-0", "1-0:forged", "%F0", "x" * 300])
def test_it_refuses_a_forged_address(client: Client, token: str) -> None:
    assert client.post(f"/accounts/mail/stop/{token}/").status_code == 404


def test_it_has_nothing_left_to_stop_for_an_erased_account(client: Client) -> None:
    reader = make_reader()
    url = stop_url(reader)
    reader.delete()
    assert client.post(url).status_code == 200


# Pages --------------------------------------------------------------------------------------


def test_it_asks_a_visitor_to_prove_the_mailbox_first(client: Client) -> None:
    guide = make_guide()
    answer = client.get(f"/careers/{guide.slug}/comments/follow/")
    assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_it_follows_changes_and_stops_from_the_threads_page(signed_in: SignedIn) -> None:
    guide, reader = make_guide(), make_reader()
    client = signed_in(reader)
    url = f"/careers/{guide.slug}/comments/follow/"
    page = client.get(url).text
    assert "checked" not in page
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"pace": "hourly"}).status_code == 422
    assert client.post(url, {"pace": "daily"}).status_code == 302
    assert reader.follows.get().pace == Pace.DAILY
    assert client.post(url, {"stop": "1"}).status_code == 302
    assert not reader.follows.exists()


def test_it_follows_replies_to_own_comments_only(signed_in: SignedIn) -> None:
    comment = make_comment()
    assert comment.author is not None
    url = f"{comment.get_absolute_url()}follow/"
    assert signed_in(make_reader()).get(url).status_code == 404
    assert signed_in(comment.author).post(url, {"pace": "at_once"}).status_code == 302
    assert comment.follows.get().reader == comment.author


def test_it_says_when_there_is_no_room_for_another(signed_in: SignedIn, monkeypatch: Any) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWS", 0)
    url = f"/careers/{make_guide().slug}/comments/follow/"
    answer = signed_in(make_reader()).post(url, {"pace": "daily"})
    assert answer.status_code == 422
    assert "200 things" in answer.text


def test_it_follows_replies_when_the_box_in_the_form_is_ticked(
    signed_in: SignedIn, form_data: Any
) -> None:
    guide, reader = make_guide(), make_reader()
    client = signed_in(reader)
    assert (
        "Mail me when somebody answers" in client.get(f"/careers/{guide.slug}/comments/new/").text
    )
    client.post(f"/careers/{guide.slug}/comments/new/", form_data(follow="on"))
    assert reader.follows.get().comment == Comment.objects.get()


def test_it_shows_and_changes_all_follows_on_the_account_page(signed_in: SignedIn) -> None:
    reader = follower(make_guide())
    second = make_guide()
    following.follow(reader, second.pk, None, Pace.AT_ONCE)
    client = signed_in(reader)
    assert f"omments on {second.title}" in client.get("/accounts/").text
    first, other = reader.follows.order_by("pk")
    choices = {f"follow-{first.pk}": "", f"follow-{other.pk}": "daily", "mention_mail": "at_once"}
    assert client.post("/accounts/mail/", choices).status_code == 302
    assert reader.follows.get().pace == Pace.DAILY
    reader.refresh_from_db()
    assert reader.mention_mail == Pace.AT_ONCE
    assert client.post("/accounts/mail/", {"mention_mail": "no"}).status_code == 422
    assert reader.follows.count() == 1
