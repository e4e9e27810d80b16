"""What a check gives, and how all of them walk through a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from careers.plain_text import PlainText


@dataclass(frozen=True)
class Defect:
    slug: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.slug}: {self.rule}: {self.message}"


def units(text: PlainText) -> Iterator[tuple[str, str]]:
    """(part, paragraph or line), in page order; the header and the labels of steps are no prose."""
    yield "summary", text.summary
    for part in ("what", "tasks", "where", "start", "pay", "outlook", "like", "twice"):
        value = getattr(text, part)
        if part == "start":
            yield from ((part, line) for _, line in value)
        elif isinstance(value, tuple):
            yield from ((part, line) for line in value)
        else:
            yield from ((part, paragraph) for paragraph in value.split("\n\n"))
