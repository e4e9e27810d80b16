"""The site's own filter: learns from every decision of a moderator and forgets what is undone.

A shipped model does not travel between sites, so this one starts empty, stays silent until
people have decided about 50 comments, and tells which tokens made it think so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

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
from comments.spam.features import features, in_words
from comments.spam.linear import Lesson
from comments.spam.submission import Signal, Submission

NEUTRAL_UNTIL = 50  # lessons
BITS = 18  # as good as none shared on 1,159 comments: 260,000 numbers hold all tokens
POINTS = 4.0  # for a text as clearly spam as a lesson; alone it holds, never more
SAID_FROM = 0.2  # scores nearer to the line say nothing
MOST_SAID = 5  # tokens


def learned(given: Submission) -> Signal | None:
    """What past decisions say about this text; None while there are too few."""
    if LearnedFilter.labels() < NEUTRAL_UNTIL:
        return None
    found = bucketed(given.source)
    weights = TokenWeight.objects.of(found)
    score = linear.score(found, weights)
    if abs(score) < SAID_FROM:
        return None
    is_spam = score > 0
    words = "Reads like spam here" if is_spam else "Reads like good comments here"
    points = min(POINTS, POINTS * score) if is_spam else 0.0
    return Signal("learned", words, points, parts=explained(given.source, weights, is_spam))


@transaction.atomic
def learn_from(comment: Comment) -> None:
    """Bring a comment's lesson in line with what people last decided about its text."""
    LearnedFilter.lock()
    lesson = SpamLesson.objects.filter(pk=comment.pk).first()
    label = _label(comment)
    if lesson and lesson.is_spam != label:
        _unlearn(comment, lesson)
    if label is not None and (lesson is None or lesson.is_spam != label):
        _learn(comment, SpamLesson(comment=comment, is_spam=label, share=0.0))


@transaction.atomic
def forget(comment: Comment) -> None:
    """Before its text changes: nobody has decided about the new one."""
    if SpamLesson.objects.filter(pk=comment.pk).exists():
        LearnedFilter.lock()
        if lesson := SpamLesson.objects.filter(pk=comment.pk).first():
            _unlearn(comment, lesson)


def rehearse(most: int = 200) -> int:
    """Go through the newest lessons again, in housekeeping; returns how many were left to do."""
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


def bucket_of(token: str) -> int:
    digest = hashlib.blake2b(token.encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - BITS)


def explained(
    text: str, weights: Mapping[int, float], is_spam: bool
) -> tuple[tuple[str, float], ...]:
    """(token in words, points) of those that spoke loudest for the score's side."""
    side = 1 if is_spam else -1
    said = [
        (words, round(POINTS * weights.get(bucket_of(token), 0.0) * amount, 2))
        for token, amount in features(text).items()
        if (words := in_words(token))
    ]
    loudest = sorted(said, key=lambda part: (-side * part[1], part[0]))[:MOST_SAID]
    return tuple((words, points) for words, points in loudest if side * points >= 0.05)


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


def _learn(comment: Comment, lesson: SpamLesson) -> None:
    _shift(comment, lesson)
    lesson.save(force_insert=True)
    LearnedFilter.count(lesson.is_spam, 1)


def _unlearn(comment: Comment, lesson: SpamLesson) -> None:
    _shift(comment, lesson, by=-lesson.share)
    lesson.delete()
    LearnedFilter.count(lesson.is_spam, -1)


@transaction.atomic
def _rehearse_one(number: int) -> None:
    LearnedFilter.lock()
    due = SpamLesson.objects.to_rehearse(linear.PASSES).select_related("comment")
    if lesson := due.filter(pk=number).first():
        _shift(lesson.comment, lesson)
        lesson.passes += 1
        lesson.save()


def _shift(comment: Comment, lesson: SpamLesson, by: float | None = None) -> None:
    """Change the lesson's share, by what fits best when not told, and the weights with it."""
    example = Lesson(bucketed(comment.source), lesson.is_spam, lesson.share)
    weights = TokenWeight.objects.of(example.features)
    by = linear.growth(example, weights) if by is None else by
    TokenWeight.objects.store(linear.moved(example, by, weights))
    lesson.share = max(0.0, lesson.share + by)
