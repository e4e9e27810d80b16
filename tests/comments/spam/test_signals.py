from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comments import markup
from comments.models import State
from comments.spam import Submission, fingerprint, signals
from comments.text import invisible_count
from tests.comments.builders import make_comment, make_reader

pytestmark = pytest.mark.django_db
TEXT = "I came to this from nursing, and every clinic wanted two years on a ward or a front desk."


def given(source: str = TEXT, **values: Any) -> Submission:
    defaults = {
        "author": make_reader(),
        "links": markup.links(source),
        "fingerprint": fingerprint.exact(source),
        "simhash": fingerprint.simhash(source),
        "network": "203.0.113.0/24",
        "form_seconds": 30.0,
        "hidden_characters": invisible_count(source),
    }
    return Submission(source=source, **defaults | values)


def test_it_finds_nothing_in_a_usual_comment() -> None:
    assert [signal.name for find in signals.SIGNALS if (signal := find(given()))] == []


def test_it_sees_the_field_that_people_do_not_see() -> None:
    assert signals.honeypot(given(trapped=True))


@pytest.mark.parametrize(("seconds", "found"), [(2.9, True), (3.0, False), (None, False)])
def test_it_sees_forms_sent_too_fast(seconds: float | None, found: bool) -> None:
    assert bool(signals.form_age(given(form_seconds=seconds))) is found


def copy_of(text: str = TEXT, **values: Any) -> None:
    make_comment(
        text,
        fingerprint=fingerprint.exact(text),
        simhash=fingerprint.simhash(text),
        **values,
    )


def test_it_sees_the_same_text_of_others_within_a_day() -> None:
    copy_of(state=State.HELD)
    copy_of()
    signal = signals.same_text(given())
    assert signal is not None
    assert "2 times" in signal.words


def test_it_takes_old_copies_and_short_thanks_for_chance() -> None:
    copy_of(created=timezone.now() - timedelta(hours=25))
    copy_of("How old were you when you started?")
    assert signals.same_text(given()) is None
    assert signals.same_text(given("How old were you when you started?")) is None
    copy_of("See http://shop.example")
    assert signals.same_text(given("See http://shop.example"))


def test_it_lets_an_author_take_back_and_say_again() -> None:
    author = make_reader()
    copy_of(state=State.WITHDRAWN, author=author)
    copy_of(TEXT.replace("two", "three"), state=State.WITHDRAWN, author=author)
    assert signals.same_text(given(author=author)) is None
    assert signals.near_text(given(author=author)) is None
    assert signals.same_text(given())


def test_it_sees_nearly_the_same_text() -> None:
    copy_of(TEXT.replace("two", "three"))
    assert signals.near_text(given())
    assert (
        signals.near_text(given("Hours: the table says full time. Ask about the pager week."))
        is None
    )


@pytest.mark.parametrize(
    ("links", "published", "points"), [(0, 0, 0), (1, 5, 0), (1, 0, 1.5), (2, 5, 1), (9, 0, 4)]
)
def test_it_counts_links_harder_for_new_readers(links: int, published: int, points: float) -> None:
    source = " ".join(f"https://a{number}.example" for number in range(links)) or "none"
    signal = signals.link_count(given(source, author=make_reader(published=published)))
    assert (signal.points if signal else 0) == points


def test_it_sees_shortened_links() -> None:
    assert signals.link_shortened(given("https://www.bit.ly/x"))
    assert signals.link_shortened(given("https://orbit.ly/x")) is None


def test_it_sees_one_host_for_the_third_time() -> None:
    source = "Look: https://shop.example/a"
    make_comment("https://shop.example/b")
    assert signals.link_repeated(given(source)) is None
    make_comment("https://shop.example/c", state=State.SPAM)
    assert signals.link_repeated(given(source))


def test_it_lets_official_pages_be_named_again_and_again() -> None:
    for number in range(3):
        make_comment(f"https://www.bls.gov/{number} https://youtu.be/{number}")
    assert signals.link_repeated(given("https://www.bls.gov/ooh/ https://youtu.be/x")) is None


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Hi guys, earn $500 from home, click: https://win.example/1", True),
        ("Hi guys, earn $500 from home, click: https://www.bls.gov/1", False),
        ("Hi guys, earn $500 from home, click now", False),
        ("In Ohio it pays less, and travel is not paid: https://wages.example/ohio", False),
        ("The list of schools near me is here: https://schools.example/list", False),
    ],
)
def test_it_sees_advertising_around_a_link_without_having_learned(source: str, found: bool) -> None:
    signal = signals.link_advertised(given(source))
    assert bool(signal) is found
    assert signal is None or "it speaks of money" in signal.words


def test_it_sees_lookalike_letters_and_hidden_ones() -> None:
    assert signals.mixed_scripts(given("Great cаsino here"))
    assert signals.mixed_scripts(given("ten μm thick")) is None
    hidden, pasted = given("cas\u200bino"), given("A line that was pasted.\u200b")
    assert signals.hidden_characters(hidden).points == 2.0
    assert signals.hidden_characters(pasted).points == 1.0
    assert signals.hidden_characters(given("Nothing hidden")) is None


@pytest.mark.parametrize(("name", "found"), [("Best Casino", True), ("Renata", False)])
def test_it_sees_names_that_sell(name: str, found: bool) -> None:
    assert bool(signals.selling_name(given(author=make_reader(name)))) is found


def test_it_hears_shouting() -> None:
    assert signals.shouting(given("BUY THIS NOW " * 5))
    assert signals.shouting(given("NCLEX and RN")) is None


@pytest.mark.parametrize(("good", "gone", "found"), [(7, 3, True), (8, 3, False), (3, 0, False)])
def test_it_remembers_three_rejections_in_ten(good: int, gone: int, found: bool) -> None:
    author = make_reader()
    for _ in range(good):
        make_comment(author=author)
    for _ in range(gone):
        make_comment(author=author, state=State.REMOVED)
    assert bool(signals.bad_history(given(author=author))) is found


def test_it_remembers_networks_that_sent_spam() -> None:
    make_comment(state=State.SPAM, network="203.0.113.0/24")
    assert signals.bad_network(given())
    assert signals.bad_network(given(network="198.51.100.0/24")) is None
    assert signals.bad_network(given(network="")) is None


@pytest.mark.parametrize(("published", "holds"), [(0, True), (1, True), (2, False)])
def test_it_holds_the_first_two_comments(published: int, holds: bool) -> None:
    signal = signals.first_comments(given(author=make_reader(published=published)))
    assert (signal.holds if signal else False) is holds


def test_it_survives_addresses_that_are_none() -> None:
    odd = given(links=["http://[", "mailto:a@b.example", "https://"])
    assert signals.link_shortened(odd) is None
    assert signals.link_repeated(odd) is None
