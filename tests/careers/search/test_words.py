import pytest

from careers.search.words import clues, features, fold, grams, pieces, singular


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("X-ray Tech", "xray tech"),
        ("x ray", "xray"),
        ("E-mail or T-shirt", "email or tshirt"),
        ("x-y plotter, c programmer", "x y plotter c programmer"),
        ("Café Owner’s", "cafe owners"),
        ("  Children's  nurse ", "childrens nurse"),
        ("日本", ""),
        ("C++ / C#", "c c"),
    ],
)
def test_it_folds_text_to_words(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "one"),
    [("nurses", "nurse"), ("secretaries", "secretary"), ("boss", "boss"), ("gas", "gas")],
)
def test_it_takes_the_plural_off(word, one):
    assert singular(word) == one


def test_it_marks_the_edges_of_words_in_trigrams():
    assert grams("rn") == {"_rn", "rn_"}
    assert grams("a") == {"_a_"}


def test_it_pairs_words_in_any_order():
    assert "engineer|sale" in features("sales engineers") & features("engineer sales")


def test_it_keeps_runs_of_letters_apart_from_words():
    assert {"nurse", "#nur", "#nurs"} <= pieces("nurses")


def test_it_tells_the_first_word_from_the_last_and_joins_words_of_one_stem():
    assert {"^nurse", "$aide", "~nurs", "aide|nurs"} <= set(clues("nurses aides"))
    assert "~nurs" in clues("nursing aide")
    assert clues("") == []
