"""A second opinion from Akismet, only where a site has a key for it.

It is asked before the comment is stored, outside the transaction, so that a slow answer locks
nothing. No answer, a late one or a refused key is an opinion too, SILENT, and holds the comment.
What moderators decide otherwise is told to Akismet by housekeeping.
"""

from __future__ import annotations

import logging
from datetime import timedelta

import httpx
from akismet import (
    USER_AGENT,
    AkismetArguments,
    AkismetError,
    APIKeyError,
    CheckResponse,
    Config,
    SyncClient,
)
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from comments.models import Comment, Correction, Reader, State
from comments.spam.submission import Opinion, Signal, Submission

TIMEOUT = 1.0  # seconds that an author waits at most for the connection, and for the answer
GIVE_UP_AFTER = 8  # attempts: after 1, 2, 4 … minutes, about four hours in all
AT_ONCE = 50  # corrections of one round of housekeeping
OPINIONS = {
    CheckResponse.HAM: Opinion.GOOD,
    CheckResponse.SPAM: Opinion.SPAM,
    CheckResponse.DISCARD: Opinion.BLATANT,
}
SIGNALS = {
    Opinion.GOOD: Signal("akismet-good", "Akismet calls it good"),
    Opinion.SPAM: Signal("akismet-spam", "Akismet calls it spam", 4.0),
    Opinion.BLATANT: Signal("akismet-blatant", "Akismet calls it blatant spam", 6.0),
    Opinion.SILENT: Signal("akismet-silent", "Akismet gave no answer", holds=True),
}

log = logging.getLogger(__name__)


def is_on() -> bool:
    return bool(settings.AKISMET_API_KEY)


def ask(author: Reader, source: str, network: str, page: str) -> Opinion | None:
    """What Akismet says of a text; None when nobody asks it. `page` is the address of the guide."""
    if not is_on() or author.is_staff:
        return None
    try:
        with _http() as http:
            answer = _client(http).comment_check(_address(network), **_said(author, source, page))
    except APIKeyError:
        log.error("Akismet refuses AKISMET_API_KEY for %s", settings.AKISMET_BLOG_URL)
        return Opinion.SILENT
    except (AkismetError, httpx.HTTPError) as error:
        log.warning("Akismet gave no answer: %s", type(error).__name__)
        return Opinion.SILENT
    return OPINIONS[answer]


def second_opinion(given: Submission) -> Signal | None:
    return SIGNALS[given.opinion] if given.opinion else None


def note(comment: Comment, is_spam: bool | None) -> None:
    """Remember to tell Akismet what people decided; None when they took their decision back.

    Only what differs from its own opinion, or from what it was told last, is worth telling.
    """
    if not is_on():
        return
    told = Correction.objects.filter(comment=comment).values_list("told", flat=True).first()
    own = _opinion_of(comment)
    believed = own if told is None else told
    wanted = own if is_spam is None else is_spam
    if wanted is None or wanted == believed:
        Correction.objects.filter(comment=comment).update(due=None)
        return
    Correction.objects.update_or_create(
        comment=comment, defaults={"is_spam": wanted, "due": timezone.now(), "attempts": 0}
    )


def tell_due() -> int:
    """In housekeeping; returns how many corrections Akismet took."""
    if not is_on():
        return 0
    due = Correction.objects.due().select_related("comment__author", "comment__guide")
    return sum(_tell(correction) for correction in due.order_by("due")[:AT_ONCE])


def _tell(correction: Correction) -> bool:
    comment = correction.comment
    if comment.state == State.ERASED or comment.author is None:
        Correction.objects.filter(pk=correction.pk).delete()
        return False
    said = _said(comment.author, comment.source, comment.guide.get_absolute_url())
    try:
        with _http() as http:
            client = _client(http)
            submit = client.submit_spam if correction.is_spam else client.submit_ham
            submit(_address(comment.network), **said)
    except (AkismetError, httpx.HTTPError) as error:
        _plan_again(correction, error)
        return False
    # Whoever decided again meanwhile made it due anew; that stays due.
    same = Correction.objects.filter(pk=correction.pk, due=correction.due)
    same.update(told=correction.is_spam, due=None)
    return True


def _plan_again(correction: Correction, error: Exception) -> None:
    tries = correction.attempts + 1
    due = timezone.now() + timedelta(minutes=2**correction.attempts)
    Correction.objects.filter(pk=correction.pk, due=correction.due).update(
        attempts=F("attempts") + 1, due=None if tries >= GIVE_UP_AFTER else due
    )
    log.warning("Akismet did not take a correction: %s", type(error).__name__)


def _opinion_of(comment: Comment) -> bool | None:
    """What Akismet said when the comment came: spam, good, or nothing."""
    names = {signal.get("name") for signal in comment.signals}
    if names & {"akismet-spam", "akismet-blatant"}:
        return True
    return False if "akismet-good" in names else None


def _client(http: httpx.Client) -> SyncClient:
    return SyncClient(Config(settings.AKISMET_API_KEY, settings.AKISMET_BLOG_URL), http)


def _http() -> httpx.Client:
    return httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT)


def _said(author: Reader, source: str, page: str) -> AkismetArguments:
    """What leaves the site: the text and the name as published; no e-mail address."""
    return {
        "comment_type": "comment",
        "comment_author": author.display_name,
        "comment_content": source,
        "permalink": f"{settings.SITE_URL}{page}",
        "blog_lang": "en",
        "blog_charset": "UTF-8",
    }


def _address(network: str) -> str:
    """The first address of the visitor's network: the whole address is never kept."""
    known = "/" in network
    return network.partition("/")[0] if known else "0.0.0.0"  # noqa: S104  not listened on
