from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from careers.freshness import depends_on, shows_only_data
from tests.careers.builders import make_guide


def test_it_names_each_version_once():
    response = depends_on(HttpResponse(), ["thread", "data", "data"])
    assert response["X-Depends-On"] == "data thread"
    assert "X-Fresh-Seconds" not in response


def test_it_says_how_long_its_words_stay_true():
    response = depends_on(HttpResponse(), ["data"], timezone.now() + timedelta(seconds=40))
    assert 38 < float(response["X-Fresh-Seconds"]) <= 40


def test_it_never_says_less_than_nothing():
    response = depends_on(HttpResponse(), ["data"], timezone.now() - timedelta(seconds=5))
    assert float(response["X-Fresh-Seconds"]) == 0


def test_it_marks_a_view_of_data():
    assert shows_only_data(lambda: HttpResponse())()["X-Depends-On"] == "data"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/careers/", "/careers/a-z/", "/search/?q=x", "/about/data/"]
)
def test_it_is_said_by_pages_of_data(client: Client, path: str):
    assert client.get(path)["X-Depends-On"] == "data"


@pytest.mark.django_db
def test_it_is_said_by_a_guide_for_its_comments_too(client: Client):
    guide = make_guide("chefs")
    assert client.get(guide.get_absolute_url())["X-Depends-On"] == f"comments:{guide.pk} data"
