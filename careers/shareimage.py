"""The picture that goes along when an address is shared: drawn from figures, kept in no file.

A card holds all that its picture shows, so a picture is remembered by its card alone: figures that
change make another card, and another address. Pillow's built-in font is the only one used.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from math import cos, radians, sin
from typing import cast

from PIL import Image, ImageDraw, ImageFont

from careers import plots, presenters
from careers.catalogue import Entry

WIDTH, HEIGHT = 1200, 630  # pixels, as networks ask for
REMEMBERED = 400  # pictures, of some 20 KB each

Point = tuple[float, float]
Color = tuple[int, int, int]


@dataclass(frozen=True)
class Card:
    """What a picture shows. `cluster` chooses the ink; "" is the site's own."""

    title: str
    label: str
    cluster: str
    figures: tuple[tuple[str, str], ...]  # what, how much
    source: str
    petals: tuple[tuple[str, int, bool], ...]  # path, turn, void: as plots.Petal

    @property
    def version(self) -> str:
        return sha256(repr(self).encode()).hexdigest()[:12]


SITE = Card(
    title="What the work is. Where to learn it.",
    label="Careers in plain words",
    cluster="",
    figures=(),
    source="Honest figures, each with its edition and source",
    petals=tuple(
        (petal.path, petal.turn, petal.void)
        for petal in plots.mark({"a": 0.9, "b": 0.55, "c": 0.75, "d": 0.35, "e": 0.6})
    ),
)


def card_of(entry: Entry) -> Card:
    """Pay, growth and openings of the newest edition that has the guide."""
    edition = entry.figures.edition if entry.figures else None
    pay, growth, _, openings, *_ = presenters.quick_facts(entry.figures, edition)
    return Card(
        title=entry.guide.title,
        label=entry.cluster.title if entry.cluster else "Guide",
        cluster=entry.cluster.slug if entry.cluster else "",
        figures=tuple((fact.label, fact.value) for fact in (pay, growth, openings)),
        source=f"U.S. Bureau of Labor Statistics, {edition.label} edition" if edition else "",
        petals=tuple((p.path, p.turn, p.void) for p in plots.mark(entry.ranks)),
    )


# Inks: the raw colors of css/tokens.css, and the hue and chroma of each cluster there ------------

INKS = {
    "": (162, 0.105),
    "health": (6, 0.13),
    "care": (50, 0.105),
    "trades": (66, 0.095),
    "repair": (92, 0.09),
    "land": (122, 0.105),
    "science": (152, 0.105),
    "sales": (174, 0.08),
    "transport": (196, 0.08),
    "engineering": (228, 0.09),
    "business": (256, 0.12),
    "computing": (282, 0.14),
    "law": (304, 0.12),
    "arts": (330, 0.12),
    "hospitality": (348, 0.12),
    "teaching": (32, 0.085),
}


def oklch(lightness: float, chroma: float, hue: float) -> Color:
    """The sRGB color, clipped to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _encoded(red), _encoded(green), _encoded(blue)


def _encoded(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * value)


PAPER, INK = oklch(0.972, 0.011, 86), oklch(0.235, 0.03, 255)
INK_SOFT, RULE = oklch(0.43, 0.025, 255), oklch(0.88, 0.02, 82)


def accent(cluster: str) -> Color:
    hue, chroma = INKS.get(cluster, INKS[""])
    return oklch(0.44, chroma, hue)


def _screen(color: Color, share: float) -> Color:
    """The ink printed on paper as a screen of that share."""
    red, green, blue = (round(p + (c - p) * share) for c, p in zip(color, PAPER, strict=True))
    return red, green, blue


# The picture -------------------------------------------------------------------------------------

EDGE = 72
MARK_AT, MARK_SCALE = (985, 262), 3.1
TITLE_WIDTH, TITLE_SIZES, TITLE_LINES = 690, (84, 74, 64, 56, 48), 4
FINER = 2  # the mark is drawn this many times larger, and made smaller for smooth edges


@lru_cache(maxsize=REMEMBERED)
def picture(card: Card) -> bytes:
    """A PNG of 1200 × 630 pixels, drawn once per process."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    ink = accent(card.cluster)
    draw.rectangle((0, 0, WIDTH, 11), fill=INK)
    _write(draw, (EDGE, 56), "Fieldguide", 34, INK)
    _write(draw, (EDGE + 200, 62), card.label, 26, ink)
    _write_title(draw, card.title)
    _draw_figures(draw, card, ink)
    _print_mark(image, card, ink)
    return _png(image)


def _write_title(draw: ImageDraw.ImageDraw, title: str) -> None:
    size, lines = _fitted(title)
    top = 132 if len(lines) > 2 else 160
    for number, line in enumerate(lines):
        _write(draw, (EDGE - 3, top + number * size * 1.08), line, size, INK)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title keeps to its lines."""
    for size in TITLE_SIZES:
        lines = _wrapped(title, size)
        if len(lines) <= min(TITLE_LINES, 300 // size):
            return size, lines
    return size, lines[:TITLE_LINES]


def _wrapped(text: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in _drawable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= TITLE_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _draw_figures(draw: ImageDraw.ImageDraw, card: Card, ink: Color) -> None:
    draw.line((EDGE, 446, WIDTH - EDGE, 446), fill=INK, width=2)
    step = (WIDTH - 2 * EDGE) // 3
    for number, (what, how_much) in enumerate(card.figures):
        left = EDGE + number * step
        room = step - 24
        _write(draw, (left, 464), what, 23, INK_SOFT, room)
        _write(draw, (left, 498), how_much, 54, ink, room)
    at, size = ((EDGE, 578), 22) if card.figures else ((EDGE, 484), 36)
    _write(draw, at, card.source, size, INK_SOFT, WIDTH - 2 * EDGE)


def _print_mark(image: Image.Image, card: Card, ink: Color) -> None:
    scale = MARK_SCALE * FINER
    side = round(2 * 52 * scale)
    plate = Image.new("RGB", (side, side), PAPER)
    draw = ImageDraw.Draw(plate)
    middle = side / 2
    for radius, color in ((46, RULE), (27, _screen(ink, 0.38))):
        box = [middle - radius * scale] * 2 + [middle + radius * scale] * 2
        draw.ellipse(box, outline=color, width=2 * FINER)
    for path, turn, is_void in card.petals:
        outline = [(middle + x * scale, middle + y * scale) for x, y in _turned(path, turn)]
        if is_void:
            draw.line(outline, fill=_screen(ink, 0.38), width=2 * FINER)
        else:
            draw.polygon(outline, fill=_screen(ink, 0.28))
            draw.line(outline, fill=ink, width=2 * FINER, joint="curve")
    heart = [middle - 3.5 * scale] * 2 + [middle + 3.5 * scale] * 2
    draw.ellipse(heart, fill=ink)
    small = plate.resize((side // FINER, side // FINER), Image.Resampling.LANCZOS)
    image.paste(small, (MARK_AT[0] - small.width // 2, MARK_AT[1] - small.height // 2))


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
CURVE_STEPS = 16


def _turned(path: str, turn: int) -> Iterator[Point]:
    """Points along a petal's two curves (plots.mark writes M, C, C), turned clockwise."""
    numbers = [float(number) for number in _NUMBER.findall(path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    across, along = cos(radians(turn)), sin(radians(turn))
    for first in (0, 3):
        for step in range(CURVE_STEPS + 1):
            x, y = _on_curve(points[first : first + 4], step / CURVE_STEPS)
            yield x * across - y * along, x * along + y * across


def _on_curve(points: list[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
    return x, y


def _write(
    draw: ImageDraw.ImageDraw, at: Point, text: str, size: int, color: Color, room: int = WIDTH
) -> None:
    """Smaller where it would not fit its room."""
    text = _drawable(text)
    while _font(size).getlength(text) > room:
        size -= 1
    draw.text(at, text, font=_font(size), fill=color)


_SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"'})


def _drawable(text: str) -> str:
    """The built-in font has the signs of ASCII: no accents, curved quotes, dashes or minus."""
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return "".join(sign for sign in plain if sign.isascii())


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
