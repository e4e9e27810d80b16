from careers.search.contents import HANDBOOK, ONET, TITLE, Name
from careers.search.suggestions import Suggestion, Suggestions
from careers.search.words import fold


def name(guide, text, kind=HANDBOOK):
    return Name(guide, text, fold(text), kind)


def test_it_puts_names_that_begin_so_before_names_with_such_a_word():
    suggestions = Suggestions([name(1, "Pastry Baker"), name(2, "Baker of Bread")])

    assert suggestions.beginning_with("bak", 5) == [
        Suggestion(2, "Baker of Bread"),
        Suggestion(1, "Pastry Baker"),
    ]


def test_it_names_each_guide_once_and_by_its_own_title_first():
    suggestions = Suggestions([name(1, "Baker"), name(1, "Bakers", TITLE), name(1, "Baking hand")])

    assert suggestions.beginning_with("ba", 5) == [Suggestion(1, "Bakers")]


def test_it_leaves_out_the_thousands_of_onet():
    assert Suggestions([name(1, "Baker", ONET)]).beginning_with("ba", 5) == []


def test_it_gives_at_most_so_many():
    suggestions = Suggestions([name(number, f"Baker {number}") for number in range(9)])

    assert len(suggestions.beginning_with("baker", 4)) == 4
