"""Against a stub on the loopback: nothing here ever asks Akismet itself."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest
from akismet import _common as akismet_client
from django.urls import reverse
from django.utils import timezone

from comments import moderation, posting
from comments.models import Comment, Correction, Reader, State
from comments.moderation import Decision, move, move_all, undo
from comments.spam import akismet
from comments.spam.submission import Opinion
from tests.comments.builders import a_draft, make_comment, make_guide, make_moderator, make_reader

pytestmark = pytest.mark.django_db
NETWORK = "203.0.113.0/24"


@dataclass
class Stub:
    """What the stub answers next, and what it was asked: (endpoint, fields)."""

    answer: str = "false"
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    delay: float = 0.0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def endpoints(self) -> list[str]:
        return [endpoint for endpoint, _ in self.asked]


@pytest.fixture
def stub(settings: Any, monkeypatch: Any) -> Iterator[Stub]:
    """An Akismet of our own, and a site that has a key for it."""
    made = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.asked.append((self.path.rpartition("/")[2], dict(parse_qsl(body))))
            time.sleep(made.delay)
            submits = self.path.rpartition("/")[2].startswith("submit")
            thanks = "Thanks for making the web a better place."
            answer = thanks if submits and made.answer in ("true", "false") else made.answer
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False  # a late answer is nobody's to wait for
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    switch_on(settings, monkeypatch, server.server_address[1])
    yield made
    server.shutdown()
    server.server_close()


def switch_on(settings: Any, monkeypatch: Any, port: int) -> None:
    settings.AKISMET_API_KEY = "a-key"
    settings.AKISMET_BLOG_URL = "https://fieldguide.example"
    monkeypatch.setattr(akismet_client, "_API_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(akismet, "TIMEOUT", 10.0)  # a busy machine is no silent Akismet


def posted(text: str = "", author: Reader | None = None, **values: Any) -> Comment:
    draft = a_draft(text, **values)
    return posting.post(make_guide(), author or make_reader("Ann"), draft, NETWORK)


def names(comment: Comment) -> set[str]:
    return {signal["name"] for signal in comment.signals}


def test_it_asks_nobody_without_a_key(monkeypatch: Any) -> None:
    monkeypatch.setattr(akismet, "_http", lambda: pytest.fail("asked"))
    assert posted().state == State.PUBLISHED
    comment = make_comment(state=State.HELD)
    move(comment, State.SPAM, Decision(actor=make_moderator()))
    assert not Correction.objects.exists()
    assert akismet.tell_due() == 0


def test_it_sends_text_name_and_network_but_no_address(stub: Stub) -> None:
    author = make_reader("Ann", email="ann@private.example")
    posted("Twelve years on the ward.", author)
    ((endpoint, fields),) = stub.asked
    assert endpoint == "comment-check"
    assert fields["comment_content"] == "Twelve years on the ward."
    assert (fields["comment_author"], fields["user_ip"]) == ("Ann", "203.0.113.0")
    assert (fields["api_key"], fields["blog"]) == ("a-key", "https://fieldguide.example")
    assert "private.example" not in str(fields)


@pytest.mark.parametrize(
    ("answer", "headers", "state", "signal"),
    [
        ("false", {}, State.PUBLISHED, "akismet-good"),
        ("true", {}, State.HELD, "akismet-spam"),
        ("true", {"X-akismet-pro-tip": "discard"}, State.SPAM, "akismet-blatant"),
        ("invalid", {}, State.HELD, "akismet-silent"),  # a bad key
        ("", {}, State.HELD, "akismet-silent"),
        ("<html>", {}, State.HELD, "akismet-silent"),
    ],
)
def test_it_publishes_only_what_is_called_good(
    stub: Stub, answer: str, headers: dict[str, str], state: State, signal: str
) -> None:
    stub.answer, stub.headers = answer, headers
    comment = posted()
    assert comment.state == state
    assert signal in names(comment)


@pytest.mark.parametrize("status", [301, 403, 429, 500, 503])
def test_it_holds_when_the_answer_is_an_error(stub: Stub, status: int) -> None:
    stub.status = status
    comment = posted()
    assert (comment.state, names(comment)) == (State.HELD, {"akismet-silent"})


def test_it_holds_when_the_answer_is_late(stub: Stub, monkeypatch: Any) -> None:
    monkeypatch.setattr(akismet, "TIMEOUT", 0.1)
    stub.delay = 5.0
    start = time.monotonic()
    assert posted().state == State.HELD
    assert time.monotonic() - start < stub.delay


def test_it_holds_when_nobody_listens(settings: Any, monkeypatch: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening: refused at once
        switch_on(settings, monkeypatch, taken.getsockname()[1])
        assert posted().state == State.HELD


def test_it_never_publishes_through_the_page_while_akismet_is_down(
    stub: Stub, signed_in: Any, form_data: Any
) -> None:
    stub.status = 500
    guide = make_guide()
    reader = make_reader()
    answer = signed_in(reader).post(reverse("comments:add", args=[guide.slug]), form_data())
    assert answer.status_code == 302
    assert Comment.objects.get().state == State.HELD


def test_it_asks_again_about_an_edit_and_about_what_is_confirmed(stub: Stub) -> None:
    comment = posted("First words of mine.")
    stub.answer = "true"
    assert posting.edit(comment, a_draft("Other words.")).state == State.HELD
    awaiting = posting.post_unconfirmed(make_guide(), make_reader(), a_draft(), NETWORK)
    assert posting.confirm(awaiting).state == State.HELD
    assert stub.endpoints() == ["comment-check"] * 3


def test_it_asks_neither_for_a_flood_nor_twice_for_one_form_nor_about_staff(stub: Stub) -> None:
    guide, reader, draft = make_guide(), make_reader(), a_draft()
    posting.post(guide, reader, draft, NETWORK)
    posting.post(guide, reader, draft, NETWORK)
    with pytest.raises(posting.limits.TooOften):
        posting.post(guide, reader, a_draft(), NETWORK)
    posting.post(guide, make_moderator(), a_draft(), NETWORK)
    assert len(stub.asked) == 1


def decided(opinion: str, to: State) -> Comment:
    """A held comment of which Akismet said that, and what a moderator decided."""
    said = {"name": f"akismet-{opinion}", "words": "x", "points": 0.0}
    comment = make_comment(state=State.HELD, signals=[said], network=NETWORK)
    move(comment, to, Decision(actor=make_moderator()))
    return comment


@pytest.mark.parametrize(
    ("opinion", "to", "told"),
    [
        ("good", State.SPAM, ["submit-spam"]),
        ("spam", State.PUBLISHED, ["submit-ham"]),
        ("silent", State.SPAM, ["submit-spam"]),
        ("silent", State.PUBLISHED, ["submit-ham"]),
        ("good", State.PUBLISHED, []),
        ("blatant", State.SPAM, []),
    ],
)
def test_it_tells_what_people_decided_otherwise_in_housekeeping_only(
    stub: Stub, opinion: str, to: State, told: list[str]
) -> None:
    comment = decided(opinion, to)
    assert stub.asked == []  # not in the moderator's request
    assert akismet.tell_due() == len(told)
    assert stub.endpoints() == told
    assert all(fields["comment_content"] == comment.source for _, fields in stub.asked)
    assert akismet.tell_due() == 0


def test_it_takes_back_what_it_told_and_tells_nothing_of_what_was_undone_before(
    stub: Stub,
) -> None:
    moderator = make_moderator()
    said = [{"name": "akismet-good", "words": "x", "points": 0.0}]
    for told_between in (True, False):
        comment = make_comment(signals=said)
        batch = move_all([(comment, None)], State.SPAM, Decision(actor=moderator)).batch
        if told_between:
            akismet.tell_due()
        undo(batch, moderator)
        akismet.tell_due()
    assert stub.endpoints() == ["submit-spam", "submit-ham"]


def test_it_tries_again_later_and_gives_up_in_the_end(stub: Stub) -> None:
    stub.status = 500
    decided("good", State.SPAM)
    assert akismet.tell_due() == 0
    waits = Correction.objects.get()
    assert waits.due is not None
    assert waits.due > timezone.now()
    for _ in range(akismet.GIVE_UP_AFTER - 1):
        Correction.objects.update(due=timezone.now())
        akismet.tell_due()
    assert Correction.objects.get().due is None
    assert len(stub.asked) == akismet.GIVE_UP_AFTER


def test_it_tells_nothing_of_what_was_erased(stub: Stub) -> None:
    comment = decided("good", State.SPAM)
    moderation.erase(comment, "author")
    assert akismet.tell_due() == 0
    assert stub.asked == []
    assert not Correction.objects.exists()


def test_it_makes_no_opinion_of_an_unknown_network(stub: Stub) -> None:
    assert akismet.ask(make_reader(), "Words.", "unknown", "/") == Opinion.GOOD
    assert stub.asked[0][1]["user_ip"] == "0.0.0.0"  # noqa: S104  sent, not listened on
