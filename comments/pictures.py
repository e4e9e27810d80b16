"""A reader's own picture: made small and clean, held, shown, taken away."""

import hashlib
import threading
from io import BytesIO

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from comments.models import Picture, Reader
from comments.moderation import lock_threads, touch

SIDE = 96  # pixels of what is kept
LARGEST_UPLOAD = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000  # of a JPEG, which is decoded at a fraction of its size
MOST_DECODED = 12_000_000  # of the others, which are decoded whole: some 200 MB
TOO_MANY_PIXELS = "This picture has more than {} million pixels. Choose a smaller one."
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Pillow itself refuses twice as many, also in a later frame whose size the header hides.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# That much memory once in a process is enough: one at a time.
_decoding = threading.Lock()


class NotAPicture(Exception):
    """The bytes are no picture that we take; says why, for the reader."""


def made_small(data: bytes) -> bytes:
    """The middle square of a picture as WebP, 96 × 96, with nothing else that the file held.

    Of a moving picture the first frame. NotAPicture for anything that cannot be read.
    """
    if len(data) > LARGEST_UPLOAD:
        raise NotAPicture("Choose a file of at most 5 MB.")
    try:
        with _decoding, Image.open(BytesIO(data), formats=FORMATS) as image:
            _check_size(image)  # the header is read, no pixel is yet
            image.draft("RGB", (4 * SIDE, 4 * SIDE))  # a large JPEG is decoded at a fraction
            return _as_webp(_square(ImageOps.exif_transpose(image)))
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture(TOO_MANY_PIXELS.format(MOST_PIXELS // 10**6)) from error
    except UnidentifiedImageError as error:
        raise NotAPicture("Choose a JPEG, PNG, WebP or GIF file.") from error
    except Exception as error:  # a broken file fails in whatever way its decoder fails
        raise NotAPicture("This file is damaged. Choose another one.") from error


def _check_size(image: Image.Image) -> None:
    most = MOST_PIXELS if image.format == "JPEG" else MOST_DECODED
    if image.width * image.height > most:
        raise NotAPicture(TOO_MANY_PIXELS.format(most // 10**6))


def _square(image: Image.Image) -> Image.Image:
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode != mode:  # convert() copies even then, and a picture can be large
        image = image.convert(mode)
    middle = (left, top, left + side, top + side)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=middle)


def _as_webp(square: Image.Image) -> bytes:
    """Copied onto a new image, which knows no place, camera or comment."""
    clean = Image.new(square.mode, square.size)
    clean.paste(square)
    kept = BytesIO()
    clean.save(kept, "WEBP", quality=82, method=4)
    return kept.getvalue()


@transaction.atomic
def hold(reader: Reader, content: bytes) -> Picture:
    """Keep a picture for a moderator to look at; others see the flower until then."""
    guide_ids = _lock(reader)
    Picture.objects.filter(reader=reader).delete()
    _say(reader, "", guide_ids)
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Picture.objects.create(reader=reader, digest=digest, size=len(content), content=content)


@transaction.atomic
def show(picture: Picture) -> bool:
    """Let everybody see it; False when it was replaced, taken away or shown meanwhile."""
    guide_ids = _lock(picture.reader)
    shown = Picture.objects.held().filter(pk=picture.pk).update(state=Picture.State.SHOWN)
    if shown:
        _say(picture.reader, picture.digest, guide_ids)
    return shown == 1


@transaction.atomic
def remove(picture: Picture) -> bool:
    """Its bytes go for good; False when it was replaced or taken away meanwhile."""
    guide_ids = _lock(picture.reader)
    removed, _ = Picture.objects.filter(pk=picture.pk).delete()
    if removed:
        _say(picture.reader, "", guide_ids)
    return removed == 1


def _lock(reader: Reader) -> list[int]:
    """The threads in which the reader stands, then the reader; as every writer takes them."""
    guide_ids = sorted(reader.comments.order_by().values_list("guide_id", flat=True).distinct())
    lock_threads(guide_ids)
    Reader.objects.select_for_update(no_key=True).get(pk=reader.pk)
    return guide_ids


def _say(reader: Reader, digest: str, guide_ids: list[int]) -> None:
    """Which picture stands beside the reader's comments; their pages are new when it is another."""
    changed = Reader.objects.filter(pk=reader.pk).exclude(shown_picture=digest)
    reader.shown_picture = digest
    if changed.update(shown_picture=digest):
        for guide_id in guide_ids:
            touch(guide_id)
