import pytest

from careers.explained import Explainer
from careers.models import GlossaryTerm

TERMS = {
    "license": GlossaryTerm(slug="license", term="license", definition="A paper."),
    "cdl": GlossaryTerm(slug="cdl", term="commercial driver's license (CDL)", definition="One."),
}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You need a license.", "license."),
        ("Licenses differ.", "Licenses"),
        ("Get your CDL early.", "CDL"),
        ("A commercial driver’s license helps.", "commercial driver’s license"),
    ],
)
def test_it_makes_a_button_of_the_word_as_it_is_written(text, word):
    found = Explainer(TERMS).text(text, ["cdl", "license"])

    assert f">{word}</button>" in found
    assert found.count("<button") == 1


@pytest.mark.parametrize("text", ["Licensed work.", "No such word.", ""])
def test_it_leaves_other_words_alone(text):
    assert Explainer(TERMS).text(text, ["license", "unknown"]) == text


def test_it_explains_a_word_once():
    explainer = Explainer(TERMS)

    texts = [explainer.text("A license.", ["license"]) for _ in range(2)]

    assert "<button" in texts[0]
    assert texts[1] == "A license."
    assert [note.slug for note in explainer.used.values()] == ["license"]


def test_it_escapes_what_stands_around_the_word():
    text = Explainer(TERMS).text("<b>A license & a CDL</b>", ["license", "cdl"])

    assert text.startswith("&lt;b&gt;A <button")
    assert text.endswith("</button>&lt;/b&gt;")
    assert " &amp; a <button" in text


def test_it_makes_no_button_within_a_button():
    text = Explainer(TERMS).text("A commercial driver's license.", ["cdl", "license"])

    assert text.count("<button") == 1


def test_it_lists_what_it_explained_and_what_no_sentence_held():
    explainer = Explainer(TERMS)
    explainer.text("A CDL.", ["cdl"])

    words = explainer.listed(["license", "unknown"])

    assert [word.partition(">")[2] for word in words] == [
        "commercial driver’s license (CDL)</button>",
        "license</button>",
    ]
