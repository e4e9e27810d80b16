import json
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from comments import personal, pictures
from comments.models import Picture, Reader, Suspension
from comments.pictures import made_small
from tests.comments.builders import make_comment, make_guide, make_moderator, make_reader

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Reader], Client]
OWN = "/accounts/picture/"
DESK = "/admin/comments/picture/"


def png(colour: str = "red") -> bytes:
    made = BytesIO()
    Image.new("RGB", (120, 100), colour).save(made, "PNG")
    return made.getvalue()


def send(client: Client, data: bytes, name: str = "me.png") -> Any:
    return client.post(OWN, {"picture": SimpleUploadedFile(name, data)})


def address(picture: Picture) -> str:
    return f"/readers/{picture.reader.public_id}/picture/{picture.digest}.webp"


def a_picture(reader: Reader, colour: str = "red", *, shown: bool = False) -> Picture:
    picture = pictures.hold(reader, made_small(png(colour)))
    if shown:
        pictures.show(picture)
    return Picture.objects.get(pk=picture.pk)


def test_it_keeps_a_picture_held_and_says_so(signed_in: SignedIn) -> None:
    reader = make_reader()
    client = signed_in(reader)
    assert send(client, png()).headers["Location"] == OWN
    picture = Picture.objects.get()
    assert (picture.reader, picture.state) == (reader, "held")
    page = client.get(OWN)
    assert "Held for review" in page.text
    assert address(picture) in page.text
    assert "held for review" in client.get("/accounts/").text


def test_it_asks_to_sign_in(client: Client) -> None:
    answer = client.get(OWN)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"no picture", "JPEG, PNG, WebP or GIF"), (b"", "empty"), (png()[:60], "damaged")],
)
def test_it_refuses_other_files_with_422(signed_in: SignedIn, data: bytes, words: str) -> None:
    answer = send(signed_in(make_reader()), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Picture.objects.exists()


@pytest.mark.parametrize("values", [{}, {"picture": "just words"}])
def test_it_asks_for_a_file_with_422(signed_in: SignedIn, values: dict[str, str]) -> None:
    answer = signed_in(make_reader()).post(OWN, values)
    assert answer.status_code == 422
    assert "Choose a picture first." in answer.text


def test_it_refuses_a_file_a_little_too_large(signed_in: SignedIn) -> None:
    answer = send(signed_in(make_reader()), b"\0" * (pictures.LARGEST_UPLOAD + 1))
    assert answer.status_code == 422
    assert "at most 5 MB" in answer.text


def test_it_refuses_a_far_too_large_body_without_reading_it(signed_in: SignedIn) -> None:
    class Unread(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("The body was read.")

    environ = {
        "CONTENT_LENGTH": "50000000",
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "wsgi.input": Unread(),
    }
    answer = signed_in(make_reader()).post(OWN, **environ)
    assert answer.status_code == 413
    assert "at most 5 MB" in answer.text


def test_it_needs_the_forms_token(signed_in: SignedIn) -> None:
    """The address is excused from the early check, not from the check."""
    reader = make_reader()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert send(strict, png()).status_code == 403
    assert not Picture.objects.exists()
    token = strict.get(OWN).context["csrf_token"]
    sent = {"picture": SimpleUploadedFile("me.png", png()), "csrfmiddlewaretoken": str(token)}
    assert strict.post(OWN, sent).status_code == 302


def test_it_takes_six_an_hour(signed_in: SignedIn) -> None:
    client = signed_in(make_reader())
    assert [send(client, png()).status_code for _ in range(7)] == [302] * 6 + [429]
    assert "Six pictures" in send(client, png()).text
    assert int(send(client, png()).headers["Retry-After"]) > 0


def test_it_takes_none_from_who_is_suspended(signed_in: SignedIn) -> None:
    reader = make_reader()
    Suspension.objects.create(reader=reader, by=make_moderator())
    assert send(signed_in(reader), png()).status_code == 422
    assert not Picture.objects.exists()


def test_it_takes_the_picture_away(signed_in: SignedIn) -> None:
    reader = make_reader()
    a_picture(reader, shown=True)
    client = signed_in(reader)
    assert "the flower is back" in client.post(OWN, {"remove": "1"}, follow=True).text
    assert not Picture.objects.exists()
    assert client.post(OWN, {"remove": "1"}).status_code == 302  # a second time


def test_it_serves_a_shown_picture_to_everybody_for_good(client: Client) -> None:
    picture = a_picture(make_reader(), shown=True)
    answer = client.get(address(picture))
    assert answer.content == bytes(picture.content)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_serves_a_held_picture_to_its_owner_and_moderators_only(
    client: Client, signed_in: SignedIn
) -> None:
    owner = make_reader()
    url = address(a_picture(owner))
    assert client.get(url).status_code == 404
    assert signed_in(make_reader()).get(url).status_code == 404
    for may in (owner, make_moderator()):
        answer = signed_in(may).get(url)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("tail", ["0000000000000000.webp", "0000000000000000.png", ".webp"])
def test_it_knows_no_other_address(client: Client, tail: str) -> None:
    reader = make_reader()
    a_picture(reader, shown=True)
    assert client.get(f"/readers/{reader.public_id}/picture/{tail}").status_code == 404


def test_it_stands_beside_comments_and_on_the_profile_once_shown(client: Client) -> None:
    reader = make_reader()
    comment = make_comment(author=reader)
    picture = a_picture(reader)
    thread = f"/careers/{comment.guide.slug}/comments/"
    pages = (thread, comment.get_absolute_url(), f"/readers/{reader.public_id}/")
    for page in pages:
        assert address(picture) not in client.get(page).text
        assert 'class="avatar" data-cluster' in client.get(page).text
    pictures.show(picture)
    for page in pages:
        assert f'<img class="avatar" src="{address(picture)}"' in client.get(page).text


def test_it_asks_the_database_no_more_with_pictures(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    guide = make_guide()
    url = f"/careers/{guide.slug}/comments/"
    make_comment(guide=guide)
    with django_assert_max_num_queries(50) as without:
        client.get(url)
    for _ in range(10):
        author = make_reader()
        make_comment(guide=guide, author=author)
        a_picture(author, shown=True)
    with django_assert_max_num_queries(len(without.captured_queries)):
        assert client.get(url).text.count("<img class") == 10


# The desk -------------------------------------------------------------------------------------


def decide(client: Client, act: str, *picked: Picture) -> Any:
    data = {"action": act, "_selected_action": [one.pk for one in picked]}
    return client.post(DESK, data, follow=True)


def test_it_lists_held_pictures_for_moderators(signed_in: SignedIn) -> None:
    held, shown = a_picture(make_reader()), a_picture(make_reader(), "blue", shown=True)
    client = signed_in(make_moderator())
    page = client.get(f"{DESK}?state__exact=held").text
    assert address(held) in page
    assert address(shown) not in page
    assert "Pictures that wait: 1" in client.get("/admin/comments/comment/").text


def test_it_shows_and_removes_at_the_desk_and_notes_it_with_the_reader(
    signed_in: SignedIn,
) -> None:
    moderator = make_moderator()
    picture = a_picture(make_reader())
    client = signed_in(moderator)
    assert "Shown: 1." in decide(client, "show", picture).text
    assert Picture.objects.get().is_shown
    assert "Removed: 1." in decide(client, "remove", picture).text
    assert not Picture.objects.exists()
    noted = LogEntry.objects.filter(user=moderator, object_id=str(picture.reader_id))
    assert {one.get_change_message() for one in noted} == {
        "Showed the picture.",
        "Removed the picture.",
    }


def test_it_does_not_show_what_replaced_the_picture_on_the_moderators_page(
    signed_in: SignedIn,
) -> None:
    reader = make_reader()
    looked_at = a_picture(reader)
    a_picture(reader, "blue")
    decide(signed_in(make_moderator()), "show", looked_at)
    assert not Picture.objects.get().is_shown


def test_it_lets_no_other_staff_decide(signed_in: SignedIn) -> None:
    picture = a_picture(make_reader())
    assert decide(signed_in(make_reader(is_staff=True)), "show", picture).status_code == 403
    assert not Picture.objects.get().is_shown


# The reader's data ----------------------------------------------------------------------------


def test_it_is_in_the_export_and_goes_with_the_account(client: Client) -> None:
    reader = make_reader()
    make_comment(author=reader)
    assert personal.export(reader)["picture"] is None
    picture = a_picture(reader, shown=True)
    exported = json.loads(json.dumps(personal.export(reader)))["picture"]
    assert exported["state"] == "shown"
    assert b64decode(exported["base64"]) == bytes(picture.content)
    url = address(picture)
    personal.erase(reader)
    assert not Picture.objects.exists()
    assert client.get(url).status_code == 404
