"""README's "Running it for real", as written there, behind a stand-in for the proxy."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.browser.conftest import ROOT, Server, free_port

pytestmark = pytest.mark.browser

README = (ROOT / "README.md").read_text(encoding="utf-8")
REAL = README.split("## Running it for real")[1]


def documented(start: str) -> str:
    """The one command of the section that starts so, its continued lines joined."""
    text = REAL.replace("\\\n", " ")
    return next(line.strip() for line in text.splitlines() if line.strip().startswith(start))


def environment(port: int, data: Path) -> dict[str, str]:
    """The variables that README names, each with a value that fits this machine."""
    named = set(re.findall(r"export (\w+)=", REAL))
    values = {
        "SITE_ENV": "production",
        "SECRET_KEY": "s" * 64,
        "ALLOWED_HOSTS": "fieldguide.example",
        "DATABASE_URL": f"sqlite:///{data / 'site.sqlite3'}",
        "SMTP_HOST": "127.0.0.1",
        "MAIL_FROM": "editors@fieldguide.example",
        "TRUSTED_PROXIES": "1",
        "PERSONAL_DATA_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    }
    assert named <= set(values), named - set(values)
    own = {name: values[name] for name in named}
    return {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "GRANIAN_PORT": str(port)} | own


@pytest.fixture(scope="module")
def site(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("production") / "data"
    shutil.copytree(server.data, data)
    port = free_port()
    process = subprocess.Popen(
        shlex.split(documented(".venv/bin/granian")),
        cwd=ROOT,
        env=environment(port, data),
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 30
    while time.monotonic() < until and not answers(address):
        time.sleep(0.1)
    yield address
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)


def answers(address: str) -> bool:
    try:
        ask(address, "/healthz")
    except OSError:
        return False
    return True


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@dataclass
class Answer:
    status: int
    headers: Message
    text: str


def ask(address: str, path: str, **headers: str) -> Answer:
    request = urllib.request.Request(address + path, headers={"Host": "fieldguide.example"})
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        found = urllib.request.build_opener(Stay).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        found = error
    with found:
        return Answer(found.status, found.headers, found.read().decode())


def test_it_names_only_commands_that_there_are():
    named = re.findall(r"manage\.py (\w+)", README)
    assert named
    assert set(named) <= set(get_commands())


def test_it_sends_plain_requests_to_tls(site: str):
    answer = ask(site, "/careers/")
    assert answer.status == 301
    assert answer.headers["Location"] == "https://fieldguide.example/careers/"


def test_it_serves_pages_behind_the_proxy(site: str):
    answer = ask(site, "/careers/registered-nurses/", X_Forwarded_Proto="https")
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "Registered Nurses" in answer.text


def test_it_protects_its_cookies(site: str):
    answer = ask(site, "/accounts/login/", X_Forwarded_Proto="https")
    assert answer.status == 200
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    assert "Secure" in cookie
    assert "terminal" not in answer.text  # that is the demo's way


def test_it_answers_only_to_its_own_name(site: str):
    answer = ask(site, "/", X_Forwarded_Proto="https", Host="evil.example")
    assert answer.status == 400
