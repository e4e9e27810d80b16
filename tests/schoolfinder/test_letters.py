from dataclasses import replace
from urllib.parse import unquote

import pytest

from schoolfinder.letters import Answers, letter, own_letter
from tests.schoolfinder.builders import make_program, make_school

pytestmark = pytest.mark.django_db

ANSWERS = Answers(
    first_name="Ana",
    email="ana@example.org",
    zip="60614",
    level="bachelor",
    start="soon",
    question="Evenings & weekends?",
    phone="",
)


def test_it_sends_what_was_given_and_nothing_else() -> None:
    sent = letter(ANSWERS, "Registered Nurses", make_program())
    assert sent.data == {
        "first_name": "Ana",
        "email": "ana@example.org",
        "zip": "60614",
        "interest": "Registered Nurses",
        "program": "Registered Nursing/Registered Nurse (bachelor’s degree)",
        "level": "Bachelor’s degree",
        "start": "Within six months",
        "question": "Evenings & weekends?",
    }
    assert "Phone" not in sent.text


def test_the_text_holds_each_line_of_the_preview() -> None:
    sent = letter(replace(ANSWERS, phone="312 555 0100"), "Nurses", make_program())
    for line in sent.lines:
        assert f"{line.label}: {line.value}" in sent.text
    assert sent.text.endswith(sent.closing)


def test_the_subject_tells_nothing_of_the_person() -> None:
    sent = letter(ANSWERS, "Nurses", make_program(make_school("Prairie College")))
    assert sent.subject == "A question about a program at Prairie College"


def test_ones_own_letter_opens_in_ones_own_mail() -> None:
    own = own_letter(ANSWERS, make_program(make_school("Prairie College")))
    assert own.body.startswith("To the admissions office of Prairie College")
    for words in ("Evenings & weekends?", "60614", "within six months", "Ana\nana@example.org"):
        assert words in own.body
    assert own.mailto.startswith("mailto:?subject=")
    assert unquote(own.mailto.split("&body=")[1]) == own.body


def test_ones_own_letter_leaves_out_what_was_not_given() -> None:
    bare = replace(ANSWERS, email="", start="", question="", zip="", level="")
    own = own_letter(bare, make_program())
    assert own.body.count("\n\n") == 2
    assert "start" not in own.body
