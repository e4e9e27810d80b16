"""What becomes of the bytes that somebody sends as their picture, and who sees it."""

import struct
import warnings
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from careers.models import Version
from comments import pictures
from comments.models import Picture, Reader
from comments.moderation import version_name
from comments.pictures import NotAPicture, made_small
from tests.comments.builders import make_comment, make_reader

RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)


def a_file(kind: str = "JPEG", size: tuple[int, int] = (200, 120), **values: Any) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, values.pop("color", RED)).save(made, kind, **values)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return image


def colour_at(data: bytes, x: int, y: int) -> tuple[int, ...]:
    found = opened(data).convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(one - two) < 60 for one, two in zip(colour, other, strict=True))


def png_that_says(width: int, height: int) -> bytes:
    """A header, and next to nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(1, 1), (200, 120), (96, 96), (3, 900)])
def test_it_makes_a_small_square_of_each_kind_and_size(kind: str, size: tuple[int, int]) -> None:
    small = opened(made_small(a_file(kind, size)))
    assert small.format == "WEBP"
    assert small.size == (96, 96)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_it_reads_the_less_usual_kinds_of_png(mode: str) -> None:
    made = BytesIO()
    Image.new(mode, (50, 40)).save(made, "PNG")
    assert opened(made_small(made.getvalue())).size == (96, 96)


def test_it_reads_a_jpeg_made_for_print() -> None:
    made = BytesIO()
    Image.new("CMYK", (50, 40)).save(made, "JPEG")
    assert opened(made_small(made.getvalue())).mode == "RGB"


def test_it_keeps_the_middle() -> None:
    wide = Image.new("RGB", (300, 100), RED)
    wide.paste(BLUE, (100, 0, 200, 100))
    made = BytesIO()
    wide.save(made, "PNG")
    small = made_small(made.getvalue())
    assert is_near(colour_at(small, 3, 48), BLUE)
    assert is_near(colour_at(small, 92, 48), BLUE)


def test_it_keeps_what_is_transparent() -> None:
    made = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(made_small(made.getvalue())).getpixel((48, 48)) == (0, 0, 0, 0)


def test_it_turns_a_picture_as_the_camera_was_held() -> None:
    lying = Image.new("RGB", (100, 100), RED)
    lying.paste(GREEN, (0, 0, 50, 100))  # left; after a quarter turn to the right, on top
    exif = Image.Exif()
    exif[0x0112] = 6
    made = BytesIO()
    lying.save(made, "JPEG", exif=exif)
    small = made_small(made.getvalue())
    assert is_near(colour_at(small, 80, 10), GREEN)
    assert is_near(colour_at(small, 10, 85), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_forgets_place_and_camera(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera-of-Ana"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    sent = a_file(kind, exif=exif)
    assert b"Camera-of-Ana" in sent
    small = made_small(sent)
    assert b"Camera-of-Ana" not in small
    assert dict(opened(small).getexif()) == {}
    assert not {"exif", "xmp", "icc_profile"} & set(opened(small).info)


def test_it_takes_the_first_frame_of_what_moves() -> None:
    made = BytesIO()
    frames = [Image.new("RGB", (60, 60), colour) for colour in (GREEN, RED, BLUE)]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=100)
    small = made_small(made.getvalue())
    assert is_near(colour_at(small, 48, 48), GREEN)
    assert getattr(opened(small), "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(4001, 3000), (8000, 5001), (60_000, 2_000), (50_000, 50_000)])
def test_it_refuses_a_bomb_by_its_header(size: tuple[int, int]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # outside of tests Pillow only warns of the second
        with pytest.raises(NotAPicture, match=r"(12|40) million pixels"):
            made_small(png_that_says(*size))


def test_it_says_the_same_where_warnings_are_errors() -> None:
    with pytest.raises(NotAPicture, match="40 million pixels"):
        made_small(png_that_says(8000, 8000))


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM" * 50]
)
def test_it_refuses_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(NotAPicture, match="JPEG, PNG, WebP or GIF"):
        made_small(data)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO"])
def test_it_refuses_other_kinds(kind: str) -> None:
    with pytest.raises(NotAPicture, match="JPEG, PNG, WebP or GIF"):
        made_small(a_file(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_refuses_half_a_file(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    made = BytesIO()
    noise.save(made, kind)
    with pytest.raises(NotAPicture):
        made_small(made.getvalue()[: len(made.getvalue()) // 2])


def test_it_refuses_a_file_that_is_too_large() -> None:
    with pytest.raises(NotAPicture, match="5 MB"):
        made_small(b"\0" * (pictures.LARGEST_UPLOAD + 1))


def test_it_stays_below_what_the_database_keeps_whatever_is_on_it() -> None:
    made = BytesIO()
    channels = [Image.effect_noise((96, 96), 200) for _ in range(4)]
    Image.merge("RGBA", channels).save(made, "PNG")
    assert len(made_small(made.getvalue())) < 32 * 1024


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_it_makes_a_picture_of_a_broken_file_or_says_no(kind: str, data: st.DataObject) -> None:
    sent = bytearray(a_file(kind, (40, 30)))
    for _ in range(data.draw(st.integers(1, 6))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            assert opened(made_small(bytes(sent))).size == (96, 96)
        except NotAPicture as why:
            assert str(why).endswith(".")


# Who sees it ----------------------------------------------------------------------------------


def shown_picture_of(reader: Reader) -> str:
    return Reader.objects.get(pk=reader.pk).shown_picture


@pytest.mark.django_db
def test_it_holds_shows_and_removes() -> None:
    reader = make_reader()
    picture = pictures.hold(reader, b"bytes")
    assert shown_picture_of(reader) == ""
    assert pictures.show(picture)
    assert shown_picture_of(reader) == picture.digest
    assert not pictures.show(picture)
    assert pictures.remove(picture)
    assert shown_picture_of(reader) == ""
    assert not Picture.objects.exists()
    assert not pictures.remove(picture)


@pytest.mark.django_db
def test_it_holds_again_what_replaces_and_shows_nothing_unlooked_at() -> None:
    reader = make_reader()
    first = pictures.hold(reader, b"first")
    pictures.show(first)
    second = pictures.hold(reader, b"second")
    assert shown_picture_of(reader) == ""
    assert not pictures.show(first)
    assert not pictures.remove(first)
    assert Picture.objects.get().pk == second.pk
    assert Picture.objects.get().state == Picture.State.HELD


@pytest.mark.django_db
def test_it_makes_the_pages_anew_only_when_others_see_a_change() -> None:
    reader = make_reader()
    comments = [make_comment(author=reader), make_comment(author=reader)]
    bystander = make_comment()
    moved = []

    def versions(*of: Any) -> list[int]:
        return [Version.objects.number_of(version_name(one.guide_id)) for one in of]

    others = versions(bystander)
    before = versions(*comments)
    picture = pictures.hold(reader, b"bytes")
    moved.append(versions(*comments) != before)
    for act in (pictures.show, pictures.remove):
        before = versions(*comments)
        act(picture)
        moved.append([two - one for one, two in zip(before, versions(*comments), strict=True)])
    assert moved == [False, [1, 1], [1, 1]]
    assert versions(bystander) == others


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "odd"}, "picture_state_known"),
        ({"size": 4}, "picture_size_bounded"),
        ({"content": b"", "size": 0}, "picture_size_bounded"),
        ({"content": b"0" * 32_769, "size": 32_769}, "picture_size_bounded"),
        ({"digest": "../../../../etc"}, "picture_digest_form"),
    ],
)
def test_it_lets_the_database_refuse(values: dict[str, Any], name: str) -> None:
    fine = {"reader": make_reader(), "digest": "0" * 16, "content": b"abc", "size": 3}
    with pytest.raises(IntegrityError, match=name):
        Picture.objects.create(**fine | values)


@pytest.mark.django_db
def test_it_keeps_one_of_the_largest_size() -> None:
    content = b"0" * 32_768
    Picture.objects.create(
        reader=make_reader(), digest="0123456789abcdef", content=content, size=len(content)
    )
    assert bytes(Picture.objects.get().content) == content
