"""Readers, their comments, and what moderators did."""

from comments.models.readers import Reader

__all__ = ["Reader"]
