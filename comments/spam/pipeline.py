"""From a submission to a verdict: every signal of signals.py, then one sum."""

from dataclasses import dataclass

from comments.models import State
from comments.spam.signals import SIGNALS
from comments.spam.submission import Signal, Submission

HOLD_AT = 2.0
SPAM_AT = 6.0


@dataclass(frozen=True)
class Verdict:
    state: State
    signals: list[Signal]


def judge(submission: Submission) -> Verdict:
    """Publish, hold or spam. Staff are collected from as well, but never held."""
    signals = [signal for find in SIGNALS if (signal := find(submission))]
    if submission.author.is_staff:
        return Verdict(State.PUBLISHED, signals)
    score = total(signals)
    if score >= SPAM_AT:
        return Verdict(State.SPAM, signals)
    if score >= HOLD_AT or any(signal.holds for signal in signals):
        return Verdict(State.HELD, signals)
    return Verdict(State.PUBLISHED, signals)


def total(signals: list[Signal]) -> float:
    return sum(signal.points for signal in signals)
