"""Whatever is moved, kept, reported and taken back: the counters are what a recount finds."""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import moderation
from comments.models import Comment, HelpfulVote, ModerationAction, Reader, Report, State, Thread
from comments.moderation import MOVES, Decision
from tests.comments.builders import make_comment, make_moderator, make_reader, make_report

# (what, which comment, a number to choose with)
steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "batch", "keep", "report", "ban", "undo", "author"]),
        st.integers(0, 5),
        st.integers(0, 99),
    ),
    max_size=14,
)


def recounted(guide_id: int) -> dict[str, Any]:
    comments = list(Comment.objects.filter(guide=guide_id).order_by("pk"))
    public = [one for one in comments if one.state == State.PUBLISHED]
    return {
        "published": len(public),
        "waiting": sum(one.state in (State.HELD, State.HIDDEN) for one in comments),
        "replies": {
            one.pk: sum(two.path.startswith(one.path) and two != one for two in public)
            for one in comments
        },
        "reports": {one.pk: one.reports.filter(outcome="").count() for one in comments},
        "authors": {
            reader.pk: sum(one.author_id == reader.pk for one in public)
            for reader in Reader.objects.filter(comments__in=comments)
        },
        "helpful": {one.pk: HelpfulVote.objects.filter(comment=one).count() for one in comments},
    }


def counted(guide_id: int) -> dict[str, Any]:
    thread = Thread.objects.get(guide_id=guide_id)
    comments = list(Comment.objects.filter(guide=guide_id).order_by("pk"))
    return {
        "published": thread.published,
        "waiting": thread.waiting,
        "replies": {one.pk: one.reply_count for one in comments},
        "reports": {one.pk: one.open_reports for one in comments},
        "authors": {
            reader.pk: reader.published_count
            for reader in Reader.objects.filter(comments__in=comments)
        },
        "helpful": {one.pk: one.helpful for one in comments},
    }


class Counters(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps)
    def test_it_keeps_counters_equal_to_a_recount(self, walk: list[tuple[str, int, int]]) -> None:
        authors = [make_reader(published=0) for _ in range(2)]
        root = make_comment(author=authors[0])
        comments = [root, make_comment(parent=root, author=authors[1])]
        comments += [make_comment(parent=comments[-1], author=one) for one in authors]
        comments += [make_comment(guide=root.guide, author=one) for one in authors]
        moderator, batches = make_moderator(), list[UUID]()
        for what, which, number in walk:
            self.walk(what, comments, which, number, moderator, batches)
            assert counted(root.guide_id) == recounted(root.guide_id)
        for action in ModerationAction.objects.filter(undo_of=None):
            latest = action.comment.actions.last()
            assert latest and latest.to_state == Comment.objects.get(pk=latest.comment_id).state

    def walk(
        self,
        what: str,
        comments: list[Comment],
        which: int,
        number: int,
        moderator: Reader,
        batches: list[UUID],
    ) -> None:
        comment = Comment.objects.get(pk=comments[which].pk)
        decision = Decision(actor=moderator)
        targets = sorted(MOVES[State(comment.state)] - {State.ERASED})
        to = targets[number % len(targets)]
        if what == "move":
            moderation.move(comment, to, Decision(source="test"))
        elif what == "batch":
            picked = [(one, None) for one in comments[which:]]
            batches.append(moderation.move_all(picked, to, decision).batch)
        elif what == "keep":
            batches.append(moderation.keep_all([(comment, None)], decision).batch)
        elif what == "report" and comment.is_published:
            make_report(comment)
        elif what == "ban":
            author = Reader.objects.get(pk=comments[which].author_id)
            batches.append(moderation.ban(author, decision).batch)
        elif what == "undo" and batches:
            moderation.undo(batches[number % len(batches)], moderator)
        elif what == "author" and State.WITHDRAWN in targets:
            moderation.move(comment, State.WITHDRAWN, Decision(source="author"))

    def test_it_gives_back_what_a_batch_took(self) -> None:
        author, moderator = make_reader(published=0), make_moderator()
        comments = [make_comment(author=author, state=state) for state in ("published", "held")]
        make_report(comments[0])
        before = [counted(one.guide_id) for one in comments]
        banned = moderation.ban(author, Decision(actor=moderator))
        assert not Report.objects.open().exists()
        moderation.undo(banned.batch, moderator)
        assert [counted(one.guide_id) for one in comments] == before


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["to_state", "reason", "private_note", "created"])
def test_it_refuses_in_the_database_to_change_what_an_action_says(column: str) -> None:
    make_comment()
    value = "2020-01-01" if column == "created" else "spam"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute(
            f"UPDATE comments_moderationaction SET {column} = %s",  # noqa: S608
            [value],
        )


@pytest.mark.django_db
def test_it_forgets_a_moderator_who_is_erased() -> None:
    moderator, comment = make_moderator(), make_comment()
    moderation.move(comment, State.SPAM, Decision(actor=moderator))
    moderation.keep_all([(comment, None)], Decision(actor=moderator))
    moderator.delete()
    assert {one.who for one in comment.actions.all()} == {"pipeline", "a former moderator"}
