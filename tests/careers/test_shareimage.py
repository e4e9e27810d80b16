import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from careers import shareimage
from careers.catalogue import catalogue
from careers.shareimage import INKS, SITE, Card, card_of, picture
from tests.careers.builders import make_figures, make_guide

LONG = "Dental and Ophthalmic Laboratory Technicians and Medical Appliance Technicians"


def a_card(**values):
    petals = (("M0-5C-11-11-8.7-9.5 0-21C8.7-9.5 11-11 0-5Z", 72, False),)
    figures = (("Middle pay a year, May 2024", "$239,200 or more"), ("Growth", "−14%"))
    return Card(
        **{"title": "Bakers", "label": "Food", "cluster": "land", "source": "BLS"}
        | {"figures": figures, "petals": petals}
        | values
    )


def opened(card):
    return Image.open(BytesIO(picture(card)))


@pytest.mark.parametrize("title", ["Bakers", LONG, "Señors’ — “quoted” 日本", "W" * 90, ""])
def test_it_draws_any_title_in_the_size_that_networks_ask_for(title):
    image = opened(a_card(title=title))

    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_it_draws_what_is_not_published_as_an_outline():
    path = "M0-5C-9.9-13-8.5-26 0-26C8.5-26 9.9-13 0-5Z"

    full, void = (picture(a_card(petals=((path, 0, is_void),))) for is_void in (False, True))

    assert full != void


def test_it_prints_each_cluster_in_its_own_ink():
    assert picture(a_card(cluster="land")) != picture(a_card(cluster="law"))
    assert shareimage.accent("nowhere") == shareimage.accent("")


def test_it_draws_a_card_once():
    assert picture(a_card()) is picture(a_card())


def test_it_stays_small():
    assert len(picture(a_card(title=LONG))) < 60_000
    assert len(picture(SITE)) < 60_000


def test_it_knows_the_inks_of_the_style_sheet():
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    base = float(re.search(r"--chroma: ([\d.]+);\n", tokens)[1])
    painted = re.findall(r'cluster="(\w+)"\] \{ --hue: (\d+);(?: --chroma: ([\d.]+);)?', tokens)

    assert {"": (162, base)} | {
        name: (int(hue), float(chroma or base)) for name, hue, chroma in painted
    } == INKS


@pytest.mark.parametrize(
    ("ink", "color"),
    [
        ((1.0, 0.0, 0.0), (255, 255, 255)),
        ((0.0, 0.0, 0.0), (0, 0, 0)),
        ((0.628, 0.2577, 29.23), (255, 0, 0)),
    ],
)
def test_it_turns_inks_into_the_colors_of_a_screen(ink, color):
    found = shareimage.oklch(*ink)

    assert all(abs(a - b) <= 1 for a, b in zip(found, color, strict=True))


@pytest.mark.django_db
def test_it_shows_three_figures_with_their_edition():
    guide = make_figures(make_guide("bakers"), openings=None).guide

    card = card_of(catalogue().by_pk[guide.pk])

    assert card.figures == (
        ("Middle pay a year, May 2024", "$61,250"),
        ("Growth, 2024–34", "5%"),
        ("Openings a year, 2024–34", "not published"),
    )
    assert card.source == "U.S. Bureau of Labor Statistics, 2024–34 edition"
    assert len(card.petals) == 5


@pytest.mark.django_db
def test_it_draws_a_guide_without_figures():
    guide = make_guide("bakers", topic=None)

    card = card_of(catalogue().by_pk[guide.pk])

    assert card.cluster == card.source == ""
    assert opened(card).size == (1200, 630)
