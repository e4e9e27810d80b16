"""Rows of comments with sensible defaults, written the way the site writes them."""

from datetime import datetime
from itertools import count
from typing import Any

from careers.models import Guide
from comments import markup, moderation
from comments.models import Comment, Reader, Report, State
from comments.models.threads import step
from comments.moderation import Decision
from comments.posting import Draft
from tests.careers.builders import make_guide

_number = count(1)

# The legal moves that lead from AWAITING to a state that one move does not reach.
WAY_TO = {
    State.AWAITING: [],
    State.REMOVED: [State.HELD, State.REMOVED],
    State.HIDDEN: [State.PUBLISHED, State.HIDDEN],
}


def make_reader(name: str = "", *, published: int = 2, **values: Any) -> Reader:
    """A confirmed reader; two comments published, so not held for being new."""
    number = next(_number)
    values.setdefault("display_name", name or f"Reader {number}")
    email = values.pop("email", f"reader{number}@example.com")
    reader = Reader.objects.create_user(email, published_count=published, **values)
    reader.confirm_email()
    return reader


def make_moderator(name: str = "Mo Dee") -> Reader:
    moderator = make_reader(name)
    moderator.make_moderator()
    return Reader.objects.get(pk=moderator.pk)


def make_comment(
    text: str = "",
    *,
    guide: Guide | None = None,
    author: Reader | None = None,
    parent: Comment | None = None,
    state: State = State.PUBLISHED,
    created: datetime | None = None,
    **values: Any,
) -> Comment:
    """A comment in that state, with counters as move() keeps them."""
    number = next(_number)
    text = text or f"What comment {number} says."
    comment = Comment(
        guide=guide or (parent.guide if parent else make_guide()),
        author=author or make_reader(),
        parent=parent,
        root=(parent.root or parent) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        source=text,
        html=markup.render(text),
        idempotency_key=f"built-{number}",
        **values,
    )
    if created:
        comment.created = created
    comment.save()
    Comment.objects.filter(pk=comment.pk).update(
        path=(parent.path if parent else "") + step(comment.pk)
    )
    for step_to in WAY_TO.get(state, [state]):
        moderation.move(comment, step_to, Decision(source="pipeline"))
    return Comment.objects.get(pk=comment.pk)


def make_report(comment: Comment, reader: Reader | None = None, reason: str = "rude") -> Report:
    report = Report.objects.create(comment=comment, reader=reader or make_reader(), reason=reason)
    Comment.objects.filter(pk=comment.pk).update(open_reports=comment.open_reports + 1)
    return report


def a_draft(text: str = "", **values: Any) -> Draft:
    number = next(_number)
    values.setdefault("form_seconds", 30.0)
    return Draft(source=text or f"Draft number {number}.", key=f"key-{number}", **values)
