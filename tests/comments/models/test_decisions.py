import pytest
from django.db import IntegrityError, transaction

from comments.models import ModerationAction, State
from tests.comments.builders import make_comment, make_reader, make_report

pytestmark = pytest.mark.django_db


def test_it_only_adds_decisions() -> None:
    action = make_comment().actions.get()
    action.reason = "rude"
    with pytest.raises(TypeError):
        action.save()
    with pytest.raises(TypeError):
        action.delete()
    with pytest.raises(TypeError):
        ModerationAction.objects.all().delete()
    with pytest.raises(TypeError):
        ModerationAction.objects.update(reason="rude")


def test_it_refuses_a_decision_that_moves_nothing() -> None:
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationAction.objects.create(comment=comment, from_state=State.HELD, to_state=State.HELD)


def test_it_takes_one_report_a_reader_and_comment() -> None:
    comment, reader = make_comment(), make_reader()
    make_report(comment, reader)
    make_report(comment)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(comment, reader)
