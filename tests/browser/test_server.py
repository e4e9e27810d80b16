"""script/server itself: what a newcomer sees in the terminal."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Server, free_port

pytestmark = pytest.mark.browser


def test_it_starts_within_90_seconds_from_nothing(server: Server):
    assert server.seconds_to_start <= 90
    assert f"Fieldguide is at {server.address}/" in server.said(
        "(Fieldguide is at .*)", since_start=True
    )


def test_it_prints_a_link_for_the_first_moderator(server: Server):
    link = server.said(r"(http://\S+/accounts/link/\S+)", since_start=True)
    assert link.startswith(server.address)


def test_it_starts_again_within_5_seconds_and_stops_at_once(server: Server, tmp_path: Path):
    """On a copy of the loaded data, so that the other tests keep their server."""
    data = tmp_path / "data"
    shutil.copytree(server.data, data)
    again = Server(free_port(), data)
    again.start()
    assert again.seconds_to_start <= 5
    asked = time.monotonic()
    assert again.stop() == 0
    assert time.monotonic() - asked < 10
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", again.port), 1):
        pass


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_it_leaves_no_process_behind(server: Server, tmp_path: Path, number: signal.Signals):
    """Also when the terminal is closed: else the next start would find the port taken."""
    data = tmp_path / "data"
    shutil.copytree(server.data, data)
    gone = Server(free_port(), data)
    gone.start()
    assert gone.process is not None
    gone.process.send_signal(number)
    assert gone.process.wait(40) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", gone.port))


def test_it_stops_even_while_it_is_still_starting(server: Server, tmp_path: Path):
    data = tmp_path / "data"
    shutil.copytree(server.data, data)
    hasty = Server(free_port(), data)
    hasty.start(ready=lambda: "Fieldguide is at" in "".join(hasty.lines))
    asked = time.monotonic()
    hasty.stop()
    assert time.monotonic() - asked < 30


def test_it_says_in_one_line_that_the_port_is_taken(server: Server, tmp_path: Path):
    said = subprocess.run(
        ["script/server"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path), "PORT": str(server.port)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode != 0
    assert f"Cannot listen on 127.0.0.1:{server.port}" in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


def test_it_says_in_one_line_that_no_python_fits(tmp_path: Path):
    """In a copy without .venv, on a PATH with an old interpreter only."""
    for name in ("script", "config"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".python-version", tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "cat", "cksum", "sh"):
        (tools / name).symlink_to(shutil.which(name))
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    said = subprocess.run(
        [tmp_path / "script/server"], env={"PATH": str(tools)}, capture_output=True, text=True
    )
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "Python 3.12 or newer" in said.stderr


def test_it_serves_the_sheet_joined_and_compressed(server: Server):
    with urllib.request.urlopen(server.address + "/") as answer:
        page = answer.read().decode()
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert sheet != "/static/css/site.css"
    request = urllib.request.Request(server.address + sheet, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(answer.read()) <= 14 * 1024
