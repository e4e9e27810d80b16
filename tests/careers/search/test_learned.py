from careers.search.learned import COMMON, Learned

NURSES, COOKS, PILOTS = 1, 2, 3
NAMES = [
    (NURSES, "school nurse"),
    (NURSES, "night nurse"),
    (COOKS, "school cook"),
    (COOKS, "night cook"),
    (PILOTS, "night pilot"),
]
LEARNED = Learned(NAMES)


def best(scores):
    return max(scores, key=scores.get)


def test_it_gives_the_likeliest_guide_one():
    scores = LEARNED.scores("camp nurse")
    assert scores[NURSES] == max(scores.values()) == 1.0


def test_it_knows_a_word_by_its_beginning():
    assert best(LEARNED.scores("nursing")) == NURSES


def test_it_learns_that_the_last_word_says_more_than_the_first():
    names = [
        (place, f"{place_word} {work}")
        for place, work in ((NURSES, "nurse"), (COOKS, "cook"))
        for place_word in ("ship", "hotel", "camp")
    ]
    learned = Learned([*names, (PILOTS, "ship pilot")])

    assert best(learned.scores("ship nurse")) == NURSES
    assert best(learned.scores("hotel pilot")) == PILOTS


def test_it_gives_the_same_weights_in_whatever_order_names_come():
    for words in ("school nurse", "night cook", "pilot"):
        assert Learned(reversed(NAMES)).scores(words) == LEARNED.scores(words)


def test_it_learns_from_a_common_word_nothing_and_still_from_the_rare_one():
    many = [(guide, f"manager rare{guide}") for guide in range(COMMON + 1)]
    scores = Learned(many).scores("manager rare7")

    assert best(scores) == 7
    assert Learned(many).scores("manager") == {}


def test_it_knows_nothing_of_words_that_it_never_saw():
    assert LEARNED.scores("zzz") == {}
    assert LEARNED.scores("") == {}
    assert Learned([]).scores("nurse") == {}
