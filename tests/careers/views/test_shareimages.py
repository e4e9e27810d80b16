import pytest

from careers import catalogue, shareimage
from careers.models import Figures
from tests.careers.builders import make_figures, make_former_slug, make_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    """Of the picture of the present figures."""
    guide = make_figures(make_guide("bakers")).guide
    card = shareimage.card_of(catalogue.catalogue().by_pk[guide.pk])
    return f"/careers/bakers/share.png?v={card.version}"


def test_it_is_named_on_the_page_with_its_size_and_words(client, address):
    text = client.get("/careers/bakers/").content.decode()

    assert f'property="og:image" content="http://testserver{address}"' in text
    assert 'og:image:width" content="1200"' in text
    assert 'og:image:alt" content="Bakers.' in text
    assert 'name="twitter:card" content="summary_large_image"' in text


def test_it_is_kept_for_as_long_as_its_address_names_what_it_shows(client, address):
    now, later = client.get(address), client.get("/careers/bakers/share.png?v=old")

    assert now["Content-Type"] == "image/png"
    assert "immutable" in now["Cache-Control"]
    assert later["Cache-Control"] == "public, max-age=3600"
    assert now.content == later.content


def test_it_is_not_sent_twice(client, address):
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_it_moves_when_a_figure_changes(client, address):
    Figures.objects.update(growth=9)
    catalogue.forget()

    assert (
        f'content="http://testserver{address}"'
        not in client.get("/careers/bakers/").content.decode()
    )


def test_it_draws_one_for_all_other_pages(client):
    assert client.get("/share.png")["Content-Type"] == "image/png"
    assert 'og:image" content="http://testserver/share.png"' in client.get("/").content.decode()


def test_it_knows_no_picture_of_an_unknown_guide(client):
    make_former_slug("bread-makers", make_guide("bakers"))

    assert client.get("/careers/nobody/share.png").status_code == 404
    assert client.get("/careers/bread-makers/share.png").url == "/careers/bakers/share.png"
    assert client.post("/careers/bakers/share.png").status_code == 405


def test_it_is_drawn_from_two_queries(client, address, django_assert_max_num_queries):
    client.get(address)

    with django_assert_max_num_queries(3):
        client.get(address)
