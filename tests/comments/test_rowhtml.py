"""The HTML of rows: whole, escaped, and foldable."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import AnonymousUser

from comments import presenters, rowhtml
from comments.models import Reader
from comments.pages import thread_page
from tests.comments.builders import make_comment, make_guide, make_reader

pytestmark = pytest.mark.django_db
VOID = {"input", "br", "path", "circle"}


class Balance(HTMLParser):
    """Fails at the first end tag that does not close what was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_closes_what_it_opens_at_any_depth() -> None:
    guide = make_guide()
    for _ in range(2):
        comment = make_comment(guide=guide)
        for _ in range(6):
            make_comment(parent=comment)
            comment = make_comment(parent=comment)
    page = thread_page(guide, AnonymousUser())
    html = rowhtml.thread(presenters.rows(page.comments, AnonymousUser()))
    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert html.count("<article") == len(page.comments)
    assert html.count("<details") == html.count("</details>") > 2


def test_it_escapes_whatever_a_reader_may_choose() -> None:
    author = make_reader()
    Reader.objects.filter(pk=author.pk).update(display_name='"><b>x')
    comment = make_comment(author=author)
    make_comment(parent=comment)
    for viewer in (AnonymousUser(), make_reader()):
        page = thread_page(comment.guide, viewer)
        html = rowhtml.thread(presenters.rows(page.comments, viewer), "token")
        assert "<b>x" not in html
        assert "&quot;&gt;&lt;b&gt;x" in html


def test_it_folds_replies_away_under_their_number() -> None:
    root = make_comment()
    make_comment(parent=make_comment(parent=root))
    page = thread_page(root.guide, AnonymousUser())
    html = rowhtml.thread(presenters.rows(page.comments, AnonymousUser()))
    assert '<details class="branch" open><summary>2 replies<' in html
    assert "<summary>1 reply<" in html
