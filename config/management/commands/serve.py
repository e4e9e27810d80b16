"""What script/server runs: prepare the demo, then serve it until it is stopped."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from config.fingerprints import fingerprint

GRACE_SECONDS = 30
FIRST_MODERATOR = "moderator@fieldguide.example"


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve on HOST (127.0.0.1), PORT (8000)."

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = settings.HOST, port_number(settings.PORT)
        refuse_taken(host, port)
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.prepare()
        self.welcome_moderator()
        self.stdout.write(f"\nFieldguide is at {settings.SITE_URL}/ (Ctrl-C stops it)")
        self.stdout.write(f"Its data lies in {settings.DATA_DIR}")
        self.stdout.flush()
        sys.exit(run_until_stopped(host, port))

    def prepare(self) -> None:
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {first_line(error)}") from error
        call_command("createcachetable", verbosity=0)
        call_command("load_edition", if_changed=True)
        collect_static()

    def welcome_moderator(self) -> None:
        """Until one has signed in, print what signs the first moderator in."""
        said = io.StringIO()
        call_command(
            "sign_in_link",
            FIRST_MODERATOR,
            name="Moderator",
            make_moderator=True,
            if_none=True,
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


def first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def collect_static() -> None:
    """Join, hash and compress our static files, unless exactly these stand there already."""
    stamp = settings.DATA_DIR / "static.stamp"
    state = fingerprint([*settings.STATICFILES_DIRS, settings.BASE_DIR / "config"])
    if not (stamp.exists() and stamp.read_text() == state):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(state)


def run_until_stopped(host: str, port: int) -> int:
    """Granian in front, housekeeping beside it; both end with us. Returns granian's exit code."""
    processes: list[subprocess.Popen[bytes]] = []
    asked = threading.Event()

    def stop(*_: Any) -> None:
        asked.set()
        for process in processes:
            if process.poll() is None:
                process.terminate()

    # Before the first process starts; a closed terminal (HUP) must leave none behind either.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    processes.append(start(granian(host, port), FIELDGUIDE_WEB="1"))
    processes.append(start([sys.executable, "manage.py", "housekeeping", "--loop"]))
    server, housekeeping = processes
    while server.poll() is None and not asked.wait(0.2):
        pass
    asked_for = asked.is_set()
    stop()
    code = server.wait()
    housekeeping.wait(GRACE_SECONDS)
    return 0 if asked_for else code


def granian(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]


def start(arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl-C reaches us alone, and we stop it in order."""
    return subprocess.Popen(  # noqa: S603
        arguments,
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        start_new_session=True,
    )
