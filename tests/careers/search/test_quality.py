"""The measure itself, and floors that hold for a fixed sample of the embedded edition."""

import csv
import random

import pytest
from django.conf import settings

from careers.importers.files import read_table
from careers.importers.job_titles import read_index, read_onet_titles
from careers.search import quality
from careers.search.contents import (
    FAMILIAR,
    HANDBOOK,
    ONET,
    SINGULAR,
    TITLE,
    Contents,
    Name,
    nicknames,
)
from careers.search.ranking import Index
from careers.search.words import fold
from careers.soc import broad_of

FIXTURES = settings.BASE_DIR / "fixtures"
SAMPLE = 250


def name(guide, text, kind):
    return Name(guide, text, fold(text), kind)


def test_it_counts_where_the_first_right_guide_stood():
    index = Index(Contents([name(1, "Baker", TITLE), name(2, "Baker Helper", TITLE)]))

    score = quality.score(index, {"baker": {1}, "bakers": {2}, "pilot": {1}})

    assert score.places == [1, 2, None]
    assert (score.top(1), score.top(2)) == (0.3333, 0.6667)
    assert score.missed == ["pilot"]


def test_it_gives_the_time_that_one_in_a_hundred_exceeds():
    assert quality.percentile([n / 100 for n in range(100)], 0.99) == 0.99
    assert quality.percentile([], 0.99) == 0.0


def test_it_accepts_each_guide_of_a_name_that_several_have():
    assert quality.questions([("agent", 1), ("agent", 2)]) == {"agent": {1, 2}}


@pytest.mark.parametrize("seed", range(20))
def test_it_makes_one_slip_and_the_same_one_again(seed):
    once = quality.one_typo("plumber", random.Random(seed))
    assert once == quality.one_typo("plumber", random.Random(seed))
    assert abs(len(once) - len("plumber")) <= 1


def test_it_holds_out_onets_titles_only():
    titles = [f"title {number}" for number in range(200)]
    names = [name(1, title, kind) for title in titles for kind in (ONET, HANDBOOK)]

    kept = quality.without_held_out(Contents(names)).names

    left_out = {name.text for name in names if name not in kept}
    assert left_out == {title for title in titles if quality.is_held_out(title)}
    assert 5 < len(left_out) < 40
    assert sum(name.kind == HANDBOOK for name in kept) == 200


def test_it_asks_only_for_what_no_other_source_names():
    held = {"Ward Planner": {1}, "Baker": {2}}

    assert quality.unseen(held, Contents([name(2, "Baker", HANDBOOK)])) == {"Ward Planner": {1}}


# Floors --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def embedded():
    """(contents without the held-out titles, A–Z, familiar words, held-out titles) from files.

    Primary keys are the profile numbers; no database.
    """
    guides = [row for _, row in read_table(FIXTURES / "ooh/guides.csv", ("profile", "slug"))]
    slugs = {row["slug"]: int(row["profile"]) for row in guides}
    codes = {
        row["soc"]: int(row["profile"])
        for _, row in read_table(FIXTURES / "ooh/codes.csv", ("profile", "soc"))
    }
    titles = [(t, int(p)) for p, t in read_index(FIXTURES / "ooh/job_titles.csv.xz")]
    onet = [
        (row.title, codes.get(row.soc) or codes.get(broad_of(row.soc)))
        for row in read_onet_titles(FIXTURES / "onet/onet-29.3-alternate-titles.tsv.xz")
    ]
    names = [
        *(name(int(row["profile"]), row["title"], TITLE) for row in guides),
        *(name(int(row["profile"]), row["singular"], SINGULAR) for row in guides),
        *(name(guide, title, HANDBOOK) for title, guide in titles),
        *(name(guide, title, ONET) for title, guide in dict.fromkeys(onet) if guide),
        *nicknames(slugs),
        *plain_names(slugs),
    ]
    contents = quality.without_held_out(Contents([n for n in names if n.folded]))
    with (FIXTURES / "search/familiar.csv").open(encoding="utf-8") as file:
        familiar = [(row["phrase"], slugs[row["guide"]]) for row in csv.DictReader(file)]
    held = quality.held_out((title, guide) for title, guide in onet if guide)
    return (
        Index(contents).taught(),
        quality.questions(titles),
        quality.questions(familiar),
        quality.unseen(held, contents),
    )


def plain_names(slugs):
    """What our plain versions call the work: the line `words: a, b` of their headers."""
    for slug, guide in slugs.items():
        text = (FIXTURES / "plain" / f"{slug}.md").read_text(encoding="utf-8")
        words = next(line for line in text.splitlines() if line.startswith("words: "))
        for word in words.removeprefix("words: ").split(", "):
            yield name(guide, word, FAMILIAR)


def sample(questions, size=SAMPLE):
    chosen = random.Random(7).sample(sorted(questions), min(size, len(questions)))
    return {words: questions[words] for words in chosen}


def test_it_finds_the_handbooks_titles(embedded):
    index, titles, _, _ = embedded
    assert quality.score(index, sample(titles)).top(3) >= 0.97


def test_it_finds_the_handbooks_titles_despite_a_typo(embedded):
    index, titles, _, _ = embedded
    assert quality.score(index, quality.with_typos(sample(titles), seed=1)).top(3) >= 0.90


def test_it_finds_everyday_words_and_acronyms(embedded):
    index, _, familiar, _ = embedded
    assert len(familiar) >= 80
    assert quality.score(index, familiar).top(3) >= 0.95


def test_it_places_titles_that_it_has_never_seen(embedded):
    index, _, _, unseen = embedded
    score = quality.score(index, sample(unseen, 4 * SAMPLE))
    assert len(unseen) > 2_000
    assert score.top(3) >= 0.84
    assert score.top(5) >= 0.89
