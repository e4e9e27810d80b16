"""What stands beside a reader's name: their own picture once a moderator has let it be seen, or a
small flower drawn from a hash of the public id."""

import hashlib
from functools import lru_cache
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Whose ink a flower borrows: the names in tokens.css.
HUES = (
    "health", "care", "trades", "repair", "land", "science", "sales", "transport",
    "engineering", "business", "computing", "law", "arts", "hospitality", "teaching",
)  # fmt: skip
WIDTHS = (4.5, 6.0, 7.5)
INNER = ((0.0, -3.0), (-2.2, -10.2), (0.0, -12.2), (2.2, -10.2))


@lru_cache(maxsize=4096)
def avatar(public_id: str, shown_picture: str = "") -> SafeString:
    """The picture of this digest; without one the SVG: four to eight petals of three widths."""
    if shown_picture:
        return format_html(
            '<img class="avatar" src="{}" width="40" height="40" alt="" loading="lazy">',
            picture_url(public_id, shown_picture),
        )
    hue, petals, width = traits(public_id)
    turns = [2 * pi * number / petals for number in range(petals)]
    return format_html(
        '<svg class="avatar" data-cluster="{}" viewBox="-20 -20 40 40" aria-hidden="true">'
        '<path d="{}"/><path class="in" d="{}"/><circle r="2"/></svg>',
        hue,
        "".join(_petal(width, turn) for turn in turns),
        "".join(_inner_petal(turn + pi / petals) for turn in turns),
    )


def picture_url(public_id: str, digest: str) -> str:
    """Written out, as presenters do: reversing hundreds takes time."""
    return f"/readers/{public_id}/picture/{digest}.webp"


def traits(public_id: str) -> tuple[str, int, float]:
    """Hue, number of petals and their width."""
    first, second, third, *_ = hashlib.sha256(public_id.encode()).digest()
    return HUES[first % len(HUES)], 4 + second % 5, WIDTHS[third % len(WIDTHS)]


def _petal(width: float, turn: float) -> str:
    """Two curves from near the middle to the tip and back."""
    left = [(0.0, -3.0), (-width, -8.9), (-width, -13.6), (0.0, -17.0)]
    right = [(width, -13.6), (width, -8.9), (0.0, -3.0)]
    first, *rest = [_turned(point, turn) for point in left + right]
    return f"M{first}C{' '.join(rest[:3])}C{' '.join(rest[3:])}Z"


def _inner_petal(turn: float) -> str:
    first, *rest = [_turned(point, turn) for point in INNER]
    return f"M{first}L{' '.join(rest)}Z"


def _turned(point: tuple[float, float], turn: float) -> str:
    x, y = point
    return f"{x * cos(turn) - y * sin(turn):.1f} {x * sin(turn) + y * cos(turn):.1f}"
