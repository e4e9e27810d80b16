"""One server for all browser tests, started by script/server as a newcomer would start it."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
# Chromium's own errands would knock at a network that tests must not use.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass
class Server:
    """script/server in a process group of its own, with everything it printed."""

    port: int
    data: Path
    lines: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    reader: threading.Thread | None = None
    seconds_to_start: float = 0.0
    forgotten: int = 0  # lines that `said` passes over

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, patience: float = 240, ready: Callable[[], bool] | None = None) -> None:
        started = time.monotonic()
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "TEST_"))
        }
        self.process = subprocess.Popen(
            ["script/server"],
            cwd=ROOT,
            env=environment
            | {"DATA_DIR": str(self.data), "PORT": str(self.port), "STATIC_MANIFEST": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        ready = ready or self._answers
        while not ready():
            assert self.process.poll() is None, "".join(self.lines)
            assert time.monotonic() - started < patience, "".join(self.lines)
            time.sleep(0.05)
        self.seconds_to_start = time.monotonic() - started

    def stop(self) -> int:
        """As Ctrl-C does: to the whole group."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(40)
        self.reader.join(5)
        return code

    def said(self, pattern: str, patience: float = 10, *, since_start: bool = False) -> str:
        """The newest match of the pattern's first group in what the server printed."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            lines = self.lines if since_start else self.lines[self.forgotten :]
            if found := re.findall(pattern, "".join(lines)):
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"{pattern} was never printed:\n" + "".join(self.lines[-40:]))

    def forget(self) -> None:
        """From here on, `said` looks at new lines only."""
        self.forgotten = len(self.lines)

    def _read(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(free_port(), tmp_path_factory.mktemp("data"))
    server.start()
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(chromium: Browser, server: Server):
    """`new_visitor(javascript=False, width=320)` opens a fresh browser and returns its page.

    Any error of a script, refused style or request to another host fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, javascript: bool = True, width: int = 1280, scheme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=server.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                complaints.append(request.url)
                if not request.url.startswith((server.address, "data:"))
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
