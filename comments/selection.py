"""Comments that a moderator picked, as a file."""

from __future__ import annotations

import csv
import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse

from comments.models import Comment

COLUMNS = (
    "id", "url", "guide", "author", "author_id", "state", "created", "edited", "reports", "helpful",
    "why", "text",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def rows(comments: QuerySet[Comment]) -> list[dict[str, Any]]:
    """With the author's name as shown, never with an address."""
    return [_row(comment) for comment in comments]


def as_file(found: list[dict[str, Any]], kind: str) -> HttpResponse:
    """`kind` is csv or json."""
    if kind == "json":
        content = json.dumps(found, ensure_ascii=False, indent=1)
        answer = HttpResponse(content, content_type="application/json")
    else:
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        table = csv.writer(answer)
        table.writerow(COLUMNS)
        table.writerows([_cell(row[column]) for column in COLUMNS] for row in found)
    answer.headers["Content-Disposition"] = f'attachment; filename="comments.{kind}"'
    return answer


def _row(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.public_id,
        "url": settings.SITE_URL + comment.get_absolute_url(),
        "guide": comment.guide.title,
        "author": comment.name,
        "author_id": comment.author.public_id if comment.author else "",
        "state": comment.state,
        "created": comment.created.isoformat(),
        "edited": comment.edited_at.isoformat() if comment.edited_at else "",
        "reports": comment.open_reports,
        "helpful": comment.helpful,
        "why": "; ".join(signal["words"] for signal in comment.signals if "words" in signal),
        "text": comment.source,
    }


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
