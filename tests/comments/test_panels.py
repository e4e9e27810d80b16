import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from careers import panels
from comments.panels import comments_panel
from tests.comments.builders import make_comment, make_guide

pytestmark = pytest.mark.django_db


def test_it_shows_the_newest_comments_on_the_guides_page(rf: RequestFactory) -> None:
    comment = make_comment("On the page")
    request = rf.get("/")
    request.user = AnonymousUser()
    panel = comments_panel(request, comment.guide)
    assert (panel.slug, panel.title) == ("comments", "1 comment")
    html = panel.html(request)
    assert "On the page" in html
    assert f"/careers/{comment.guide.slug}/comments/new/" in html


def test_it_invites_the_first_comment(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    panel = comments_panel(request, make_guide())
    assert panel.title == "Comments"
    assert "Nobody has written yet" in panel.html(request)


def test_it_is_registered_with_careers() -> None:
    assert comments_panel in [panel for _, panel in panels._guide_panels]
