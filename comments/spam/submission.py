"""What the pipeline is given, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from comments.models import Reader


class Opinion(StrEnum):
    """What a second filter outside says of a text."""

    GOOD = "good"
    SPAM = "spam"
    BLATANT = "blatant"
    SILENT = "silent"  # it was asked and gave no answer


@dataclass(frozen=True)
class Submission:
    """What is known about a comment when it arrives or is edited."""

    source: str
    author: Reader
    links: list[str]
    fingerprint: str
    simhash: int | None
    network: str = ""
    form_seconds: float | None = None  # how long the form was open; None when not known
    trapped: bool = False  # the field that people do not see was filled
    hidden_characters: int = 0
    opinion: Opinion | None = None  # None: nobody was asked
    comment_id: int = 0  # the row itself, so that it is no duplicate of itself


@dataclass(frozen=True)
class Signal:
    """One reason, in words for the moderator. `holds` keeps a comment back at any score."""

    name: str
    words: str
    points: float = 0.0
    holds: bool = False
    parts: tuple[tuple[str, float], ...] = ()  # what the points come from, when it is worth saying

    def as_json(self) -> dict[str, Any]:
        parts = {"parts": [list(part) for part in self.parts]} if self.parts else {}
        return {"name": self.name, "words": self.words, "points": self.points} | parts
