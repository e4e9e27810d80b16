"""The state machine: every move of the table and no other, counted, logged, and undone."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.db import OperationalError, connection

from careers.models import Version
from comments import moderation, posting
from comments.models import Comment, ModerationAction, Reader, Report, State, Thread
from comments.moderation import MOVES, Conflict, Decision, IllegalMove, move, move_all, undo
from tests.comments.builders import (
    a_draft,
    make_comment,
    make_guide,
    make_moderator,
    make_reader,
    make_report,
)

pytestmark = pytest.mark.django_db
by_filter = Decision(source="test")


@pytest.mark.parametrize("was", State)
@pytest.mark.parametrize("to", State)
def test_it_makes_every_legal_move_and_no_other(was: State, to: State) -> None:
    comment = make_comment(state=was)
    if to in MOVES[was]:
        action = move(comment, to, by_filter)
        assert (action.from_state, action.to_state) == (was, to)
        assert Comment.objects.get(pk=comment.pk).state == to
    else:
        with pytest.raises(IllegalMove):
            move(comment, to, by_filter)
        assert Comment.objects.get(pk=comment.pk).state == was


def test_it_can_take_back_every_move_of_a_moderator() -> None:
    for was, targets in MOVES.items():
        for to in targets & {State.PUBLISHED, State.SPAM, State.REMOVED}:
            if was not in (State.AWAITING, State.WITHDRAWN):
                assert was in MOVES[to], f"{was} → {to} cannot be undone"


def test_it_writes_who_moved_what_and_why() -> None:
    moderator, comment = make_moderator(), make_comment(state=State.HELD)
    decision = Decision(
        actor=moderator, reason="rude", public_note="Be kind.", private_note="Third time."
    )
    action = move(comment, State.REMOVED, decision)
    action = ModerationAction.objects.get(pk=action.pk)
    assert (action.actor, action.reason) == (moderator, "rude")
    assert (action.public_note, action.private_note) == ("Be kind.", "Third time.")


def counters(guide_id: int) -> tuple[int, int]:
    thread = Thread.objects.get(guide_id=guide_id)
    return thread.published, thread.waiting


def test_it_keeps_the_counters_of_thread_branch_and_author() -> None:
    author = make_reader(published=0)
    root = make_comment()
    reply = make_comment(parent=root)
    deep = make_comment(parent=reply, author=author, state=State.HELD)
    assert counters(root.guide_id) == (2, 1)
    move(deep, State.PUBLISHED, by_filter)
    assert counters(root.guide_id) == (3, 0)
    assert [Comment.objects.get(pk=pk).reply_count for pk in (root.pk, reply.pk)] == [2, 1]
    assert Reader.objects.get(pk=author.pk).published_count == 1
    move(reply, State.REMOVED, by_filter)
    assert counters(root.guide_id) == (2, 0)
    assert [Comment.objects.get(pk=pk).reply_count for pk in (root.pk, reply.pk)] == [1, 1]
    move(deep, State.SPAM, by_filter)
    assert Comment.objects.get(pk=reply.pk).listed is False
    assert Reader.objects.get(pk=author.pk).published_count == 0


def test_it_moves_the_guides_version_with_every_change() -> None:
    comment = make_comment()
    name = moderation.version_name(comment.guide_id)
    before = Version.objects.number_of(name)
    move(comment, State.REMOVED, by_filter)
    assert Version.objects.number_of(name) == before + 1
    other = make_comment()
    assert Version.objects.number_of(name) == before + 1
    assert other.guide_id != comment.guide_id


def test_it_leaves_everything_as_it_was_when_a_move_fails() -> None:
    comment = make_comment(state=State.HELD)
    before = (counters(comment.guide_id), ModerationAction.objects.count())
    with pytest.raises(IllegalMove):
        move(comment, State.HIDDEN, by_filter)
    assert (counters(comment.guide_id), ModerationAction.objects.count()) == before


def test_it_shows_the_second_moderator_the_first_ones_decision() -> None:
    first, second = make_moderator("First"), make_moderator("Second")
    comment = make_comment(state=State.HELD)
    move(comment, State.PUBLISHED, Decision(actor=first), seen=comment.state_version)
    with pytest.raises(Conflict) as conflict:
        move(comment, State.SPAM, Decision(actor=second), seen=comment.state_version)
    assert conflict.value.latest is not None
    assert conflict.value.latest.actor == first
    assert Comment.objects.get(pk=comment.pk).state == State.PUBLISHED


def test_it_moves_a_batch_and_reports_what_others_did_meanwhile() -> None:
    moderator = make_moderator()
    comments = [make_comment(state=State.HELD) for _ in range(3)]
    seen = [(comment, comment.state_version) for comment in comments]
    move(comments[1], State.PUBLISHED, by_filter)
    outcome = move_all(seen, State.SPAM, Decision(actor=moderator))
    assert [action.comment for action in outcome.moved] == [comments[0], comments[2]]
    assert [conflict.comment for conflict in outcome.conflicts] == [comments[1]]
    assert {action.batch for action in outcome.moved} == {outcome.batch}


def test_it_undoes_a_batch_as_one() -> None:
    moderator, author = make_moderator(), make_reader(published=2)
    published = make_comment(author=author)
    held = make_comment(author=author, guide=published.guide, state=State.HELD)
    before = counters(published.guide_id)
    spam = move_all([(published, None), (held, None)], State.SPAM, Decision(actor=moderator))
    assert counters(published.guide_id) == (0, 0)
    undone = undo(spam.batch, moderator)
    assert len(undone.moved) == 2
    assert counters(published.guide_id) == before
    assert Comment.objects.get(pk=published.pk).state == State.PUBLISHED
    assert Comment.objects.get(pk=held.pk).state == State.HELD
    assert {action.undo_of_id for action in undone.moved} == {action.pk for action in spam.moved}


def test_it_undoes_nothing_twice_and_nothing_that_moved_on() -> None:
    moderator = make_moderator()
    one, other = make_comment(state=State.HELD), make_comment(state=State.HELD)
    batch = move_all([(one, None), (other, None)], State.SPAM, Decision(actor=moderator)).batch
    move(other, State.REMOVED, Decision(actor=moderator))
    outcome = undo(batch, moderator)
    assert [action.comment for action in outcome.moved] == [one]
    assert [conflict.comment for conflict in outcome.conflicts] == [other]
    assert undo(batch, moderator).moved == []


def test_it_answers_reports_with_a_moderators_decision() -> None:
    moderator = make_moderator()
    stays, goes = make_comment(), make_comment()
    reports = [make_report(stays), make_report(goes)]
    moderation.keep_all([(stays, None)], Decision(actor=moderator))
    move(goes, State.REMOVED, Decision(actor=moderator))
    outcomes = [Report.objects.get(pk=report.pk).outcome for report in reports]
    assert outcomes == [Report.Outcome.DISMISSED, Report.Outcome.UPHELD]
    assert Comment.objects.get(pk=goes.pk).open_reports == 0


def test_it_erases_words_and_author_but_keeps_the_place() -> None:
    root = make_comment("My words")
    make_comment(parent=root)
    moderation.erase(root, "author")
    erased = Comment.objects.get(pk=root.pk)
    assert (erased.source, erased.html, erased.author) == ("", "", None)
    assert erased.listed
    assert erased.path == root.path


def test_it_deletes_an_unconfirmed_comment_altogether() -> None:
    comment = make_comment(state=State.AWAITING)
    moderation.erase(comment, "housekeeping")
    assert not Comment.objects.filter(pk=comment.pk).exists()


def at_once(acts: list[Callable[[], Any]], threads_at_most: int = 10) -> list[Any]:
    """Run them in threads that are let go together; results or exceptions, in order."""
    workers = min(len(acts), threads_at_most)
    gate = threading.Barrier(workers)
    results: list[Any] = [None] * len(acts)

    def run(first: int) -> None:
        gate.wait()
        for number in range(first, len(acts), workers):
            try:
                results[number] = acts[number]()
            except Exception as error:
                results[number] = error
        connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_of_many_moderators_decide() -> None:
    comment = make_comment(state=State.HELD)
    moderators = [make_moderator(f"Moderator {number}") for number in range(50)]

    def decide(moderator: Reader, to: State) -> Callable[[], ModerationAction]:
        seen = comment.state_version
        return partial(insisting, partial(move, seen=seen), comment, to, Decision(actor=moderator))

    targets = [State.PUBLISHED, State.SPAM] * 25
    results = at_once([decide(*pair) for pair in zip(moderators, targets, strict=True)])
    done = [result for result in results if isinstance(result, ModerationAction)]
    refused = [result for result in results if isinstance(result, Conflict)]
    assert len(done) == 1
    assert len(refused) == 49
    assert all(conflict.latest and conflict.latest.pk == done[0].pk for conflict in refused)
    assert Comment.objects.get(pk=comment.pk).state == done[0].to_state
    assert comment.actions.count() == 2  # into the queue, and the one decision


@pytest.mark.django_db(transaction=True)
def test_it_logs_every_move_of_many_who_look_at_no_version() -> None:
    """In an unbroken chain: each move starts where the one before it ended."""
    comment = make_comment(state=State.HELD)
    targets = [State.PUBLISHED, State.SPAM, State.REMOVED] * 8
    results = at_once([partial(insisting, move, comment, to, by_filter) for to in targets])
    done = [result for result in results if isinstance(result, ModerationAction)]
    assert all(isinstance(result, ModerationAction | IllegalMove) for result in results), results
    log = list(comment.actions.order_by("pk").values_list("from_state", "to_state"))
    assert len(log) == 1 + len(done)
    assert all(to == next_from for (_, to), (next_from, _) in pairwise(log))
    comment.refresh_from_db()
    assert comment.state == log[-1][1]
    assert comment.state_version == len(log)
    assert Thread.objects.get(guide=comment.guide).published == int(comment.is_published)


def insisting(act: Callable[..., Any], *args: Any) -> Any:
    """As somebody does who hears "send it again": a slow machine may keep a writer waiting."""
    for _ in range(20):
        with suppress(OperationalError):
            return act(*args)
    return act(*args)


@pytest.mark.django_db(transaction=True)
def test_it_keeps_order_and_counters_exact_when_many_reply_at_once() -> None:
    root = make_comment()
    readers = [make_reader() for _ in range(80)]

    def reply(reader: Reader) -> Callable[[], Comment]:
        draft = a_draft(f"{reader.display_name} answers with words of their own.", parent=root)
        return partial(insisting, posting.post, root.guide, reader, draft, f"net{reader.pk}")

    results = at_once([reply(reader) for reader in readers])
    assert all(isinstance(result, Comment) for result in results), results
    replies = list(root.guide.comments.below(root).oldest_first())
    published = sum(reply.is_published for reply in replies)
    assert len(replies) == 80
    assert [reply.pk for reply in replies] == sorted(reply.pk for reply in replies)
    assert Comment.objects.get(pk=root.pk).reply_count == published
    assert Thread.objects.get(guide=root.guide).published == published + 1


@pytest.mark.django_db(transaction=True)
def test_it_stores_identical_submits_at_once_only_once() -> None:
    guide, reader, draft = make_guide(), make_reader(), a_draft()
    results = at_once([lambda: posting.post(guide, reader, draft, "net")] * 8)
    assert {result.pk for result in results} == {Comment.objects.get().pk}
