"""The comments on the guide's own page."""

from django.http import HttpRequest

from careers.models import Guide
from careers.panels import Panel
from comments import presenters
from comments.models import HelpfulVote
from comments.moderation import version_name
from comments.pages import thread_page
from comments.times import first_change


def comments_panel(request: HttpRequest, guide: Guide) -> Panel:
    page = thread_page(guide, request.user)
    count = page.thread.published
    voted = HelpfulVote.objects.by(request.user, page.comments)
    return Panel(
        slug="comments",
        title=f"{count:,} comment{'' if count == 1 else 's'}" if count else "Comments",
        template="comments/panel.html",
        context={
            "guide": guide,
            "page": page,
            "rows": presenters.rows(page.comments, request.user, voted=voted),
        },
        versions=(version_name(guide.pk),),
        fresh_until=first_change(comment.created for comment in page.comments),
    )
