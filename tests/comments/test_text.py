import pytest

from comments.text import invisible_count, looks_empty, mixes_scripts, splits_words, tidy


@pytest.mark.parametrize(
    ("typed", "kept", "sentences"),
    [
        ("plain\r\ntext", "plain\ntext", 0),
        ("a\x00b", "ab", 1),
        ("pay \u202e000,001$", "pay 000,001$", 1),
        ("z" + "\u0301" * 40, "ź" + "\u0301" * 4, 1),
        ("a\x00\u202eb", "ab", 2),
        ("  a  \n\n\n\n\n\nb ", "a\n\n\nb", 0),
        ("Tiếng Việt, فارسی می‌خواهم, 👩‍🚀", "Tiếng Việt, فارسی می‌خواهم, 👩‍🚀", 0),
    ],
)
def test_it_takes_out_what_no_keyboard_types_and_says_so(
    typed: str, kept: str, sentences: int
) -> None:
    text, taken_out = tidy(typed)
    assert text.startswith(kept) if "\u0301" in typed else text == kept
    assert len(taken_out) == sentences


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b\u200d", "\u2800\u3164", "\u0301", "\ufeff"])
def test_it_takes_invisible_text_for_empty(typed: str) -> None:
    assert looks_empty(typed)


@pytest.mark.parametrize("typed", ["a", "…", "👍", "1", "؟"])
def test_it_takes_visible_text_for_text(typed: str) -> None:
    assert not looks_empty(typed)


def test_it_counts_zero_width_characters_but_not_those_that_join() -> None:
    assert invisible_count("ca\u200bsi\u200bno") == 2
    assert invisible_count("👩\u200d🚀 می\u200cخواهم ❤\ufe0f") == 0
    assert invisible_count("\U0001f3f4\U000e0067\U000e0062\U000e007f") == 0  # a flag
    assert invisible_count("שלום\u200f (2024)\u200e") == 0
    assert invisible_count("pay\u200e now") == 1


def test_it_sees_words_split_by_what_nobody_sees() -> None:
    assert splits_words("cas\u200bino")
    assert not splits_words("a line\u200b that was pasted\ufeff")
    assert not splits_words("hy\u00adphen, می\u200cخواهم")


def test_it_sees_words_built_from_lookalike_scripts() -> None:
    assert mixes_scripts("pаypal")  # the second letter is Cyrillic
    assert not mixes_scripts("paypal")
    assert not mixes_scripts("Москва")
