from typing import Any

import pytest

from comments.models import State
from comments.spam import Submission, judge, pipeline
from comments.spam.submission import Signal
from tests.comments.builders import make_moderator, make_reader

pytestmark = pytest.mark.django_db


def judged(monkeypatch: Any, *signals: Signal, **values: Any) -> State:
    monkeypatch.setattr(
        pipeline, "SIGNALS", [lambda _, signal=signal: signal for signal in signals]
    )
    author = values.get("author") or make_reader()
    return judge(Submission("text", author, [], "", None)).state


@pytest.mark.parametrize(
    ("points", "state"),
    [
        ([], State.PUBLISHED),
        ([1.9], State.PUBLISHED),
        ([1.0, 1.0], State.HELD),
        ([2.0, 3.9], State.HELD),
        ([2.0, 4.0], State.SPAM),
        ([6.0], State.SPAM),
    ],
)
def test_it_adds_all_signals_up_before_it_decides(
    monkeypatch: Any, points: list[float], state: State
) -> None:
    assert judged(monkeypatch, *(Signal("s", "words", point) for point in points)) == state


def test_it_holds_for_a_rule_whatever_the_score(monkeypatch: Any) -> None:
    assert judged(monkeypatch, Signal("rule", "words", 0.0, holds=True)) == State.HELD


def test_it_collects_about_staff_but_never_holds_them(monkeypatch: Any) -> None:
    signal = Signal("s", "words", 9.0)
    assert judged(monkeypatch, signal, author=make_moderator()) == State.PUBLISHED


def test_it_keeps_every_signal_for_the_moderator() -> None:
    source = "GREAT cаsino https://bit.ly/x https://bit.ly/y " + "BUY NOW " * 10
    verdict = judge(
        Submission(
            source,
            make_reader(published=0),
            ["https://bit.ly/x", "https://bit.ly/y"],
            "f",
            None,
            form_seconds=1.0,
            trapped=True,
        )
    )
    names = {signal.name for signal in verdict.signals}
    assert {
        "honeypot",
        "form-age",
        "links",
        "shortener",
        "mixed-scripts",
        "first-comments",
    } <= names
    assert verdict.state == State.SPAM
