"""What speaks against a comment. Each function gives one Signal, or None.

Points were set by hand so that two independent doubts hold a comment (2.0) and no single doubt
about words makes it spam (6.0); only what no person does, such as filling an invisible field,
reaches that alone.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from comments.models import Block, Comment, State, Suspension
from comments.models.blocks import MOST_POINTS
from comments.models.readers import NEW_UNTIL
from comments.models.threads import CommentQuerySet
from comments.spam.akismet import second_opinion
from comments.spam.features import advertising
from comments.spam.fingerprint import is_near
from comments.spam.hints import REFERENCE
from comments.spam.learned import learned
from comments.spam.submission import Signal, Submission
from comments.text import mixes_scripts, normal_form, splits_words

TOO_FAST = 3.0  # seconds
RECENT = timedelta(hours=24)
SHORTEST_COPY = 40  # letters, when it has no link: "How old were you when you started?"
MOST_COMPARED = 1000  # the newest texts that a near duplicate is looked for among
OFTEN_REJECTED = 0.3
SHORTENERS = {
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "cutt.ly", "rb.gy",
    "t.ly", "tiny.cc", "shorturl.at", "rebrand.ly", "s.id", "v.gd", "adf.ly", "shorte.st",
    "lnkd.in",
}  # fmt: skip
# Hints of the learned filter that talk about work seldom gives beside a link, as a chip says them.
LOUD = {
    "asks for something": "asks for something",
    "asks for itself": "asks for itself",
    "check out": "says check out",
    "something of its own": "has something of its own",
    "greets a crowd": "greets a crowd",
    "promises something back": "promises something back",
    "money": "speaks of money",
    "free or cheap": "is free or cheap",
    "business": "speaks of business",
    "tells what to search": "tells what to search",
}
SELLING_NAME = re.compile(
    r"casino|poker|betting|loan|payday|crypto|forex|seo\b|backlink|viagra|cialis|pharmacy|replica"
    r"|escort|essay|coupon|discount|cheap|buy\b|shop\b|deals?\b",
    re.IGNORECASE,
)


def honeypot(given: Submission) -> Signal | None:
    if given.trapped:
        return Signal("honeypot", "Filled the field that people do not see", 6.0)
    return None


def form_age(given: Submission) -> Signal | None:
    if given.form_seconds is not None and given.form_seconds < TOO_FAST:
        return Signal("form-age", f"Sent {given.form_seconds:.1f} seconds after opening", 3.0)
    return None


def same_text(given: Submission) -> Signal | None:
    """The same words within a day; short ones ("Thanks!") are nobody's copy."""
    same = _written(given).since(timezone.now() - RECENT).filter(fingerprint=given.fingerprint)
    copies = same[:50].count()
    if not copies or (len(given.source) < SHORTEST_COPY and not given.links):
        return None
    return Signal("same-text", f"Same text {_times(copies)} in 24 hours", 4.0)


def near_text(given: Submission) -> Signal | None:
    if given.simhash is None:
        return None
    recent = _written(given).since(timezone.now() - RECENT).exclude(simhash=None)
    recent = recent.exclude(fingerprint=given.fingerprint).order_by("-created")
    hashes = recent.values_list("simhash", flat=True)[:MOST_COMPARED]
    near = sum(1 for other in hashes if other is not None and is_near(given.simhash, other))
    if not near:
        return None
    return Signal("near-text", f"Nearly the same text {_times(near)} in 24 hours", 3.0)


def link_count(given: Submission) -> Signal | None:
    links = len(given.links)
    if not links:
        return None
    points = links - 1 + (1.5 if given.author.is_new else 0.0)
    if not points:
        return None
    return Signal(
        "links", f"{links} links" if links > 1 else "A new reader’s link", min(points, 4.0)
    )


def link_shortened(given: Submission) -> Signal | None:
    shortened = sorted(set(_hosts(given)) & SHORTENERS)
    return (
        Signal("shortener", f"Shortened link: {', '.join(shortened)}", 2.0) if shortened else None
    )


def link_repeated(given: Submission) -> Signal | None:
    """The same host again and again: three comments of a day are enough."""
    for host in sorted(host for host in set(_hosts(given)) if not REFERENCE.fullmatch(host))[:5]:
        recent = _others(given).since(timezone.now() - RECENT)
        if recent.filter(source__icontains=host)[:2].count() == 2:
            return Signal("same-host", f"Third comment in 24 hours with {host}", 3.0)
    return None


def link_advertised(given: Submission) -> Signal | None:
    """Needs no lessons: a link, and three or more of what usually surrounds sold ones."""
    loud = [hint for hint in advertising(given.source) if hint in LOUD] if given.links else []
    if len(loud) < 3:
        return None
    return Signal("advertising", f"A link, and it {', it '.join(LOUD[hint] for hint in loud)}", 2.0)


def mixed_scripts(given: Submission) -> Signal | None:
    # Four letters and more: "μm" is a unit.
    words = [word for word in re.findall(r"\w{4,}", given.source) if mixes_scripts(word)]
    return Signal("mixed-scripts", f"Look-alike letters: {words[0][:30]}", 3.0) if words else None


def hidden_characters(given: Submission) -> Signal | None:
    """Within a word they hide it from filters; elsewhere they come along when text is pasted."""
    if not given.hidden_characters:
        return None
    words = f"{given.hidden_characters} invisible characters"
    return Signal("invisible", words, 2.0 if splits_words(given.source) else 1.0)


def selling_name(given: Submission) -> Signal | None:
    if found := SELLING_NAME.search(given.author.display_name):
        return Signal("selling-name", f"Name sells something: {found[0]}", 2.0)
    return None


def shouting(given: Submission) -> Signal | None:
    letters = [letter for letter in given.source if letter.isalpha()]
    if len(letters) > 40 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters):
        return Signal("shouting", "Mostly capitals", 1.0)
    return None


def bad_history(given: Submission) -> Signal | None:
    """Three in ten of the last week's comments went: the next one waits."""
    week = _own(given).since(timezone.now() - timedelta(days=7)).exclude(state=State.AWAITING)
    states = list(week.values_list("state", flat=True))
    rejected = sum(1 for state in states if state in (State.SPAM, State.REMOVED))
    if not rejected or rejected < OFTEN_REJECTED * len(states):
        return None
    return Signal("history", f"{rejected} of {len(states)} comments went in 7 days", 2.0)


def bad_network(given: Submission) -> Signal | None:
    recent = Comment.objects.since(timezone.now() - RECENT).filter(state=State.SPAM)
    if given.network and recent.filter(network=given.network).exists():
        return Signal("network", "Spam came from this network within 24 hours", 1.0)
    return None


def block_list(given: Submission) -> Signal | None:
    """What moderators asked to see first. Words add points; all else holds."""
    blocks = Block.objects.live().about(given.author.email, _hosts(given), given.network)
    text = normal_form(given.source)
    found = [block for block in blocks if block.matches(text)]
    if not found:
        return None
    words = f"On the block list: {', '.join(block.value for block in found[:3])}"
    points = min(MOST_POINTS, sum(block.points for block in found))
    return Signal("blocks", words, points, holds=any(block.kind != "word" for block in found))


def suspended(given: Submission) -> Signal | None:
    """Only what was written before, and confirmed since, comes as far as this."""
    if Suspension.objects.of(given.author):
        return Signal("suspended", "Its author may not write at present", 2.0, holds=True)
    return None


def first_comments(given: Submission) -> Signal | None:
    if not given.author.is_new:
        return None
    words = f"{given.author.published_count} of the first {NEW_UNTIL} comments published"
    return Signal("first-comments", words, 0.0, holds=True)


def _others(given: Submission) -> CommentQuerySet:
    """Every other comment that got as far as the pipeline."""
    return Comment.objects.exclude(pk=given.comment_id).exclude(state=State.AWAITING)


def _written(given: Submission) -> CommentQuerySet:
    """Without what the same author took back: they may say it again, better placed."""
    return _others(given).exclude(author=given.author, state=State.WITHDRAWN)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _own(given: Submission) -> CommentQuerySet:
    return _others(given).filter(author=given.author)


def _hosts(given: Submission) -> list[str]:
    hosts = (_host(link) for link in given.links)
    return [host for host in hosts if host]


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:  # http://[ and its like
        return ""


SIGNALS: tuple[Callable[[Submission], Signal | None], ...] = (
    first_comments,
    honeypot,
    form_age,
    same_text,
    near_text,
    link_count,
    link_shortened,
    link_repeated,
    link_advertised,
    mixed_scripts,
    hidden_characters,
    selling_name,
    shouting,
    bad_history,
    bad_network,
    block_list,
    suspended,
    learned,
    second_opinion,
)
