"""Telling readers by mail of what they follow: each of one comment once, and only of public ones.

A move that publishes a comment writes an Announcement in its own transaction. `tell_some()` works
through its followers by number, a few hundred in a transaction that also writes their mail;
who wants one mail a day waits in Notice for `send_digests()`. A step that dies is done again
from where the last commit stood, and the unique (comment, reader) refuses a second notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from comments.markup import plain
from comments.models import Announcement, Comment, Follow, Mail, Mention, Notice, Pace, Reader

AT_A_TIME = 200  # readers told in one transaction
MOST_FOLLOWS = 200  # of one reader
MOST_AT_ONCE = 40  # mails to one reader in a day; what follows waits for the daily one
MOST_IN_DIGEST = 30
OLDEST_NEWS = timedelta(days=30)  # nobody is told of what was written before that
A_DAY = timedelta(days=1)
EXCERPT = 600  # characters of a comment in a mail

_stops = signing.Signer(salt="comments.stop-mail")


class TooMany(Exception):
    """A reader follows MOST_FOLLOWS things already."""


@transaction.atomic
def follow(reader: Reader, guide_id: int, comment: Comment | None, pace: str) -> None:
    """Follow a thread, or the replies to a comment; or change how soon. Empty pace: stop."""
    # The lock of all that this reader follows, so that the most of them holds.
    Reader.objects.select_for_update(no_key=True).get(pk=reader.pk)
    found = Follow.objects.filter(reader=reader, guide=guide_id, comment=comment)
    if not pace:
        found.delete()
    elif not found.update(pace=pace):
        if Follow.objects.filter(reader=reader).count() >= MOST_FOLLOWS:
            raise TooMany
        Follow.objects.create(reader=reader, guide_id=guide_id, comment=comment, pace=pace)


def in_words(one: Follow) -> str:
    """What is followed: "comments on Actors", "replies to your comment on Actors"."""
    what = "replies to your comment" if one.comment_id else "comments"
    return f"{what} on {one.guide.title}"


def announce(comment: Comment) -> None:
    """Note that followers are to be told. Call in the transaction that publishes it."""
    if comment.created > timezone.now() - OLDEST_NEWS:
        Announcement.objects.bulk_create([Announcement(comment=comment)], ignore_conflicts=True)


def announce_again(comment: Comment) -> None:
    """An edit named somebody new; whoever was told before is not told twice."""
    Announcement.objects.filter(comment=comment).update(done_at=None, reached=0)


@transaction.atomic
def tell_some(comment_id: int) -> tuple[list[int], bool]:
    """Tell the next few followers of a comment: (mail to deliver, whether some are left)."""
    announcement = (
        Announcement.objects.open()
        .select_for_update(of=("self",))
        .select_related("comment__guide", "comment__author")
        .filter(pk=comment_id)
        .first()
    )
    if announcement is None:
        return [], False
    if not announcement.comment.is_published:
        announcement.delete()  # publishing it later writes another
        return [], False
    audience = _audience(announcement)
    told = sorted(audience)[:AT_A_TIME]
    mails = _tell(announcement.comment, {number: audience[number] for number in told})
    some_left = len(told) == AT_A_TIME
    announcement.reached = told[-1] if told else announcement.reached
    announcement.done_at = None if some_left else timezone.now()
    announcement.save(update_fields=["reached", "done_at"])
    return mails, some_left


def _audience(announcement: Announcement) -> dict[int, tuple[Notice.Why, str]]:
    """The next readers who follow: number → strongest reason, soonest pace."""
    comment, after = announcement.comment, announcement.reached
    follows = Follow.objects.filter(reader__gt=after, created__lt=announcement.created)
    follows = follows.exclude(reader=comment.author_id).order_by("reader")
    named = Mention.objects.filter(comment=comment, reader__gt=after).order_by("reader")
    named = named.exclude(reader=comment.author_id).exclude(reader__mention_mail="")
    found = (
        (Notice.Why.MENTION, named.values_list("reader", "reader__mention_mail")),
        (Notice.Why.REPLY, follows.of_replies(comment.parent_id).values_list("reader", "pace")),
        (Notice.Why.THREAD, follows.of_thread(comment.guide_id).values_list("reader", "pace")),
    )
    audience: dict[int, tuple[Notice.Why, str]] = {}
    for why, pairs in found:
        for number, pace in pairs[:AT_A_TIME]:
            first_why, first_pace = audience.get(number, (why, pace))
            soonest = Pace.AT_ONCE if Pace.AT_ONCE in (pace, first_pace) else Pace.DAILY
            audience[number] = (first_why, soonest)
    return audience


def _tell(comment: Comment, audience: dict[int, tuple[Notice.Why, str]]) -> list[int]:
    """Write the notices, and the mail of those who want it at once."""
    told = set(comment.notices.filter(reader__in=audience).values_list("reader", flat=True))
    readers = Reader.objects.may_be_mailed().in_bulk(sorted(audience.keys() - told))
    full = _had_enough(readers)
    notices = []
    for number, reader in readers.items():
        why, pace = audience[number]
        notice = Notice(reader=reader, comment=comment, why=why)
        if pace == Pace.AT_ONCE and number not in full:
            notice.mailed_at = timezone.now()
            notice.mail = Mail(**_about_one(notice))
        notices.append(notice)
    mails = [notice.mail for notice in notices if notice.mail]
    Mail.objects.bulk_create(mails)
    Notice.objects.bulk_create(notices)
    return [mail.pk for mail in mails]


def _had_enough(readers: Iterable[int]) -> set[int]:
    recent = Notice.objects.filter(reader__in=readers, mailed_at__gt=timezone.now() - A_DAY)
    counted = recent.values("reader").annotate(times=Count("pk"))
    return set(counted.filter(times__gte=MOST_AT_ONCE).values_list("reader", flat=True))


def send_digests(at: datetime | None = None) -> list[int]:
    """The daily mail of everybody whose oldest notice waited a day; returns what to deliver."""
    readers = Notice.objects.readers_due((at or timezone.now()) - A_DAY)
    return [mail for reader in readers if (mail := _send_digest(reader))]


@transaction.atomic
def _send_digest(reader_id: int) -> int | None:
    Reader.objects.select_for_update(no_key=True).get(pk=reader_id)
    waiting = Notice.objects.waiting().filter(reader=reader_id)
    waiting.exclude(comment__state="published").delete()
    reader = Reader.objects.may_be_mailed().filter(pk=reader_id).first()
    if reader is None:
        waiting.delete()
        return None
    told = list(waiting.values_list("pk", flat=True))
    if not told:
        return None
    first = Notice.objects.filter(pk__in=told[:MOST_IN_DIGEST]).for_mail()
    mail = Mail.objects.create(**_about_several(reader, list(first), len(told)))
    waiting.filter(pk__lte=told[-1]).update(mail=mail, mailed_at=timezone.now())
    return mail.pk


def still_stands(mail: Mail) -> bool:
    """Whether a mail may go out now: what it tells of may be gone since it was written.

    A daily mail is written again without what is gone.
    """
    written_of = Notice.objects.filter(mail=mail).order_by("pk").for_mail()
    notices = list(written_of[:MOST_IN_DIGEST])
    standing = [notice for notice in notices if notice.comment.is_published]
    if standing and len(standing) < len(notices):
        times = written_of.count() - (len(notices) - len(standing))
        written = _about_several(standing[0].reader, standing, times)
        mail.subject, mail.body = str(written["subject"]), str(written["body"])
    return bool(standing) or not notices


def _about_one(notice: Notice) -> dict[str, object]:
    comment = notice.comment
    who = str(comment.author)
    subject = {
        Notice.Why.MENTION: f"{who} mentioned you",
        Notice.Why.REPLY: f"{who} answered you",
        Notice.Why.THREAD: f"{who} wrote",
    }[Notice.Why(notice.why)]
    stop = _absolute(stop_url(notice.reader, comment))
    context = {
        "why": notice.why,
        "guide": comment.guide.title,
        "one": _line(notice),
        "stop": stop,
    }
    subject = f"{subject}: {comment.guide.title}"
    return _mail(notice.reader, subject, "comments/mail/one.txt", context, stop)


def _about_several(reader: Reader, notices: list[Notice], times: int) -> dict[str, object]:
    """Of `times` notices, the first few in words."""
    subject = "1 new comment" if times == 1 else f"{times} new comments"
    stop = _absolute(stop_url(reader))
    context = {
        "lines": [_line(notice) for notice in notices],
        "more": times - len(notices),
        "stop": stop,
    }
    subject = f"{subject} in what you follow"
    return _mail(reader, subject, "comments/mail/digest.txt", context, stop)


def _line(notice: Notice) -> dict[str, str]:
    comment = notice.comment
    words = plain(comment.html)
    return {
        "guide": comment.guide.title,
        "said": f"{comment.author} {notice.get_why_display()}",
        "words": words if len(words) <= EXCERPT else f"{words[:EXCERPT]} …",
        "url": _absolute(comment.get_absolute_url()),
    }


def _mail(
    reader: Reader, subject: str, template: str, context: Mapping[str, object], stop: str
) -> dict[str, object]:
    """The fields of a Mail, with the headers by which a mailbox shows its own way out."""
    always = {"site": settings.SITE_NAME, "account": _absolute(reverse("comments:account"))}
    return {
        "to": reader.email,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "subject": f"{subject} · {settings.SITE_NAME}"[:300],
        "body": render_to_string(template, {**context, **always}),
        "headers": {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",
        },
    }


def stop_url(reader: Reader, comment: Comment | None = None) -> str:
    """Where a mail about that comment, or a daily one, is unsubscribed from. Works for good."""
    token = _stops.sign(f"{reader.pk}-{comment.pk if comment else 0}")
    return reverse("comments:stop_mail", args=[token])


class Stop:
    """What the address in a mail unsubscribes from: everything that caused such a mail."""

    def __init__(self, token: str) -> None:
        """BadSignature for a forged token; Reader.DoesNotExist once the account is erased."""
        reader, comment = map(int, _stops.unsign(token).split("-"))
        self.reader = Reader.objects.get(pk=reader)
        self.comment = Comment.objects.select_related("guide").filter(pk=comment).first()

    @property
    def follows(self) -> list[Follow]:
        own = self.reader.follows.select_related("guide")
        if self.comment is None:
            return list(own.filter(pace=Pace.DAILY))
        thread = own.of_thread(self.comment.guide_id)
        return [*thread, *own.of_replies(self.comment.parent_id)]

    @property
    def mentions(self) -> bool:
        if self.comment is None:
            return self.reader.mention_mail == Pace.DAILY
        named = self.comment.mentions.filter(reader=self.reader).exists()
        return bool(self.reader.mention_mail) and named

    @transaction.atomic
    def carry_out(self) -> None:
        """Stopping twice stops once; mail of that kind that has not left yet does not leave."""
        if self.mentions:
            Reader.objects.filter(pk=self.reader.pk).update(mention_mail="")
        Follow.objects.filter(pk__in=[one.pk for one in self.follows]).delete()
        if self.comment is None:
            self.reader.notices.waiting().delete()


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
