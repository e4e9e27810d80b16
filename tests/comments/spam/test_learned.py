from collections.abc import Callable
from typing import Any

import pytest

from comments import moderation, posting, queue
from comments.models import Comment, LearnedFilter, Reader, Reason, SpamLesson, State, TokenWeight
from comments.moderation import Decision, move, move_all, undo
from comments.spam import Submission
from comments.spam.learned import NEUTRAL_UNTIL, learned, rehearse
from tests.comments.builders import a_draft, make_comment, make_moderator, make_reader
from tests.comments.test_moderation import at_once

pytestmark = pytest.mark.django_db
SALE = "Buy cheap loans now, visit my shop number"
TALK = "Twelve hours on the ward and then the charts, day"


FEW = 12  # lessons after which the filter speaks where `soon` says so


@pytest.fixture
def soon(monkeypatch: Any) -> None:
    monkeypatch.setattr("comments.spam.learned.NEUTRAL_UNTIL", FEW)
    monkeypatch.setattr("comments.spam.learned.OF_EACH_KIND", 5)


def decide(text: str, to: State, moderator: Reader, **values: Any) -> Comment:
    comment = make_comment(text, state=State.HELD)
    move(comment, to, Decision(actor=moderator, **values))
    return comment


def teach(lessons: int) -> Reader:
    moderator = make_moderator()
    for number in range(lessons // 2):
        decide(f"{SALE} {number}", State.SPAM, moderator)
        decide(f"{TALK} {number}", State.PUBLISHED, moderator)
    return moderator


def signal(text: str) -> Any:
    return learned(Submission(text, make_reader(), [], "", None))


def weights() -> dict[int, tuple[float, int, int]]:
    stored = TokenWeight.objects.exclude(spam=0, good=0)
    assert all(abs(one.pull) < 1e-9 for one in TokenWeight.objects.filter(spam=0, good=0))
    return {one.bucket: (round(one.pull, 9), one.spam, one.good) for one in stored}


def labels() -> int:
    return LearnedFilter.objects.get().labels


def test_it_stays_silent_below_fifty_lessons_and_speaks_from_there() -> None:
    moderator = teach(NEUTRAL_UNTIL - 2)
    assert signal(SALE) is None
    decide(SALE, State.SPAM, moderator)
    assert signal(SALE) is None
    decide(TALK, State.PUBLISHED, moderator)
    assert signal(SALE).points >= 2


def test_it_explains_itself_by_tokens_on_chips(soon: None) -> None:
    teach(FEW)
    spam, good = signal(f"{SALE} 999"), signal(f"{TALK} 999")
    assert spam.words == "Reads like spam here"
    known = [words for words, _ in spam.parts if words.startswith("“")]
    assert known
    assert all(words.strip("“”") in SALE.lower().replace(",", "") for words in known)
    assert all(points > 0 for _, points in spam.parts)
    assert good.points == 0
    assert all(points < 0 for _, points in good.parts)
    held = make_comment("x", state=State.HELD, signals=[spam.as_json()])
    chips = queue.rows(list(Comment.objects.filter(pk=held.pk)))[0].chips
    assert [chip.words for chip in chips[1:]] == [words for words, _ in spam.parts]


def test_it_says_nothing_of_what_it_never_saw(soon: None) -> None:
    teach(FEW)
    TokenWeight.objects.all().delete()
    assert signal("Completely other matters") is None


def test_it_takes_not_all_for_spam_after_seeing_nothing_but_spam(soon: None) -> None:
    moderator = make_moderator()
    for number in range(FEW):
        decide(f"{SALE} {number}", State.SPAM, moderator)
    assert signal(SALE) is None


def test_it_holds_nothing_for_its_link_alone(soon: None) -> None:
    moderator = make_moderator()
    for number in range(FEW // 2):
        decide(f"{SALE} {number} https://shop{number}.example/", State.SPAM, moderator)
        decide(f"{TALK} {number}", State.PUBLISHED, moderator)
    link = "https://union.example/wages"
    alone = signal(f"Quite other matters: {link}")
    assert 0 < alone.points < 2
    assert alone.words == "Reads like spam here, but only for its link"
    assert signal(f"{SALE} {link}").points > 2
    assert signal(link).points > alone.points  # nothing else is there


def test_it_learns_everything_again_when_tokens_change_their_meaning(
    soon: None, monkeypatch: Any
) -> None:
    teach(FEW)
    before = set(weights())
    monkeypatch.setattr("comments.spam.learned.VERSION", 99)
    assert signal(SALE) is None
    assert rehearse() == FEW
    assert labels() == FEW
    assert set(weights()) == before
    assert signal(SALE).points >= 2


def test_it_starts_again_at_the_next_decision_when_housekeeping_has_not(monkeypatch: Any) -> None:
    moderator = teach(4)
    monkeypatch.setattr("comments.spam.learned.VERSION", 99)
    decide(SALE, State.SPAM, moderator)
    assert labels() == 1
    undone = SpamLesson.objects.filter(passes=0).first()
    assert undone is not None
    move(undone.comment, State.REMOVED, Decision(actor=moderator, reason=Reason.RUDE))
    assert labels() == 1  # what was not learned again is not taken back
    assert rehearse() == 4
    assert labels() == 4


def test_it_unlearns_an_undone_batch_exactly() -> None:
    moderator = teach(6)
    before, counts = weights(), labels()
    comments = [make_comment(f"{SALE} of number {number}") for number in range(3)]
    batch = move_all([(one, None) for one in comments], State.SPAM, Decision(actor=moderator)).batch
    assert (weights() == before, labels()) == (False, counts + 3)
    undo(batch, moderator)
    assert (weights(), labels()) == (before, counts)


def test_it_returns_to_the_earlier_decision_when_the_later_is_undone() -> None:
    moderator = make_moderator()
    comment = decide(SALE, State.PUBLISHED, moderator)
    batch = move_all([(comment, None)], State.SPAM, Decision(actor=moderator)).batch
    assert SpamLesson.objects.get().is_spam
    undo(batch, moderator)
    assert not SpamLesson.objects.get().is_spam
    only = LearnedFilter.objects.get()
    assert (only.spam, only.good) == (0, 1)


@pytest.mark.parametrize(
    ("to", "reason", "label"),
    [
        (State.SPAM, "", True),
        (State.REMOVED, Reason.ADVERTISING, True),
        (State.REMOVED, Reason.RUDE, None),
        (State.PUBLISHED, "", False),
    ],
)
def test_it_learns_spam_from_spam_and_not_from_rudeness(
    to: State, reason: str, label: bool | None
) -> None:
    decide(SALE, to, make_moderator(), reason=reason)
    lesson = SpamLesson.objects.first()
    assert (lesson.is_spam if lesson else None) is label


def test_it_learns_nothing_from_filters_authors_and_erasing() -> None:
    comment = make_comment(SALE, state=State.HELD)
    move(comment, State.SPAM, Decision(source="pipeline"))
    own = make_comment(author=make_moderator(), state=State.HELD)
    move(own, State.PUBLISHED, Decision(actor=own.author))
    moderation.erase(comment, "author")
    assert not SpamLesson.objects.exists()


def test_it_forgets_a_text_that_is_edited() -> None:
    moderator = make_moderator()
    comment = decide(SALE, State.PUBLISHED, moderator)
    posting.edit(comment, a_draft("Something else altogether."))
    assert not SpamLesson.objects.exists()
    assert weights() == {}


def test_it_goes_through_each_lesson_five_times_and_then_rests() -> None:
    teach(4)
    gone = Comment.objects.first()
    assert gone is not None
    moderation.erase(gone, "author")
    assert [rehearse() for _ in range(5)] == [3, 3, 3, 3, 0]


def test_it_keeps_no_words() -> None:
    teach(2)
    assert {field.name for field in TokenWeight._meta.get_fields()} == {
        "bucket",
        "pull",
        "spam",
        "good",
    }
    assert all(0 <= bucket < 2**18 for bucket in weights())


@pytest.mark.django_db(transaction=True)
def test_it_learns_from_many_moderators_at_once() -> None:
    moderators = [make_moderator(f"Moderator {number}") for number in range(6)]
    comments = [make_comment(f"{SALE} {number}", state=State.HELD) for number in range(6)]

    def act(number: int) -> Callable[[], Any]:
        decision = Decision(actor=moderators[number])
        return lambda: move(comments[number], State.SPAM, decision)

    results = at_once([act(number) for number in range(6)])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert LearnedFilter.objects.get().spam == SpamLesson.objects.count() == 6
    for comment in comments:
        batch = move_all([(comment, None)], State.PUBLISHED, Decision(actor=moderators[0])).batch
        undo(batch, moderators[0])
    assert LearnedFilter.objects.get().spam == 6
