from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from config import views


@pytest.mark.django_db
def test_it_is_healthy_when_the_database_answers(client: Client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok"}


def test_it_is_not_ready_when_the_database_is_down(rf):
    with mock.patch.object(views.connection, "cursor", side_effect=OperationalError):
        assert views.healthz(rf.get("/healthz")).status_code == 503


@pytest.mark.django_db
def test_it_offers_a_search_on_a_missing_page(client: Client):
    response = client.get("/nothing-lives-here/")
    assert response.status_code == 404
    assert b'role="search"' in response.content


def test_it_shows_a_broken_page_without_queries(rf):
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"on our side" in response.content


@pytest.mark.django_db
def test_it_keeps_what_was_typed_when_a_form_has_expired():
    typed = "A long and careful comment that took an hour."
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"text": typed, "csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert typed in response.content.decode()
    assert "x" * 64 not in response.content.decode()
