"""The comments on the guide's own page."""

from django.http import HttpRequest

from careers.models import Guide
from careers.panels import Panel
from comments import presenters
from comments.moderation import version_name
from comments.pages import thread_page
from comments.times import first_change
from comments.views import thread_context


def comments_panel(request: HttpRequest, guide: Guide) -> Panel:
    page = thread_page(guide, request.user)
    return Panel(
        slug="comments",
        title=presenters.comment_count(page.thread.published),
        template="comments/panel.html",
        context=thread_context(request, page),
        versions=(version_name(guide.pk),),
        fresh_until=first_change(comment.created for comment in page.comments),
    )
