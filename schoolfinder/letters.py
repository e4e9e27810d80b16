"""What a school receives, word for word: one source for preview, mail and webhook."""

from dataclasses import dataclass
from urllib.parse import quote

from schoolfinder.awards import AwardGroup, in_sentence
from schoolfinder.models import Inquiry, Program, School

CLOSING = (
    "The sender confirmed the e-mail address and agreed that this one school gets these lines,"
    " once. Please answer by e-mail, and do not pass them on."
)
NOT_GIVEN = "not given, not sent"


@dataclass(frozen=True)
class Answers:
    """What a person typed; "" is not given."""

    first_name: str
    email: str
    zip: str
    level: str  # an AwardGroup
    start: str  # an Inquiry.Start
    question: str
    phone: str


@dataclass(frozen=True)
class Line:
    name: str  # in the webhook
    label: str
    value: str


@dataclass(frozen=True)
class Letter:
    school: School
    lines: list[Line]
    closing: str = CLOSING

    @property
    def subject(self) -> str:
        return f"A question about a program at {self.school.name}"

    @property
    def text(self) -> str:
        lines = [f"{line.label}: {line.value}" for line in self.lines if line.value]
        return "\n".join([*lines, "", self.closing])

    @property
    def data(self) -> dict[str, str]:
        return {line.name: line.value for line in self.lines if line.value}


def answers_of(inquiry: Inquiry) -> Answers:
    return Answers(
        first_name=inquiry.first_name,
        email=inquiry.email,
        zip=inquiry.zip,
        level=inquiry.level,
        start=inquiry.start,
        question=inquiry.question,
        phone=inquiry.phone,
    )


def letter(answers: Answers, interest: str, program: Program) -> Letter:
    return Letter(
        program.school,
        [
            Line("first_name", "Name", answers.first_name),
            Line("email", "E-mail", answers.email),
            Line("zip", "ZIP code", answers.zip),
            Line("interest", "Interest", interest),
            Line("program", "Program", _program(program)),
            Line("level", "Level", level_words(answers.level)),
            Line("start", "Start", start_words(answers.start)),
            Line("question", "Question", answers.question),
            Line("phone", "Phone", answers.phone),
        ],
    )


# The letter that a person sends -------------------------------------------------------------


@dataclass(frozen=True)
class OwnLetter:
    school: School
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """No address: we hold none of any school's admission office."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body)}"


def own_letter(answers: Answers, program: Program) -> OwnLetter:
    """For a school that takes no requests from us: to copy, print or open in one's own mail."""
    about = f"I am interested in {_program(program)}. Please send me information about it."
    level = level_words(answers.level)
    facts = [
        f"The level I look for: {level}." if level else "",
        f"When I might start: {start_words(answers.start).lower()}." if answers.start else "",
        f"My ZIP code: {answers.zip}." if answers.zip else "",
    ]
    paragraphs = [
        f"To the admissions office of {program.school.name}",
        about,
        answers.question,
        "\n".join(fact for fact in facts if fact),
        "\n".join(part for part in (answers.first_name, answers.email, answers.phone) if part),
    ]
    body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return OwnLetter(program.school, f"Question about {program.field.title}", body)


def level_words(value: str) -> str:
    return str(AwardGroup(value).label) if value in AwardGroup.values else ""


def start_words(value: str) -> str:
    return str(Inquiry.Start(value).label) if value in Inquiry.Start.values else ""


def _program(program: Program) -> str:
    return f"{program.field.title} ({in_sentence(program.award)})"
