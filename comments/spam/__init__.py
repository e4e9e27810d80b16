"""Is a comment spam? All signals are collected first, then one decision is made.

No signal rejects: the worst that happens is a comment that waits where a moderator sees it,
with every reason beside it.
"""

from comments.spam.pipeline import Verdict, judge
from comments.spam.submission import Submission

__all__ = ["Submission", "Verdict", "judge"]
