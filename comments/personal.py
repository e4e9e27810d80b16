"""A reader's own data: rename, export, erase."""

from base64 import b64encode
from typing import Any

from django.db import transaction
from django.db.models import F

from comments import mentions
from comments.models import Comment, Mail, Picture, Reader, Suspension
from comments.moderation import erase as erase_comment
from comments.moderation import lock_threads, touch
from comments.posting import vote


@transaction.atomic
def rename(reader: Reader, name: str) -> None:
    """The name changes beside old comments too, so their pages are new."""
    guides = reader.comments.order_by().values_list("guide_id", flat=True).distinct()
    guide_ids = sorted(guides)
    lock_threads(guide_ids)
    reader.display_name = name
    reader.save(update_fields=["display_name"])
    for guide_id in guide_ids:
        touch(guide_id)


def export(reader: Reader) -> dict[str, Any]:
    """Everything kept about a reader, as plain data."""
    comments = reader.comments.select_related("guide", "appeal").prefetch_related(
        "revisions", "actions"
    )
    return {
        "account": {
            "id": reader.public_id,
            "email": reader.email,
            "name": reader.display_name,
            "joined": reader.joined.isoformat(),
            "last_sign_in": reader.last_login.isoformat() if reader.last_login else None,
            "staff": reader.is_staff,
        },
        "picture": _exported_picture(reader),
        "comments": [_exported(comment) for comment in comments.order_by("created")],
        "found_helpful": [
            one.comment.public_id for one in reader.helpful_votes.select_related("comment")
        ],
        "mail": {
            "when_mentioned": reader.mention_mail or "never",
            "follows": [
                {
                    "guide": one.guide.slug,
                    "replies_to": one.comment.public_id if one.comment else None,
                    "how_soon": one.pace,
                    "since": one.created.isoformat(),
                }
                for one in reader.follows.select_related("guide", "comment")
            ],
            "told_of": [
                {
                    "comment": one.comment.public_id,
                    "why": one.why,
                    "created": one.created.isoformat(),
                    "mailed": one.mailed_at.isoformat() if one.mailed_at else None,
                }
                for one in reader.notices.select_related("comment")
            ],
        },
        "mentioned_in": [
            one.comment.public_id for one in reader.mentions.select_related("comment")
        ],
        "threads_seen": [
            {"guide": visit.guide.slug, "last": visit.seen.isoformat()}
            for visit in reader.thread_visits.select_related("guide")
        ],
        "suspensions": [
            {
                "reason": one.reason,
                "from": one.created.isoformat(),
                "until": one.until.isoformat() if one.until else None,
                "lifted": one.lifted_at.isoformat() if one.lifted_at else None,
            }
            for one in Suspension.objects.filter(reader=reader)
        ],
        "reports": [
            {
                "comment": report.comment.public_id,
                "reason": report.reason,
                "text": report.text,
                "created": report.created.isoformat(),
            }
            for report in reader.reports.select_related("comment")
        ],
    }


def _exported(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.public_id,
        "guide": comment.guide.slug,
        "text": comment.source,
        "role": comment.role,
        "section": comment.section,
        "state": comment.state,
        "created": comment.created.isoformat(),
        "edited": comment.edited_at.isoformat() if comment.edited_at else None,
        "network": comment.network,
        "signals": comment.signals,
        "appeal": comment.appeal.text if hasattr(comment, "appeal") else None,
        "earlier_texts": [revision.source for revision in comment.revisions.all()],
        "decisions": [
            {
                "from": action.from_state,
                "to": action.to_state,
                "reason": action.reason,
                "note": action.public_note,
                "at": action.created.isoformat(),
            }
            for action in comment.actions.all()
        ],
    }


def _exported_picture(reader: Reader) -> dict[str, Any] | None:
    picture = Picture.objects.filter(reader=reader).first()
    if picture is None:
        return None
    return {
        "state": picture.state,
        "uploaded": picture.uploaded.isoformat(),
        "type": "image/webp",
        "base64": b64encode(picture.content).decode(),
    }


@transaction.atomic
def erase(reader: Reader) -> None:
    """The account, its picture, words, votes, reports and mail. Replies of others stay."""
    comments = list(reader.comments.order_by("pk"))
    found_helpful = list(Comment.objects.filter(helpful_votes__reader=reader))
    named_in = list(Comment.objects.filter(mentions__reader=reader).exclude(author=reader))
    lock_threads({comment.guide_id for comment in comments + found_helpful + named_in})
    for comment in found_helpful:
        vote(comment, reader, helps=False)
    for comment in comments:
        erase_comment(comment, "author")
    reported = reader.reports.open().values("comment")
    Comment.objects.filter(pk__in=reported).update(open_reports=F("open_reports") - 1)
    Mail.objects.filter(to=reader.email).delete()
    reader.delete()
    for comment in named_in:
        _link_nowhere(comment)


def _link_nowhere(comment: Comment) -> None:
    """The words of others stay; the link to an erased profile goes out of them."""
    named = [one.reader for one in comment.mentions.select_related("reader")]
    html = mentions.render(comment.source, named)
    Comment.objects.filter(pk=comment.pk).update(html=html)
    touch(comment.guide_id)
