from careers.search.counted import Counted

NURSES, COOKS, PILOTS = 1, 2, 3
COUNTED = Counted(
    [
        (NURSES, "school nurse"),
        (NURSES, "night nurse"),
        (COOKS, "school cook"),
        (COOKS, "night cook"),
        (PILOTS, "night pilot"),
    ]
)


def test_it_gives_the_likeliest_guide_one():
    scores = COUNTED.scores("camp nurse")
    assert scores[NURSES] == max(scores.values()) == 1.0


def test_it_hears_a_word_that_only_begins_alike():
    assert max(COUNTED.scores("nursing"), key=COUNTED.scores("nursing").get) == NURSES


def test_it_weighs_a_word_that_only_one_guide_has_above_a_word_of_all():
    scores = COUNTED.scores("night pilot")
    assert scores[PILOTS] > scores[NURSES]


def test_it_knows_nothing_of_words_that_it_never_saw():
    assert COUNTED.scores("zzz") == {}
    assert Counted([]).scores("nurse") == {}
