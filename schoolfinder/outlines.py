"""Outlines of the states, from the picture of the map, so that a part can be drawn large."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

_PATH = re.compile(r'<path id="([a-z]{2})" d="([^"]+)"')
_STEP = re.compile(r"([Mlz])|(-?[0-9.]+)[ ,]?(-?[0-9.]+)")


@dataclass(frozen=True)
class Frame:
    """A part of the map, in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"

    def meets(self, other: "Frame") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def padded(self, share: float) -> "Frame":
        gap = max(self.width, self.height) * share
        return Frame(self.x - gap, self.y - gap, self.width + 2 * gap, self.height + 2 * gap)


@dataclass(frozen=True)
class Outline:
    path: str  # path data
    frame: Frame


@cache
def outlines() -> dict[str, Outline]:
    """State → its outline. Read once a process."""
    text = (settings.BASE_DIR / "static" / "img" / "us-states.svg").read_text(encoding="utf-8")
    return {state.upper(): Outline(path, _frame(path)) for state, path in _PATH.findall(text)}


def _frame(path: str) -> Frame:
    """Paths are of absolute moves and relative lines only."""
    x = y = 0.0
    xs, ys = [], []
    is_absolute = True
    for command, across, down in _STEP.findall(path):
        if command:
            is_absolute = command == "M"
            continue
        x, y = (float(across), float(down)) if is_absolute else (x + float(across), y + float(down))
        xs.append(x)
        ys.append(y)
    return Frame(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
