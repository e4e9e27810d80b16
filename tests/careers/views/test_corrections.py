from html import unescape

import pytest
import time_machine

from careers.corrections import MOST_A_DAY
from careers.models import Correction
from tests.careers.builders import make_former_slug, make_guide, make_plain_version

pytestmark = pytest.mark.django_db
PAGE = "/careers/bakers/correction/"


@pytest.fixture(autouse=True)
def bakers():
    return make_guide(slug="bakers", title="Bakers")


def send(client, **values):
    return client.post(PAGE, {"part": "pay", "text": "Tips count as well.", "website": ""} | values)


def text_of(response):
    return unescape(response.content.decode())


def test_it_is_one_click_from_each_part_that_we_wrote(client, bakers):
    make_plain_version(bakers)

    text = text_of(client.get("/careers/bakers/"))

    for part in ("what", "where", "fit", "become", "pay", "outlook"):
        assert f'href="{PAGE}?part={part}"' in text


def test_it_is_not_offered_where_nothing_is_written(client):
    assert PAGE not in text_of(client.get("/careers/bakers/"))


def test_it_opens_with_the_part_that_was_read(client):
    text = text_of(client.get(f"{PAGE}?part=pay"))

    assert '<option value="pay" selected>' in text
    assert "csrfmiddlewaretoken" in text
    assert "e-mail" not in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("part", ["", "nonsense", "%F0%9F", "'>"])
def test_it_opens_for_any_part(client, part):
    assert client.get(PAGE, {"part": part}).status_code == 200


def test_it_stores_the_words_and_nothing_about_the_reader(client, bakers):
    response = send(client, text="  Tips count\r\nas well.  ")

    stored = Correction.objects.get()
    assert (response.status_code, response.url) == (302, f"{PAGE}?sent")
    assert (stored.guide, stored.part, stored.state) == (bakers, "pay", "new")
    assert stored.text == "Tips count\r\nas well."
    assert stored.network == "127.0.0.0/24"
    assert "<h1>Thank you</h1>" in text_of(client.get(response.url))


def test_it_stores_once_what_is_sent_twice(client):
    assert send(client).status_code == 302
    assert send(client, text="tips  count as well.").status_code == 302

    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"part": ""}, "Choose the part of the guide."),
        ({"part": "wizard"}, "Choose one of the parts in the list."),
        ({"text": " \n "}, "Write what is wrong."),
        ({"text": "x" * 2001}, "shorten it to 2,000 characters"),
        ({"text": "a\x00b"}, "a character that no text has"),
    ],
)
def test_it_asks_again_and_keeps_what_was_typed(client, values, says):
    response = send(client, **values)
    text = text_of(response)

    assert response.status_code == 422
    assert text.count(says) == 2  # on top and at the field
    assert values.get("text", "Tips count as well.").strip() in text
    assert "<title>Error: " in text
    assert not Correction.objects.exists()


def test_it_thanks_a_program_and_stores_nothing(client):
    assert send(client, website="https://example.org").status_code == 302
    assert not Correction.objects.exists()


def test_it_stops_a_network_for_a_day_and_keeps_the_text(client):
    with time_machine.travel("2026-11-23 12:00", tick=False) as clock:
        for number in range(MOST_A_DAY):
            assert send(client, text=f"Wrong in line {number}.").status_code == 302
        refused = send(client, text="One more.")
        again = send(client, text="Wrong in line 3.")
        clock.shift(86_401)
        later = send(client, text="One more.")

    assert refused.status_code == 429
    assert "One more." in text_of(refused)
    assert "Try again tomorrow" in text_of(refused)
    assert again.status_code == later.status_code == 302
    assert Correction.objects.count() == MOST_A_DAY + 1


def test_it_counts_each_network_apart(client):
    for number in range(MOST_A_DAY):
        send(client, text=f"Wrong in line {number}.")

    other = client.post(PAGE, {"part": "pay", "text": "Mine."}, REMOTE_ADDR="203.0.113.9")

    assert other.status_code == 302


def test_it_shows_markup_as_text(client):
    response = send(client, part="", text="</textarea><script>alert(1)</script>")

    assert "<script>alert" not in response.content.decode()


def test_it_wants_a_token(client):
    client.handler.enforce_csrf_checks = True

    assert send(client).status_code == 403


def test_it_follows_former_addresses_and_knows_no_others(client, bakers):
    make_former_slug("bread-makers", bakers)

    moved = client.get("/careers/bread-makers/correction/")

    assert (moved.status_code, moved.url) == (301, PAGE)
    assert client.get("/careers/nobody/correction/").status_code == 404


def test_it_answers_no_other_method(client):
    assert client.put(PAGE).status_code == 405


@pytest.mark.parametrize("times", [1, 10])
def test_it_asks_as_often_for_ten_times_the_rows(
    client, bakers, django_assert_max_num_queries, times
):
    for number in range(times):
        send(client, text=f"Wrong in line {number}.")

    with django_assert_max_num_queries(3):
        client.get(PAGE)
    with django_assert_max_num_queries(12):  # savepoints and the lock of PostgreSQL among them
        send(client, text="One more.")
