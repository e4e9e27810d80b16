"""A site on which a campaign and honest readers write, and how many of each the pipeline keeps."""

from random import Random

from comments import posting
from comments.models import Comment, Reader, State
from comments.moderation import Decision, move
from tests.comments.builders import a_draft, make_comment, make_guide, make_moderator, make_reader
from tests.comments.spam.campaign import campaign, honest

A_NETWORK = 30  # comments from one before the next


class Battle:
    """Nobody here is new, so that only what is written counts; each writes one comment."""

    def __init__(self, random: Random, *, lessons: int) -> None:
        self.random = random
        self.guide = make_guide()
        moderator = make_moderator()
        for _, text in campaign(lessons // 2, random):
            teach(text, State.SPAM, moderator)
        for _, text in honest(lessons // 2, random):
            teach(text, State.PUBLISHED, moderator)
        Comment.objects.update(created="2026-01-01T00:00Z")  # what taught it is no recent copy

    def caught(self, number: int) -> float:
        """The share of a campaign that is held or taken for spam."""
        states = self.states(campaign(number, self.random), "198.51")
        return sum(state in (State.HELD, State.SPAM) for state in states) / number

    def held(self, number: int) -> float:
        """The share of honest comments that is not published at once."""
        states = self.states(honest(number, self.random), "203.0")
        return sum(state != State.PUBLISHED for state in states) / number

    def states(self, texts: list[tuple[str, str]], networks: str) -> list[str]:
        found = []
        for at, (name, text) in enumerate(texts):
            network = f"{networks}.{at // A_NETWORK}.0/24"
            written = posting.post(self.guide, make_reader(name), a_draft(text), network)
            found.append(written.state)
        return found


def teach(text: str, to: State, moderator: Reader) -> None:
    move(make_comment(text, state=State.HELD), to, Decision(actor=moderator))
