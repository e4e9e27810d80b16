import socket

import pytest
from django.core.management.base import CommandError

from config.management.commands import serve


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_it_takes_a_port(text: str):
    assert serve.port_number(text) == int(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80 80", "٨٠٠٠٠٠"])
def test_it_refuses_what_is_no_port(text: str):
    with pytest.raises(CommandError, match="PORT"):
        serve.port_number(text)


def test_it_says_in_one_line_that_a_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1:{port}"):
            serve.refuse_taken("127.0.0.1", port)
    serve.refuse_taken("127.0.0.1", port)


def test_it_collects_static_files_once(settings, tmp_path, monkeypatch):
    calls: list[str] = []
    monkeypatch.setattr(serve, "call_command", lambda name, **_: calls.append(name))
    settings.DATA_DIR = tmp_path
    serve.collect_static()
    serve.collect_static()
    assert calls == ["collectstatic"]
