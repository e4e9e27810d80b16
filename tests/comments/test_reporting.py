"""Reports: what one weighs, when they hide a comment, and when they slow a thread down."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments import limits, moderation
from comments.models import KEPT, Comment, ModerationAction, Reader, Report, State, Thread
from comments.moderation import Decision
from comments.reporting import HIDE_AT, accuracy, report, weight_of
from tests.careers.builders import make_guide
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
UPHELD, DISMISSED = Report.Outcome.UPHELD, Report.Outcome.DISMISSED


def grown(**values: Any) -> Reader:
    """A reader who joined a month ago."""
    return make_reader(joined=timezone.now() - timedelta(days=30), **values)


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


@pytest.mark.parametrize(
    ("published", "days", "weight"),
    [(0, 0, 0.0), (50, 0, 0.0), (0, 2, 1.0), (2, 2, 2.0), (20, 2, 2.0), (20, 15, 3.0)],
)
def test_it_weighs_by_age_and_standing(published: int, days: int, weight: float) -> None:
    joined = timezone.now() - timedelta(days=days)
    assert weight_of(make_reader(published=published, joined=joined)) == weight


def test_it_weighs_a_moderators_report_most() -> None:
    assert weight_of(make_moderator()) == 6.0


def test_it_counts_accuracy_from_the_sixth_answer() -> None:
    assert accuracy([UPHELD] * 5) == accuracy([DISMISSED] * 5) == 0.0
    assert accuracy([UPHELD] * 16) == pytest.approx(10.0)  # log4(16) × 5
    assert accuracy([UPHELD] * 7 + [DISMISSED] * 3) == pytest.approx(0.0)
    assert accuracy([DISMISSED] * 16) == pytest.approx(-10.0)


def test_it_gives_no_weight_to_whoever_is_mostly_wrong() -> None:
    reader = grown()
    for _ in range(8):
        Report.objects.create(
            comment=make_comment(), reader=reader, reason="rude", outcome=DISMISSED
        )
    assert weight_of(reader) == 0.0


def test_it_hides_at_the_weight_of_five_members() -> None:
    comment = make_comment()
    for _ in range(4):
        assert report(comment, grown(), "rude", "")
    assert state_of(comment) == State.PUBLISHED
    report(comment, grown(), "rude", "")
    assert state_of(comment) == State.HIDDEN
    assert sum(comment.reports.values_list("weight", flat=True)) >= HIDE_AT


def test_it_hides_nothing_for_accounts_made_today() -> None:
    comment = make_comment()
    for _ in range(20):
        report(comment, make_reader(), "rude", "")
    comment.refresh_from_db()
    assert (comment.state, comment.open_reports) == (State.PUBLISHED, 20)


def test_it_takes_one_report_a_reader() -> None:
    comment, reader = make_comment(), grown()
    assert report(comment, reader, "rude", "")
    assert not report(comment, reader, "rude", "again")
    assert Comment.objects.get(pk=comment.pk).open_reports == 1


def test_it_takes_no_report_of_an_own_comment(signed_in: SignedIn) -> None:
    comment = make_comment()
    assert comment.author
    assert not report(comment, comment.author, "rude", "")
    url = f"{comment.get_absolute_url()}report/"
    assert signed_in(comment.author).post(url, {"reason": "rude"}).status_code == 404
    assert not Report.objects.exists()


def test_it_takes_twenty_reports_a_day() -> None:
    reader = grown()
    guide = make_guide()
    for _ in range(20):
        report(make_comment(guide=guide), reader, "rude", "")
    with pytest.raises(limits.TooOften):
        report(make_comment(guide=guide), reader, "rude", "")


def test_it_never_hides_again_what_a_moderator_kept() -> None:
    comment, first = make_comment(), grown()
    report(comment, first, "rude", "")
    moderation.keep_all([(comment, None)], Decision(actor=make_moderator()))
    first.delete()  # the answered report goes with its reader; the decision stays
    for _ in range(6):
        report(comment, grown(), "rude", "")
    assert state_of(comment) == State.PUBLISHED


def test_it_logs_a_kept_comment_and_opens_its_reports_again_by_undo() -> None:
    comment, moderator = make_comment(), make_moderator()
    report(comment, grown(), "rude", "")
    kept = moderation.keep_all([(comment, None)], Decision(actor=moderator, private_note="Fine."))
    action = ModerationAction.objects.get(source=KEPT)
    assert (action.from_state, action.to_state) == (State.PUBLISHED, State.PUBLISHED)
    assert Comment.objects.get(pk=comment.pk).open_reports == 0
    moderation.undo(kept.batch, moderator)
    comment.refresh_from_db()
    assert (comment.open_reports, comment.reports.get().outcome) == (1, "")


def test_it_tells_the_second_moderator_that_it_was_kept() -> None:
    comment = make_comment()
    seen = [(comment, comment.state_version)]
    moderation.keep_all(seen, Decision(actor=make_moderator("First")))
    outcome = moderation.move_all(seen, State.SPAM, Decision(actor=make_moderator("Second")))
    assert [conflict.latest and conflict.latest.source for conflict in outcome.conflicts] == [KEPT]
    assert state_of(comment) == State.PUBLISHED


def test_it_opens_reports_again_when_the_removal_is_taken_back() -> None:
    comment, moderator = make_comment(), make_moderator()
    report(comment, grown(), "rude", "")
    removed = moderation.move_all([(comment, None)], State.REMOVED, Decision(actor=moderator))
    assert comment.reports.get().outcome == UPHELD
    moderation.undo(removed.batch, moderator)
    comment.refresh_from_db()
    assert (comment.state, comment.open_reports) == (State.PUBLISHED, 1)
    assert comment.reports.get().outcome == ""


def heat(comments: list[Comment]) -> Thread:
    for comment in comments:
        report(comment, grown(), "rude", "")
    return Thread.objects.get(guide=comments[0].guide)


def test_it_slows_a_thread_when_three_comments_are_reported_by_three_readers() -> None:
    guide = make_guide()
    comments = [make_comment(guide=guide) for _ in range(3)]
    assert not heat(comments[:2]).is_slow
    assert heat(comments[2:]).slow_minutes == 10


def test_it_slows_no_thread_for_one_reader_or_one_comment() -> None:
    guide, reader = make_guide(), grown()
    for comment in [make_comment(guide=guide) for _ in range(4)]:
        report(comment, reader, "rude", "")
    for _ in range(4):
        report(comment, grown(), "rude", "")
    assert not Thread.objects.get(guide=guide).is_slow


def test_it_does_not_slow_down_again_for_what_a_moderator_has_seen() -> None:
    guide = make_guide()
    assert heat([make_comment(guide=guide) for _ in range(3)]).is_slow
    moderation.set_slow(guide.pk, 0)
    assert not heat([make_comment(guide=guide)]).is_slow
