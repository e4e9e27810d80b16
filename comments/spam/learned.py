"""The site's own filter: learns from every decision of a moderator and forgets what is undone.

A shipped model does not travel between sites, so this one starts empty, stays silent until
people have decided about 50 comments, and tells which tokens made it think so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction

from comments.models import (
    Comment,
    LearnedFilter,
    ModerationAction,
    Reason,
    SpamLesson,
    State,
    TokenWeight,
)
from comments.spam import linear
from comments.spam.features import VERSION, features, in_words, without_links
from comments.spam.linear import Counts, Lesson, Memory, Trace
from comments.spam.submission import Signal, Submission

NEUTRAL_UNTIL = 50  # lessons
OF_EACH_KIND = 10  # at least: whoever saw nothing but spam takes all for spam
BITS = 18  # as good as none shared on 1,159 comments: 260,000 numbers hold all tokens
# For a text as clearly spam as a lesson; alone it holds (from 0.6 of that), never more. Of good
# comments under videos that it had never seen, about 1 in 100 or fewer scored above 0.6.
POINTS = 3.3
# At most, when nothing but its link speaks against a text: after fifty decisions it may be that all
# spam had one and no good text. Links have signals of their own.
FOR_A_LINK = 1.5
SAID_FROM = 0.2  # scores nearer to the line say nothing
MOST_SAID = 4  # words, and as many hints


def learned(given: Submission) -> Signal | None:
    """What past decisions say about this text; None while there are too few."""
    counted = LearnedFilter.of(VERSION)
    if counted.labels < NEUTRAL_UNTIL or min(counted.spam, counted.good) < OF_EACH_KIND:
        return None
    found, around = bucketed(given.source), without_links(given.source)
    without_link = found if around == given.source else bucketed(around)
    memory = _recalled(counted, found | without_link)
    score = memory.score(found)
    if abs(score) < SAID_FROM:
        return None
    is_spam = score > 0
    parts = explained(given.source, memory, is_spam)
    if not is_spam:
        return Signal("learned", "Reads like good comments here", parts=parts)
    if memory.score(without_link) > 0:
        return Signal("learned", "Reads like spam here", min(POINTS, POINTS * score), parts=parts)
    words = "Reads like spam here, but only for its link"
    return Signal("learned", words, min(FOR_A_LINK, POINTS * score), parts=parts)


@transaction.atomic
def learn_from(comment: Comment) -> bool | None:
    """Bring a comment's lesson in line with what people last decided about its text.

    Returns that: spam, good, or None when no decision stands or it taught nothing about spam.
    """
    counted = LearnedFilter.lock(VERSION)
    lesson = SpamLesson.objects.filter(pk=comment.pk).first()
    label = _label(comment)
    if lesson and lesson.is_spam != label:
        _unlearn(lesson, counted)
    if label is not None and (lesson is None or lesson.is_spam != label):
        _go_through(SpamLesson(comment=comment, is_spam=label, share=0.0), counted)
    return label


@transaction.atomic
def forget(comment: Comment) -> None:
    """Before its text changes: nobody has decided about the new one."""
    if SpamLesson.objects.filter(pk=comment.pk).exists():
        counted = LearnedFilter.lock(VERSION)
        if lesson := SpamLesson.objects.filter(pk=comment.pk).first():
            _unlearn(lesson, counted)


def rehearse(most: int = 200) -> int:
    """Go through the newest lessons again, in housekeeping; returns how many were left to do."""
    if LearnedFilter.objects.exclude(version=VERSION).exists():
        _start_again()
    due = SpamLesson.objects.to_rehearse(linear.PASSES).order_by("passes", "pk")
    numbers = list(due.values_list("pk", flat=True)[:most])
    for number in numbers:
        _rehearse_one(number)
    return len(numbers)


def bucketed(text: str) -> dict[int, float]:
    found: dict[int, float] = {}
    for token, amount in features(text).items():
        bucket = bucket_of(token)
        found[bucket] = found.get(bucket, 0.0) + amount
    return found


@lru_cache(maxsize=4096)
def bucket_of(token: str) -> int:
    digest = hashlib.blake2b(token.encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - BITS)


def explained(text: str, memory: Memory[int], is_spam: bool) -> tuple[tuple[str, float], ...]:
    """(token in words, points) of the words and of the hints that spoke loudest for that side."""
    side = 1 if is_spam else -1
    said: dict[str, float] = {}
    for token, amount in features(text).items():
        if words := in_words(token):
            points = POINTS * memory.weight(bucket_of(token)) * amount
            said[words] = said.get(words, 0.0) + points
    loud = [(words, round(points, 2)) for words, points in said.items() if side * points >= 0.05]
    loud.sort(key=lambda part: (-side * part[1], part[0]))
    as_written = [part for part in loud if part[0].startswith("“")]
    hints = [part for part in loud if not part[0].startswith("“")]
    return (*hints[:MOST_SAID], *as_written[:MOST_SAID])


def _label(comment: Comment) -> bool | None:
    """Spam, good, or nothing to learn: the newest decision of a person that still stands."""
    decisions = ModerationAction.objects.by_people().standing().filter(comment=comment)
    since = comment.edited_at or comment.created
    latest = decisions.filter(created__gte=since).exclude(actor=comment.author_id).last()
    if latest is None:
        return None
    if latest.to_state == State.PUBLISHED:
        return False
    sells = latest.to_state == State.REMOVED and latest.reason == Reason.ADVERTISING
    return True if latest.to_state == State.SPAM or sells else None


def _go_through(lesson: SpamLesson, counted: LearnedFilter) -> None:
    """Once more; the first time it is counted as well."""
    example = _example(lesson)
    memory = _recalled(counted, example.features)
    if not lesson.passes:
        memory.count(example, 1)
    memory.shift(example, memory.growth(example))
    lesson.share = example.share
    lesson.passes += 1
    lesson.save()
    _store(memory, counted)


def _unlearn(lesson: SpamLesson, counted: LearnedFilter) -> None:
    if lesson.passes:
        example = _example(lesson)
        memory = _recalled(counted, example.features)
        memory.shift(example, -lesson.share)
        memory.count(example, -1)
        _store(memory, counted)
    lesson.delete()


@transaction.atomic
def _start_again() -> None:
    LearnedFilter.lock(VERSION)


@transaction.atomic
def _rehearse_one(number: int) -> None:
    counted = LearnedFilter.lock(VERSION)
    due = SpamLesson.objects.to_rehearse(linear.PASSES).select_related("comment")
    if lesson := due.filter(pk=number).first():
        _go_through(lesson, counted)


def _example(lesson: SpamLesson) -> Lesson[int]:
    return Lesson(bucketed(lesson.comment.source), lesson.is_spam, lesson.share)


def _recalled(counted: LearnedFilter, buckets: Iterable[int]) -> Memory[int]:
    """What is remembered of these tokens."""
    weights = TokenWeight.objects.of(buckets)
    return Memory(
        Counts(counted.spam, counted.good),
        {bucket: Trace(spam, good, pull) for bucket, spam, good, pull in weights},
    )


def _store(memory: Memory[int], counted: LearnedFilter) -> None:
    TokenWeight.objects.store(
        TokenWeight(bucket=bucket, pull=trace.pull, spam=trace.spam, good=trace.good)
        for bucket, trace in memory.traces.items()
    )
    counted.spam, counted.good = memory.lessons.spam, memory.lessons.good
    counted.save()
