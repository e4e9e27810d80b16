"""A small flower for each reader, drawn from a hash of the public id; no picture is fetched."""

import hashlib
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Whose ink a flower borrows: the names in tokens.css.
HUES = (
    "health", "care", "trades", "repair", "land", "science", "sales", "transport",
    "engineering", "business", "computing", "law", "arts", "hospitality", "teaching",
)  # fmt: skip
WIDTHS = (4.5, 6.0, 7.5)


@lru_cache(maxsize=4096)
def avatar(public_id: str) -> SafeString:
    """The SVG: four to eight petals of one of three widths."""
    hue, petals, width = traits(public_id)
    turn = 360 / petals
    outer = f"M0-3C-{width}-8.9-{width}-13.6 0-17C{width}-13.6 {width}-8.9 0-3Z"
    inner = "M0-3L-2.2-10.2 0-12.2 2.2-10.2Z"
    return format_html(
        '<svg class="avatar" data-cluster="{}" viewBox="-20 -20 40 40" aria-hidden="true">'
        '{}{}<circle r="2"/></svg>',
        hue,
        _turned('<path transform="rotate({})" d="{}"/>', outer, petals, turn, 0),
        _turned('<path class="in" transform="rotate({})" d="{}"/>', inner, petals, turn, turn / 2),
    )


def traits(public_id: str) -> tuple[str, int, float]:
    """Hue, number of petals and their width."""
    first, second, third, *_ = hashlib.sha256(public_id.encode()).digest()
    return HUES[first % len(HUES)], 4 + second % 5, WIDTHS[third % len(WIDTHS)]


def _turned(path: str, shape: str, petals: int, turn: float, start: float) -> SafeString:
    turns = ((f"{start + number * turn:g}", shape) for number in range(petals))
    return format_html_join("", path, turns)
