from pathlib import Path

import pytest

from careers.edition_check.facts import CLAIMS, MENTIONS, Facts, fact_defects
from careers.plain_text import read_plain
from tests.careers.plain_files import plain_file, write_plain

LICENSED = "every state requires it. in all states require a license"
NEUTRAL = "Now: Read.\nNext: You ask around.\nLater: Go on."


def defects(folder: Path, facts: Facts, sentence: str = "", start: str = NEUTRAL) -> list[str]:
    parts = {"How to start": start, "Where and when": sentence or "Here."}
    text = read_plain(write_plain(folder, plain_file(parts)))
    return [defect.message for defect in fact_defects(text, facts)]


@pytest.mark.parametrize(
    ("claim", "sentence", "false_for", "true_for"),
    [
        (
            "needs a doctorate",
            "You need a doctoral degree.",
            Facts("master", "none", "none"),
            Facts("doctoral", "none", "none"),
        ),
        (
            "needs a master's degree",
            "You must have a master's degree.",
            Facts("bachelor", "none", "none"),
            Facts("master", "none", "none"),
        ),
        (
            "needs a bachelor's degree",
            "You'll need at least a bachelor's degree.",
            Facts("associate", "none", "none"),
            Facts("bachelor", "none", "none"),
        ),
        (
            "needs an associate's degree",
            "You need an associate's degree.",
            Facts("nondegree", "none", "none"),
            Facts("associate", "none", "none"),
        ),
        (
            "needs a high school diploma",
            "You need a high school diploma.",
            Facts("none", "none", "none"),
            Facts("high-school", "none", "none"),
        ),
        (
            "needs no degree",
            "You don't need a college degree.",
            Facts("bachelor", "none", "none"),
            Facts("high-school", "none", "none"),
        ),
        (
            "a high school diploma is enough",
            "A high school diploma is enough.",
            Facts("nondegree", "none", "none"),
            Facts("high-school", "none", "none"),
        ),
        (
            "needs no schooling",
            "No formal schooling is asked for.",
            Facts("high-school", "none", "none"),
            Facts("none", "none", "none"),
        ),
        (
            "needs an apprenticeship",
            "You must finish an apprenticeship.",
            Facts("high-school", "none", "moderate"),
            Facts("high-school", "none", "apprenticeship"),
        ),
        (
            "needs no training",
            "You start without any training.",
            Facts("none", "none", "short"),
            Facts("none", "none", "none"),
        ),
        (
            "long training is short",
            "You learn the job in two weeks.",
            Facts("high-school", "none", "long"),
            Facts("high-school", "none", "short"),
        ),
        (
            "short training takes years",
            "It takes years of training on the job.",
            Facts("none", "none", "short"),
            Facts("none", "none", "long"),
        ),
        (
            "needs no experience",
            "You get in with no experience.",
            Facts("bachelor", "over-5", "none"),
            Facts("bachelor", "none", "none"),
        ),
        (
            "needs years of experience",
            "You need five years of work experience.",
            Facts("bachelor", "none", "none"),
            Facts("bachelor", "over-5", "none"),
        ),
        (
            "needs a license",
            "Every state requires a license.",
            Facts("", "none", "", "no such thing is asked for."),
            Facts("", "none", "", "a license is needed."),
        ),
    ],
)
def test_it_refuses_a_claim_that_the_figures_make_false(
    tmp_path: Path, claim, sentence, false_for, true_for
):
    assert any(found.startswith(f"{claim}?") for found in defects(tmp_path, false_for, sentence))
    assert not any(found.startswith(f"{claim}?") for found in defects(tmp_path, true_for, sentence))
    assert claim in {one.name for one in CLAIMS}


def test_it_tries_every_claim():
    marks = test_it_refuses_a_claim_that_the_figures_make_false.pytestmark
    assert {case[0] for case in marks[0].args[1]} == {claim.name for claim in CLAIMS}


@pytest.mark.parametrize(
    "sentence",
    [
        "Some employers say you need a master's degree.",
        "To teach at a college you need a master's degree.",
        "If you lead a lab, you must have a master's degree.",
    ],
)
def test_it_lets_a_statement_about_some_jobs_pass(tmp_path: Path, sentence):
    found = defects(tmp_path, Facts("bachelor", "none", "none"), sentence)
    assert not any(one.startswith("needs a master's") for one in found)


def test_it_claims_nothing_where_the_handbook_is_silent(tmp_path: Path):
    sentence = "You need a master's degree and a license, after no training."
    assert defects(tmp_path, Facts("", "", ""), sentence) == []


@pytest.mark.parametrize(
    ("mention", "facts", "step"),
    [
        ("a doctoral or professional degree", Facts("doctoral", "", ""), "Go to dental school."),
        ("a master's degree", Facts("master", "", ""), "Earn a master's degree."),
        ("a bachelor's degree", Facts("bachelor", "", ""), "Earn a bachelor's degree."),
        ("an associate's degree", Facts("associate", "", ""), "Earn an associate's degree."),
        (
            "a certificate or program after high school",
            Facts("nondegree", "", ""),
            "Finish a certificate.",
        ),
        ("college courses", Facts("some-college", "", ""), "Take college classes."),
        ("high school", Facts("high-school", "", ""), "Get your diploma."),
        ("an apprenticeship", Facts("", "", "apprenticeship"), "Start as an apprentice."),
        (
            "an internship, residency or other supervised work",
            Facts("", "", "internship"),
            "Do an internship.",
        ),
        ("training on the job", Facts("", "", "moderate"), "A crew trains you."),
        ("earlier work in the field", Facts("", "under-5", ""), "Get some experience."),
        (
            "the license that every state asks for",
            Facts("", "", "", LICENSED),
            "Pass the exam for your license.",
        ),
    ],
)
def test_it_wants_the_start_to_speak_of_what_is_required(tmp_path: Path, mention, facts, step):
    assert [one for one in defects(tmp_path, facts) if f"leaves out {mention} (" in one]
    start = NEUTRAL.replace("You ask around.", step)
    assert not [one for one in defects(tmp_path, facts, start=start) if f"out {mention} (" in one]


def test_it_tries_every_mention():
    marks = test_it_wants_the_start_to_speak_of_what_is_required.pytestmark
    assert {case[0] for case in marks[0].args[1]} == {mention.name for mention in MENTIONS}
