import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comments.markup import links, plain, render

HOSTILE = st.text(
    alphabet=st.sampled_from(list("*_`~>[]()<!&#-1.\\\"'= \n\tahref:/javscipt@é\u200b\u202e")),
    max_size=5000,
)
ALLOWED = re.compile(
    r"</?(p|br|em|strong|ul|ol|li|blockquote|code|pre)( start=\"\d+\")?>"
    r"|<a( href=\"(https?://|mailto:)[^\"]*\")? rel=\"ugc nofollow noopener\">|</a>"
)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("# no heading", "<p># no heading</p>"),
        ("<b>no</b> tags", "<p>&lt;b&gt;no&lt;/b&gt; tags</p>"),
        ("the state.In my", "<p>the state.In my</p>"),
    ],
)
def test_it_renders_the_small_markup_and_nothing_more(source: str, html: str) -> None:
    assert render(source) == html


def test_it_marks_links_as_readers_own() -> None:
    html = render("[a](https://a.example) and https://b.example/x?a=1&b=2")
    assert html.count('rel="ugc nofollow noopener"') == 2
    assert 'href="https://b.example/x?a=1&amp;b=2"' in html


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "<javascript:alert(1)>",
        "[x](&#106;avascript:alert(1))",
        "[x](/admin/)",
        "![x](https://a.example/x.png)",
        '[x](https://a.example "onclick=alert(1)")',
    ],
)
def test_it_makes_no_dangerous_link(source: str) -> None:
    html = render(source)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert not re.search(r"<img|onclick=|href=\"/|href=\"data:", re.sub(r">[^<]*<", "><", html))


def test_it_lists_the_links_that_will_stand_in_the_html() -> None:
    assert links("https://a.example [b](https://b.example) `https://c.example`") == [
        "https://a.example",
        "https://b.example",
    ]


def test_it_loses_no_word_of_deep_quotes() -> None:
    assert "deep" in render("> " * 50 + "deep")
    assert "deep" in render("\n".join("  " * level + "- deep" for level in range(40)))


def test_it_gives_the_plain_words() -> None:
    assert plain(render("*a* [b](https://b.example)\n\n> c")) == "a b c"


@settings(deadline=None, max_examples=150)
@given(HOSTILE)
@example("*a" * 2500)
@example("[a](" * 1250)
@example("![[" * 1600)
@example("http://" * 700)
@example("a*_" * 1600)
@example("&#x" * 1600)
@example("- " * 2500)
@example("`a" * 2500)
def test_it_renders_anything_safely_and_fast(source: str) -> None:
    """5 KB in 100 ms of this thread’s own time; other processes may be in the way."""
    html = render(source)
    assert any(seconds_for(source) < 0.1 for _ in range(5))
    assert "<" not in ALLOWED.sub("", html)


def seconds_for(source: str) -> float:
    started = time.thread_time()
    render(source)
    return time.thread_time() - started


def test_it_needs_under_a_millisecond_for_a_usual_comment() -> None:
    usual = "I *came* to this from nursing. See https://a.example/x.\n\n> What about pay?\n\n" * 5
    assert any(seconds_for(usual) < 0.001 for _ in range(50))
