import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_refuses_trace(client: Client):
    assert client.trace("/careers/").status_code == 405


@pytest.mark.parametrize("address", ["/careers/?q=%00", "/careers/?q=a%00b", "/careers/%00/"])
def test_it_answers_a_nul_with_400(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 400
    assert b"cannot be read" in response.content


@pytest.mark.parametrize("address", ["/", "/no-such-page", "/healthz", "/careers/?q=%00"])
def test_it_sets_the_safety_headers_on_every_answer(client: Client, address: str):
    headers = client.get(address).headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "HX-Request" in headers["Vary"]
    assert "HX-Target" in headers["Vary"]


def test_it_keeps_a_strict_content_security_policy(client: Client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy  # a page without a session must be cacheable whole
