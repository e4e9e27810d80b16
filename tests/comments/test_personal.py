import pytest

from careers.models import Version
from comments import personal
from comments.following import follow, tell_some
from comments.models import (
    Comment,
    Follow,
    Mail,
    Mention,
    ModerationAction,
    Notice,
    Pace,
    Reader,
    Report,
    State,
)
from comments.moderation import Decision, move, version_name
from tests.comments.builders import make_comment, make_moderator, make_reader, make_report

pytestmark = pytest.mark.django_db


def test_it_moves_the_versions_of_every_guide_that_shows_a_renamed_reader() -> None:
    reader = make_reader()
    comments = [make_comment(author=reader), make_comment(author=reader)]
    names = [version_name(comment.guide_id) for comment in comments]
    before = [Version.objects.number_of(name) for name in names]
    personal.rename(reader, "Dev Patel")
    assert [Version.objects.number_of(name) for name in names] == [one + 1 for one in before]


def test_it_exports_everything_kept_about_a_reader() -> None:
    reader = make_reader()
    comment = make_comment("My words", author=reader, role="worker")
    move(comment, State.REMOVED, Decision(actor=make_moderator("Secret Mod"), reason="rude"))
    make_report(make_comment(), reader, "personal")
    data = personal.export(reader)
    assert data["comments"][0]["text"] == "My words"
    assert data["comments"][0]["decisions"][-1]["reason"] == "rude"
    assert data["reports"][0]["reason"] == "personal"
    assert "Secret Mod" not in str(data)


def test_it_erases_everything_of_a_reader_and_nothing_of_others() -> None:
    reader, other = make_reader(), make_reader()
    root = make_comment("My words", author=reader)
    reply = make_comment("Another’s words", parent=root, author=other)
    reported = make_comment(author=other)
    make_report(reported, reader)
    Mail.objects.create(to=reader.email, sender="us", subject="s")
    personal.erase(reader)
    assert not Reader.objects.filter(pk=reader.pk).exists()
    assert Comment.objects.get(pk=root.pk).state == State.ERASED
    assert Comment.objects.get(pk=reply.pk).source == "Another’s words"
    assert Comment.objects.get(pk=reported.pk).open_reports == 0
    assert not Report.objects.exists()
    assert not Mail.objects.exists()


def test_it_keeps_a_moderators_decisions_when_the_moderator_goes() -> None:
    moderator = make_moderator()
    move(make_comment(), State.SPAM, Decision(actor=moderator))
    personal.erase(moderator)
    action = ModerationAction.objects.get(to_state=State.SPAM)
    assert action.actor is None
    assert action.who == "a former moderator"


def test_it_exports_what_a_reader_follows_and_was_told_and_erases_it() -> None:
    comment = make_comment()
    reader = comment.author
    assert reader is not None
    follow(reader, comment.guide_id, comment, Pace.DAILY)
    answer = make_comment(parent=comment)
    tell_some(answer.pk)
    Mention.objects.create(comment=answer, reader=reader)
    data = personal.export(reader)
    assert data["mail"]["follows"][0]["replies_to"] == comment.public_id
    assert data["mail"]["told_of"][0]["comment"] == answer.public_id
    assert data["mentioned_in"] == [answer.public_id]
    personal.erase(reader)
    assert not Follow.objects.exists()
    assert not Notice.objects.exists()
    assert not Mention.objects.exists()
