"""Readers, their comments, and what moderators did."""

from comments.models.blocks import Block, ReaderNote, Suspension
from comments.models.decisions import (
    KEPT,
    Appeal,
    HelpfulVote,
    ModerationAction,
    Reason,
    Report,
)
from comments.models.following import Announcement, Follow, Mention, Notice
from comments.models.learning import Correction, LearnedFilter, SpamLesson, TokenWeight
from comments.models.limits import RateCount
from comments.models.mail import Mail
from comments.models.pictures import Picture
from comments.models.readers import MODERATORS, Pace, Reader, SignInLink
from comments.models.threads import (
    Comment,
    CommentRevision,
    GuideSection,
    Role,
    State,
    Thread,
)
from comments.models.visits import ThreadVisit

__all__ = [
    "KEPT",
    "MODERATORS",
    "Announcement",
    "Appeal",
    "Block",
    "Comment",
    "CommentRevision",
    "Correction",
    "Follow",
    "GuideSection",
    "HelpfulVote",
    "LearnedFilter",
    "Mail",
    "Mention",
    "ModerationAction",
    "Notice",
    "Pace",
    "Picture",
    "RateCount",
    "Reader",
    "ReaderNote",
    "Reason",
    "Report",
    "Role",
    "SignInLink",
    "SpamLesson",
    "State",
    "Suspension",
    "Thread",
    "ThreadVisit",
    "TokenWeight",
]
