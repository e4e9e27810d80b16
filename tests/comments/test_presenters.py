from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from comments import presenters
from comments.models import Comment, ModerationAction, State
from comments.models.threads import OnPage
from comments.moderation import Decision, move
from comments.pages import thread_page
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def on_page(comments: list[Comment]) -> list[OnPage]:
    return [OnPage.of(comment) for comment in comments]


def chain(length: int) -> list[Comment]:
    comments = [make_comment()]
    for _ in range(length - 1):
        comments.append(make_comment(parent=comments[-1]))
    return comments


def nesting(rows: list[presenters.Row]) -> str:
    """The lists as brackets: "(" a comment, "[" its replies."""
    out = ""
    for row in rows:
        out += "(" + ")]" * len(row.closes) + ("[" if row.opens else ")")
    return out


def test_it_nests_replies_in_balanced_lists() -> None:
    root = make_comment()
    first = make_comment(parent=root)
    make_comment(parent=first)
    make_comment(parent=root)
    make_comment(guide=root.guide)
    page = thread_page(root.guide, VISITOR, "oldest")
    assert nesting(presenters.rows(page.comments, VISITOR)) == "([([()])()])()"


def test_it_indents_to_four_and_then_says_whom_a_reply_answers() -> None:
    comments = chain(7)
    rows = presenters.rows(on_page(comments), VISITOR)
    assert [row.level for row in rows] == [0, 1, 2, 3, 4, 4, 4]
    assert [bool(row.answers) for row in rows] == [False] * 5 + [True] * 2
    assert rows[6].answers is not None
    assert rows[6].answers.words == str(comments[5].author)


def test_it_keeps_lists_whole_when_the_reply_above_an_own_one_is_not_shown() -> None:
    comments, reader = chain(3), make_reader()
    own = make_comment(parent=comments[-1], author=reader, state=State.HELD)
    rows = presenters.rows(on_page([comments[0], own]), reader)
    assert nesting(rows) == "([()])"


def test_it_links_to_the_replies_that_are_not_shown() -> None:
    root = make_comment()
    for _ in range(12):
        make_comment(parent=root)
    page = thread_page(root.guide, VISITOR)
    rows = presenters.rows(page.comments, VISITOR)
    assert [bool(row.more) for row in rows] == [False] * 10 + [True]
    assert rows[-1].more is not None
    assert rows[-1].more.words == "All 12 replies"


def test_it_says_nothing_of_a_gone_comment_but_that_it_is_gone() -> None:
    comment = make_comment("Secret words", state=State.REMOVED)
    row = presenters.row(OnPage.of(comment), VISITOR)
    assert row.tombstone
    assert (row.name, row.html, row.actions) == ("", "", [])
    assert "html" not in presenters.as_json(on_page([comment]))[0]


@pytest.mark.parametrize("state", [State.HELD, State.SPAM, State.REMOVED, State.HIDDEN])
def test_it_tells_an_author_the_true_state(state: State) -> None:
    author = make_reader()
    row = presenters.row(OnPage.of(make_comment(author=author, state=state)), author)
    assert row.label == state.label
    assert not row.tombstone


def words(comment: Comment, reader: object) -> list[str]:
    return [
        link.words.split(" (")[0] for link in presenters.row(OnPage.of(comment), reader).actions
    ]  # type: ignore[arg-type]


def test_it_offers_each_reader_what_they_may_do() -> None:
    author, other, moderator = make_reader(), make_reader(), make_moderator()
    comment = make_comment(author=author)
    assert words(comment, VISITOR) == ["Reply", "Link", "Helpful", "Report"]
    assert words(comment, other) == ["Reply", "Link", "Report"]
    assert words(comment, author) == ["Reply", "Edit", "Take back", "Link", "Mail me replies"]
    assert words(comment, moderator) == ["Reply", "Link", "Report", "Moderate"]
    held = make_comment(author=author, state=State.HELD)
    assert words(held, author) == ["Edit", "Take back"]
    old = make_comment(author=author, created=timezone.now() - timedelta(minutes=16))
    assert words(old, author) == ["Reply", "Take back", "Link", "Mail me replies"]


def test_it_tells_an_author_why() -> None:
    author, moderator = make_reader(), make_moderator()
    comment = make_comment(author=author)
    decision = Decision(actor=moderator, reason="personal", public_note="Leave out her name.")
    move(comment, State.REMOVED, decision)
    own = presenters.own_comments(author)
    assert own[0].state == "Removed by a moderator"
    assert own[0].why == "Names or exposes a person. Leave out her name."
    assert ModerationAction.objects.count() == 2
