"""The cache is driven through WSGI, as the server drives it, around a small application."""

import gzip
import threading
from http.cookies import SimpleCookie
from unittest import mock

import brotli
import pytest
from django.db import OperationalError
from django.test import RequestFactory

from careers.models import Version
from config import pagecache
from config.pagecache import PageCache

pytestmark = pytest.mark.django_db
PAGE = b"<p>" + b"a long page of text " * 50


class Site:
    """Counts how often it is asked, and answers with what the test has set."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8")]
        self.body = PAGE

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        start_response(self.status, list(self.headers))
        return [self.body]


class Browser:
    def __init__(self, site: Site) -> None:
        self.cache = PageCache(site)

    def get(self, path="/careers/", method="GET", **headers):
        environ = RequestFactory().generic(method, path, headers=headers).environ
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=status, headers=dict(headers))

        answer["body"] = b"".join(self.cache(environ, start_response))
        return answer

    def later(self, seconds: float):
        return mock.patch.object(pagecache, "clock", return_value=pagecache.clock() + seconds)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def browser(site: Site) -> Browser:
    return Browser(site)


def test_it_asks_the_site_once_for_one_page(site, browser):
    assert browser.get()["body"] == PAGE
    assert browser.get()["body"] == PAGE
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/careers/?sort=pay"},
        {"path": "/schools/"},
        {"hx_request": "true"},
        {"hx_target": "results"},
        {"host": "localhost"},
    ],
)
def test_it_keeps_apart_what_may_differ(site, browser, other):
    browser.get()
    browser.get(**other)
    assert len(site.asked) == 2


def test_it_gives_a_visitor_with_a_session_their_own_page(site, browser, settings):
    browser.get(cookie=f"{settings.SESSION_COOKIE_NAME}=abc")
    browser.get(cookie=f"{settings.SESSION_COOKIE_NAME}=abc")
    assert len(site.asked) == 2
    assert "HTTP_COOKIE" in site.asked[0]


def test_it_hides_other_cookies_while_it_fills_an_entry(site, browser):
    browser.get(cookie="theme=dark; csrftoken=secret")
    assert "HTTP_COOKIE" not in site.asked[0]
    assert "csrftoken" not in str(SimpleCookie(site.asked[0].get("HTTP_COOKIE", "")))


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "csrftoken=x"),
        ("Cache-Control", "private"),
        ("Cache-Control", "no-store"),
        ("Cache-Control", "max-age=60"),
        ("Content-Security-Policy", "script-src 'nonce-abc'"),
    ],
)
def test_it_does_not_keep_what_is_meant_for_one_visitor(site, browser, header):
    site.headers.append(header)
    browser.get(cookie="zip=10001")
    assert site.asked[-1]["HTTP_COOKIE"] == "zip=10001"  # asked again, as the visitor
    asked = len(site.asked)
    browser.get(cookie="zip=10001")
    assert len(site.asked) == asked + 1  # and directly from then on


@pytest.mark.parametrize("status", ["404 Not Found", "500 Error", "302 Found", "400 Bad Request"])
def test_it_does_not_keep_anything_but_pages(site, browser, status):
    site.status = status
    browser.get()
    assert browser.get()["status"] == status
    assert not browser.cache.entries


@pytest.mark.parametrize(
    "path", ["/static/css/site.css", "/accounts/login/", "/admin/", "/healthz"]
)
def test_it_leaves_these_addresses_alone(site, browser, path):
    browser.get(path)
    browser.get(path)
    assert len(site.asked) == 2


def test_it_renders_an_error_once(site, browser):
    site.status = "404 Not Found"
    answer = browser.get()
    assert (answer["status"], answer["body"]) == ("404 Not Found", PAGE)
    assert len(site.asked) == 1


def test_it_takes_its_own_headers_off_every_answer(site, browser, settings):
    site.headers += [("X-Depends-On", "data"), ("Set-Cookie", "csrftoken=x")]
    for headers in ({}, {}, {"cookie": f"{settings.SESSION_COOKIE_NAME}=abc"}, {"method": "POST"}):
        answer = browser.get(**headers)
        assert "X-Depends-On" not in answer["headers"]
        assert answer["headers"]["Set-Cookie"] == "csrftoken=x"


def test_it_lets_a_message_for_the_next_page_through(site, browser):
    browser.get()
    browser.get(cookie="messages=signed-out")
    assert site.asked[-1]["HTTP_COOKIE"] == "messages=signed-out"


def test_it_leaves_posts_alone(site, browser):
    browser.get(method="POST")
    browser.get(method="POST")
    assert len(site.asked) == 2


def test_it_does_not_keep_made_up_queries(site, browser):
    browser.get("/careers/?q=" + "x" * 600)
    browser.get("/careers/?q=" + "x" * 600)
    assert len(site.asked) == 2


def test_it_makes_a_page_anew_within_a_second_of_a_change(site, browser):
    browser.get()
    Version.objects.bump(Version.DATA)
    with browser.later(1.1):
        site.body = b"new"
        assert browser.get()["body"] == b"new"


def test_it_does_not_make_a_page_anew_when_nothing_has_changed(site, browser):
    browser.get()
    with browser.later(1.1):
        browser.get()
    assert len(site.asked) == 1


def test_it_looks_only_at_the_versions_that_a_page_depends_on(site, browser):
    site.headers.append(("X-Depends-On", "data thread-1"))
    browser.get()
    Version.objects.bump("thread-2")
    with browser.later(1.1):
        browser.get()
    assert len(site.asked) == 1
    Version.objects.bump("thread-1")
    with browser.later(2.2):
        browser.get()
    assert len(site.asked) == 2


def test_it_makes_a_page_anew_when_its_words_would_change(site, browser):
    site.headers.append(("X-Fresh-Seconds", "40"))
    browser.get()
    with browser.later(39):
        browser.get()
    assert len(site.asked) == 1
    with browser.later(41):
        browser.get()
    assert len(site.asked) == 2


def test_it_reads_the_versions_once_a_second_for_all_pages(
    site, browser, django_assert_num_queries
):
    with django_assert_num_queries(1):
        for number in range(20):
            browser.get(f"/careers/{number}/")


def test_it_serves_what_it_has_while_the_database_is_down(site, browser):
    browser.get()
    broken = mock.patch.object(Version.objects, "values_list", side_effect=OperationalError)
    with broken, browser.later(5):
        assert browser.get()["body"] == PAGE


def test_it_keeps_its_own_headers_to_itself(site, browser):
    site.headers += [("X-Depends-On", "data"), ("X-Fresh-Seconds", "9")]
    headers = browser.get()["headers"]
    assert not {name.lower() for name in headers} & pagecache.OWN_HEADERS
    assert headers["Cache-Control"] == "no-cache"
    assert "Accept-Encoding" in headers["Vary"]


def test_it_answers_304_to_a_browser_that_has_the_page(site, browser):
    etag = browser.get()["headers"]["ETag"]
    again = browser.get(if_none_match=etag)
    assert again["status"] == "304 Not Modified"
    assert again["body"] == b""
    assert browser.get(if_none_match='W/"another"')["status"] == "200 OK"


@pytest.mark.parametrize(
    ("accepted", "unpacked"), [("gzip, br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_it_compresses_once(site, browser, accepted, unpacked):
    answer = browser.get(accept_encoding=accepted)
    assert unpacked(answer["body"]) == PAGE
    assert int(answer["headers"]["Content-Length"]) == len(answer["body"])
    assert "Content-Encoding" not in browser.get()["headers"]


def test_it_sends_no_body_to_head(site, browser):
    answer = browser.get(method="HEAD")
    assert answer["body"] == b""
    assert int(answer["headers"]["Content-Length"]) == len(PAGE)
    assert browser.get()["body"] == PAGE
    assert len(site.asked) == 1


def test_it_forgets_the_page_that_was_asked_for_longest_ago(site, browser, monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_BYTES", 3000)
    site.headers = [("Content-Type", "image/png")]
    site.body = b"x" * 1000
    for path in ("/a/", "/b/", "/c/", "/a/", "/d/"):
        browser.get(path)
    assert {key[3] for key in browser.cache.entries} == {"/c/", "/a/", "/d/"}
    assert browser.cache.size <= 3000


@pytest.mark.django_db(transaction=True)
def test_it_answers_many_threads_at_once(site, browser):
    answers = []

    def read():
        answers.extend(browser.get(f"/careers/{n % 5}/")["body"] for n in range(50))

    with mock.patch.object(pagecache, "read_versions", return_value={"data": 1}):
        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [PAGE] * 400
    assert browser.cache.size == sum(entry.size for entry in browser.cache.entries.values())
