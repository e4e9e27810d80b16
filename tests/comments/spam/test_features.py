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
        ("Come and follow me there", "asks for itself"),
        ("Look at my new video!", "something of its own"),
        ("Earn $500 a week", "money"),
        ("see win-big.com / abc", "a link"),
        ("www.shop.example", "a link"),
        ("I worked nights.", "I"),
        ("Nights are hard.", "none of the usual hints"),
        ("Nights are hard.", "no sign of advertising"),
        ("Plzzz sub to my chanel", "subscribe"),
        ("Does it pay to move?", "asks a question"),
        ("I still remember 2009", "a year"),
    ],
)
def test_it_sees_hints_that_stay_the_same_between_campaigns(text: str, hint: str) -> None:
    assert hint in said(text)


def test_it_counts_how_many_signs_of_each_kind_meet() -> None:
    counted = {"count advertising 1", "count advertising 2"} & features("please visit us").keys()
    assert len(counted) == 2
    assert not any(token.startswith("count") for token in features("Nights were long."))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("I checked the figures.", "asks for something"),
        ("The exam checks out fine", "asks for something"),
        ("It is my favorite song", "something of its own"),
        ("I had long hours. In summer it was better", "a link"),
        ("See https://www.bls.gov/ooh/ for the state", "a link"),
    ],
)
def test_it_takes_telling_for_no_advertising(text: str, hint: str) -> None:
    assert hint not in said(text)


def test_it_sees_how_much_stands_around_a_link() -> None:
    assert "link with about 1 words" in {*features("www.shop.example")}
    assert "link with about 8 words" in {
        *features("The board of my state says so: www.a.example ok")
    }
    assert "link to a place of reference" not in said("www.shop.example")
    assert "link to a place of reference" in said("www.bls.gov")


def test_it_remembers_hosts_and_not_whole_addresses() -> None:
    assert "“shop.example”" in said("Visit https://www.shop.example/path/1?ref=2")
    assert "“visit LINK”" in said("Visit https://www.shop.example/path/1?ref=2")


def test_it_looks_at_both_ends_of_a_long_text() -> None:
    long = "start here " + "middle " * 700 + " www.shop.example"
    assert {"“start”", "link elsewhere"} <= said(long)


def test_it_says_nothing_of_pieces_of_words() -> None:
    assert in_words("piece che") == ""
    assert in_words("count talk 3") == "several signs of talk"


@pytest.mark.parametrize(
    "text", ["", "a-" * 2500, "." * 5000, "my " * 1600, "www." * 1200, "😀" * 5000, "who " * 1250]
)
def test_it_takes_no_text_long(text: str) -> None:
    features.cache_clear()
    start = time.process_time()
    features(text)
    assert time.process_time() - start < 0.1
