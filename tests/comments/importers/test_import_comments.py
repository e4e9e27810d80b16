"""Comments from WordPress, Disqus and our own export: in whole, once, or not at all."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import moderation
from comments.importers.html_text import markup_of
from comments.models import Comment, ModerationAction, Reader, State, Thread
from tests.careers.builders import make_former_slug, make_guide
from tests.comments.builders import make_comment, make_moderator, make_reader

pytestmark = pytest.mark.django_db

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:base_site_url>https://old.example</wp:base_site_url>
<item><title>Registered nurses</title><link>https://old.example/careers/registered-nurses/</link>
<wp:post_id>7</wp:post_id><wp:post_name>nurses-post</wp:post_name>
%s
</item>
<item><title>Our picnic</title><link>https://old.example/picnic/</link><wp:post_id>8</wp:post_id>
<wp:comment><wp:comment_id>90</wp:comment_id><wp:comment_author>Zoe</wp:comment_author>
<wp:comment_date_gmt>2012-05-01 10:00:00</wp:comment_date_gmt>
<wp:comment_content>Nice</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved></wp:comment></item>
</channel></rss>"""


def wp_comment(number: int, text: str = "Words", **values: str) -> str:
    values = {"approved": "1", "parent": "0", "type": "", "author": "Ann"} | values
    values = {"date_gmt": f"2012-03-01 10:{number:02}:00", "author_email": "a@b.example"} | values
    fields = "".join(
        f"<wp:comment_{name}>{value}</wp:comment_{name}>" for name, value in values.items()
    )
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>{fields}"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content></wp:comment>"
    )


DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>old</forum></category>
<thread dsq:id="10"><id>x</id><link>https://old.example/careers/chefs.html</link>
<title>Cooks</title></thread>
<thread dsq:id="11"><id /><link>https://old.example/?p=3</link>
<title>  registered Nurses </title></thread>
%s
</disqus>"""


def post(number: int, thread: int = 10, parent: int = 0, **values: str) -> str:
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    values = {"isDeleted": "false", "isSpam": "false", "createdAt": "2013-01-02T03:04:05Z"} | values
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return (
        f'<post dsq:id="{number}"><message><![CDATA[<p>Post {number}</p>]]></message>{fields}'
        f"<author><name>Bo</name><email>bo@mail.example</email></author>"
        f'<thread dsq:id="{thread}"/>{above}</post>'
    )


@pytest.fixture
def bring(tmp_path: Path) -> Callable[[str, str], str]:
    """bring(text, format) → what import_comments says about a file of that text."""

    def run(text: str, kind: str) -> str:
        path, said = tmp_path / "export", StringIO()
        path.write_text(text, encoding="utf-8")
        call_command("import_comments", str(path), format=kind, stdout=said)
        return said.getvalue()

    return run


Bring = Callable[[str, str], str]


def test_it_brings_a_wordpress_export(bring: Bring) -> None:
    guide = make_guide("registered-nurses")
    said = bring(
        WXR
        % (
            wp_comment(2, "A <em>reply</em>", parent="1", author="Bo")
            + wp_comment(1, "First\nline")
            + wp_comment(3, "Buy", approved="spam")
            + wp_comment(4, "Gone", approved="trash")
            + wp_comment(5, "Waits", approved="0")
            + wp_comment(6, type="pingback")
        ),
        "wxr",
    )
    assert "Left out: 1 pingbacks" in said
    assert "No guide for “Our picnic” (https://old.example/picnic/): 1" in said
    assert "Imported: 5 into 1 guide" in said
    first, reply, *rest = guide.comments.order_by("created")
    assert (first.source, first.name) == ("First\nline", "Ann (former reader)")
    assert first.created == datetime(2012, 3, 1, 10, 1, tzinfo=UTC)
    assert (reply.source, reply.parent, reply.depth) == ("A *reply*", first, 1)
    assert [one.state for one in rest] == [State.SPAM, State.REMOVED, State.HELD]
    thread = Thread.objects.get(guide=guide)
    assert (thread.published, thread.waiting, first.reply_count) == (2, 1, 1)
    assert thread.last_published == reply.created
    assert not Reader.objects.exists()
    assert not Comment.objects.filter(source__contains="@").exists()
    assert {one.source for one in ModerationAction.objects.all()} == {"import"}


def test_it_brings_nothing_twice_and_finds_parents_of_before(bring: Bring) -> None:
    guide = make_guide("registered-nurses")
    bring(WXR % wp_comment(1), "wxr")
    said = bring(WXR % (wp_comment(1) + wp_comment(2, parent="1")), "wxr")
    assert "Here already: 1" in said
    first, reply = guide.comments.order_by("created")
    assert reply.parent == first
    assert "Imported: 0" in bring(WXR % (wp_comment(1) + wp_comment(2, parent="1")), "wxr")


def test_it_brings_a_disqus_export(bring: Bring) -> None:
    chefs, nurses = make_guide("chefs-and-head-cooks"), make_guide("registered-nurses")
    make_former_slug("chefs", chefs)
    posts = post(2, parent=1, createdAt="2013-02-02T03:04:05Z") + post(1) + post(3, thread=11)
    posts += post(4, isSpam="true") + post(5, isDeleted="true")
    assert "Imported: 5 into 2 guides" in bring(DISQUS % posts, "disqus")
    first = Comment.objects.get(source="Post 1")
    assert (first.guide, first.byline) == (chefs, "Bo")
    assert Comment.objects.get(source="Post 2").parent == first
    assert nurses.comments.get().source == "Post 3"
    assert Comment.objects.get(source="Post 4").state == State.SPAM
    assert Comment.objects.get(source="Post 5").state == State.REMOVED


def test_it_hangs_a_reply_under_nothing_foreign_and_survives_loops(bring: Bring) -> None:
    make_guide("chefs-and-head-cooks", title="Cooks")
    make_guide("registered-nurses")
    posts = post(1, thread=11) + post(2, parent=1) + post(3, parent=4) + post(4, parent=3)
    bring(DISQUS % (posts + post(5, parent=5) + post(6, parent=77)), "disqus")
    assert Comment.objects.count() == 6
    assert Comment.objects.get(source="Post 2").parent is None
    assert Comment.objects.exclude(parent=None).count() == 1  # the loop, cut once


BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>'
FILE_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("wxr", BOMB, "line 1: declares a document type"),
        ("wxr", FILE_ENTITY, "line 1: declares a document type"),
        ("wxr", (WXR % wp_comment(1))[:-60], "line"),
        ("wxr", WXR % wp_comment(1, approved="maybe"), "line 6: comment_approved is 'maybe'"),
        ("wxr", WXR % wp_comment(1, date_gmt="soon"), "comment_date is ''"),
        ("wxr", WXR % "&nbsp;", "line 6"),
        ("wxr", DISQUS % post(1), "starts with <disqus>; <rss> was expected"),
        ("wxr", "no xml", "line 1"),
        ("wxr", "", "broken off"),
        ("disqus", (DISQUS % post(1))[:-20], "broken off"),
        ("disqus", DISQUS % post(1, createdAt="soon"), "createdAt is 'soon'"),
        ("json", '{"format": "other"}', "line 1: is no export of comments"),
        (
            "json",
            '{"format": "fieldguide-comments", "version": 1, "threads": [],\n "comments": [\n',
            "line 3",
        ),
        ("json", "[" * 100_000, "is"),
        (
            "json",
            '{"format": "fieldguide-comments", "version": 1, "threads": 1, "comments": []}',
            "threads",
        ),
    ],
)
def test_it_refuses_a_bad_file_in_one_line_and_changes_nothing(
    bring: Bring, kind: str, text: str, words: str
) -> None:
    make_guide("registered-nurses")
    with pytest.raises(CommandError) as refused:
        bring(text, kind)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not Comment.objects.exists()


def test_it_reads_a_packed_file_and_says_when_there_is_none(tmp_path: Path) -> None:
    make_guide("registered-nurses")
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress((WXR % wp_comment(1)).encode()))
    call_command("import_comments", str(path), format="wxr", stdout=StringIO())
    assert Comment.objects.count() == 1
    with pytest.raises(CommandError, match="no such file"):
        call_command("import_comments", str(tmp_path / "none.xml"), format="wxr")


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ('<a href="https://a.example/x">here</a>', "[here](https://a.example/x)"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<script>alert(1)</script>Fine", "Fine"),
        ("<blockquote>a<br>b</blockquote>", "> a\n> b"),
        ("<ul><li>a</li><li><b>c</b></li></ul>", "- a\n- **c**"),
        ("<pre>x = 1</pre>", "```\nx = 1\n```"),
        ("", ""),
        ("a < b & c", "a < b & c"),
    ],
)
def test_it_writes_html_as_our_markup(html: str, markup: str) -> None:
    assert markup_of(html) == markup


def exported(**options: Any) -> str:
    out = StringIO()
    call_command("export_comments", stdout=out, **options)
    return out.getvalue()


def test_it_exports_no_address_and_nothing_unconfirmed(tmp_path: Path) -> None:
    author = make_reader("Ann", email="ann@mail.example")
    comment = make_comment("Mine", author=author, network="203.0.113.0/24")
    make_comment("Unconfirmed", state=State.AWAITING)
    text = exported()
    assert [one["text"] for one in json.loads(text)["comments"]] == ["Mine"]
    assert "ann@mail.example" not in text
    assert "203.0.113" not in text
    path = tmp_path / "out.json"
    call_command("export_comments", str(path), guide=comment.guide.slug)
    assert json.loads(path.read_text())["comments"][0]["id"] == comment.public_id
    with pytest.raises(CommandError, match="no guide"):
        exported(guide="nothing")


def test_it_finds_its_own_comments_when_they_are_here_already(tmp_path: Path) -> None:
    make_comment(parent=make_comment())
    path, said = tmp_path / "out.json", StringIO()
    call_command("export_comments", str(path))
    call_command("import_comments", str(path), format="json", stdout=said)
    assert "Here already: 2" in said.getvalue()
    assert Comment.objects.count() == 2


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
tree = st.lists(
    st.tuples(st.integers(0, 8), words, st.sampled_from([s for s in State if s != "awaiting"])),
    max_size=8,
)


class RoundTrip(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(tree)
    def test_it_exports_the_same_bytes_after_a_round_trip(
        self, given_tree: list[tuple[int, str, State]]
    ) -> None:
        guides = [make_guide(), make_guide()]
        made: list[Comment] = []
        for number, (above, text, state) in enumerate(given_tree):
            parent = made[above % len(made)] if made and above else None
            guide = parent.guide if parent else guides[number % 2]
            author = make_reader(f"Ann {number}")
            made.append(make_comment(text or "x", guide=guide, parent=parent, author=author))
            to = {State.HIDDEN: [State.HIDDEN], State.PUBLISHED: []}.get(state, [state])
            for step in to:
                moderation.move(made[-1], step, moderation.Decision(source="test"))
        moderation.set_closed(guides[0].pk, timezone.now())
        before = exported()
        moderators = make_moderator()  # a reader of the other database is nobody's author
        ModerationAction.objects.all()._raw_delete("default")
        for comment in Comment.objects.order_by("-depth", "-pk"):
            comment.delete()
        Thread.objects.all().delete()
        Reader.objects.exclude(pk=moderators.pk).delete()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "export.json"
            path.write_text(before, encoding="utf-8", newline="")
            call_command("import_comments", str(path), format="json", stdout=StringIO())
        assert exported() == before
