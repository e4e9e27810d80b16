import time

import pytest

from comments.spam.features import features, in_words


def said(text: str) -> set[str]:
    return {words for token in features(text) if (words := in_words(token))}


def test_it_sees_words_and_pairs_without_case_and_hidden_letters() -> None:
    assert features("Check\u200b OUT") == features("check out") | {}
    assert {"“check”", "“check out”"} <= said("Check out")


def test_it_takes_one_price_for_another() -> None:
    assert "“00 dollars”" in said("25 dollars") & said("99 dollars")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Please subscribe to us", "asks for something"),
        ("Look at my new video!", "something of its own"),
        ("Earn $500 a week", "money"),
        ("see win-big.com / abc", "a link"),
        ("visit http://x.example for cash", "money + a link"),
        ("I worked nights.", "speaks of itself"),
        ("Nights are hard.", "none of the usual hints"),
    ],
)
def test_it_sees_hints_that_stay_the_same_between_campaigns(text: str, hint: str) -> None:
    assert hint in said(text)


@pytest.mark.parametrize("text", ["I checked the figures.", "The exam checks out fine"])
def test_it_takes_telling_for_no_asking(text: str) -> None:
    assert "asks for something" not in said(text)


def test_it_sees_how_much_stands_around_a_link() -> None:
    assert "link with about 1 words" in {*features("www.shop.example")}
    assert "link with about 8 words" in {
        *features("The board of my state says so: www.a.example ok")
    }


def test_it_looks_at_both_ends_of_a_long_text() -> None:
    long = "start here " + "middle " * 700 + " www.shop.example"
    assert {"“start”", "an address"} <= said(long)


def test_it_says_nothing_of_pieces_of_words() -> None:
    assert in_words("piece che") == ""
    assert in_words("always") == ""


@pytest.mark.parametrize(
    "text", ["", "a-" * 2500, "." * 5000, "my " * 1600, "www." * 1200, "😀" * 5000]
)
def test_it_takes_no_text_long(text: str) -> None:
    features.cache_clear()
    start = time.process_time()
    features(text)
    assert time.process_time() - start < 0.5
