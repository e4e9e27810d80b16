"""What script/server runs: prepare the demo, then serve it until it is stopped."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.fingerprints import fingerprint

GRACE_SECONDS = 30
FIRST_MODERATOR = "moderator@fieldguide.example"


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve on HOST (127.0.0.1), PORT (8000)."

    def handle(self, *args: Any, **options: Any) -> None:
        host = os.environ.get("HOST") or "127.0.0.1"
        port = port_number(os.environ.get("PORT") or "8000")
        refuse_taken(host, port)
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.prepare(address)
        self.stdout.write(f"\nFieldguide is at {address}/ (Ctrl-C stops it)")
        self.stdout.write(f"Its data lies in {settings.DATA_DIR}")
        self.stdout.flush()
        sys.exit(run_until_stopped(host, port))

    def prepare(self, address: str) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_edition", if_changed=True)
        collect_static()
        self.welcome_moderator(address)

    def welcome_moderator(self, address: str) -> None:
        """Until one has signed in, print what signs the first moderator in."""
        said = io.StringIO()
        call_command(
            "sign_in_link",
            FIRST_MODERATOR,
            name="Moderator",
            make_moderator=True,
            if_none=True,
            site=address,
            stdout=said,
        )
        if link := said.getvalue().strip():
            self.stdout.write(
                f"\nThis signs the first moderator in, once, within 24 hours:\n{link}"
            )


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def refuse_taken(host: str, port: int) -> None:
    """One clear line instead of a server that starts and fails."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {error.strerror}. Set HOST or PORT."
            ) from error


def collect_static() -> None:
    """Join, hash and compress our static files, unless exactly these stand there already."""
    stamp = settings.DATA_DIR / "static.stamp"
    state = fingerprint([*settings.STATICFILES_DIRS, settings.BASE_DIR / "config"])
    if not (stamp.exists() and stamp.read_text() == state):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(state)


def run_until_stopped(host: str, port: int) -> int:
    """Granian in front, housekeeping beside it; both end with us. Returns granian's exit code."""
    granian = start(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
            *("--log-level", "warning", "config.wsgi:application"),
        ],
        FIELDGUIDE_WEB="1",
    )
    housekeeping = start([sys.executable, "manage.py", "housekeeping", "--loop"])
    stopping = False

    def stop(*_: Any) -> None:
        nonlocal stopping
        stopping = True
        for process in (granian, housekeeping):
            if process.poll() is None:
                process.terminate()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while granian.poll() is None:
        time.sleep(0.2)
    stop_asked = stopping
    stop()
    housekeeping.wait(GRACE_SECONDS)
    return 0 if stop_asked else granian.returncode


def start(arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl-C reaches us alone, and we stop it in order."""
    return subprocess.Popen(  # noqa: S603
        arguments,
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        start_new_session=True,
    )
