"""What a text may say of schooling, training and licenses, by the guide's figures.

CLAIMS are flat statements that some figures make false; MENTIONS are what "How to start" must
speak of. Both are patterns over our own wording: they catch slips, they do not understand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from careers.edition_check.defects import Defect, units
from careers.edition_check.reading_grade import split_sentences, straight
from careers.plain_text import PlainText


@dataclass(frozen=True)
class Facts:
    """What the handbook says of one guide, in the words of Figures' choices.

    Empty education or training: it gives neither. Empty `become`: its text is not there.
    """

    education: str
    experience: str
    training: str
    become: str = ""  # official text of "how to become one", in small letters


ABOVE_HIGH_SCHOOL = {
    "nondegree",
    "some-college",
    "associate",
    "bachelor",
    "master",
    "doctoral",
}
DEGREES = ABOVE_HIGH_SCHOOL - {"nondegree", "some-college"}
BELOW_BACHELOR = {
    "none",
    "high-school",
    "nondegree",
    "some-college",
    "associate",
}
_NEED = (
    r"\b(?:you(?:'ll)?|everyone) (?:will )?(?:need|must (?:have|earn|get|hold|finish))"
    r"[^.;:]{0,40}?\b"
)
_DOCTORATE = r"(?:doctorate|doctoral degree|ph\.?d|medical degree|law degree|professional degree)"
# A sentence with one of these speaks of some jobs, states or employers, not of the rule; one that
# begins with "To teach, …" speaks of a further step.
_HEDGE = re.compile(
    r"\b(?:some|many|few|often|may|might|certain|prefer\w*|other|others|if|usually"
    r"|sometimes|top|higher|depend\w*|unless)\b|^to (?!start\b|begin\b|enter\b|get in\b)"
)


@dataclass(frozen=True)
class Claim:
    """A flat statement that is false when the figures are so."""

    name: str
    says: re.Pattern[str]
    is_false: Callable[[Facts], bool]


def _claim(name: str, says: str, is_false: Callable[[Facts], bool]) -> Claim:
    return Claim(name, re.compile(says), is_false)


CLAIMS = (
    _claim(
        "needs a doctorate",
        _NEED + _DOCTORATE,
        lambda f: bool(f.education) and f.education != "doctoral",
    ),
    _claim(
        "needs a master's degree",
        _NEED + r"master's",
        lambda f: bool(f.education) and f.education not in {"master", "doctoral"},
    ),
    _claim(
        "needs a bachelor's degree", _NEED + r"bachelor's", lambda f: f.education in BELOW_BACHELOR
    ),
    _claim(
        "needs an associate's degree",
        _NEED + r"associate'?s?\b",
        lambda f: f.education in BELOW_BACHELOR - {"associate"},
    ),
    _claim(
        "needs a high school diploma",
        _NEED + r"high school",
        lambda f: f.education == "none",
    ),
    _claim(
        "needs no degree",
        r"\b(?:no|without a|(?:do not|don't) need an?(?: \w+)?) (?:college )?degree\b"
        r"|\bcollege is not (?:needed|required)\b|\bno college\b",
        lambda f: f.education in DEGREES,
    ),
    _claim(
        "a high school diploma is enough",
        r"\bhigh school diploma is (?:all|enough)\b|\bstraight (?:out of|from) high school\b",
        lambda f: f.education in ABOVE_HIGH_SCHOOL,
    ),
    _claim(
        "needs no schooling",
        r"\bno (?:formal )?(?:schooling|diploma|education)\b",
        lambda f: bool(f.education) and f.education != "none",
    ),
    _claim(
        "needs an apprenticeship",
        _NEED + r"apprenticeship",
        lambda f: bool(f.education) and f.training != "apprenticeship",
    ),
    _claim(
        "needs no training",
        r"\b(?:no|without(?: any)?) training\b(?! (?:program|site|center))",
        lambda f: f.training not in {"", "none"},
    ),
    _claim(
        "long training is short",
        r"\b(?:train\w*|learn)\b[^.]{0,40}\b(?:a few|two|three) (?:hours|days|weeks)\b",
        lambda f: f.training in {"long", "apprenticeship"},
    ),
    _claim(
        "short training takes years",
        r"\byears (?:of (?:training )?on the job|of on-the-job|of paid training)",
        lambda f: f.training == "short",
    ),
    _claim(
        "needs no experience",
        r"\b(?:no|without(?: any)?) (?:work )?experience\b",
        lambda f: f.experience in {"under-5", "over-5"},
    ),
    _claim(
        "needs years of experience",
        _NEED + r"years of (?:work |related )?experience",
        lambda f: f.experience == "none",
    ),
    _claim(
        "needs a license",
        r"\b(?:you|everyone) (?:will )?(?:must|need to|have to) (?:be licensed|get licensed)"
        r"|" + _NEED + r"license|\b(?:all|every) states? (?:requires?|asks?)[^.]{0,30}\blicense",
        lambda f: bool(f.become) and "licens" not in f.become,
    ),
)


@dataclass(frozen=True)
class Mention:
    """Something "How to start" must speak of when the figures are so."""

    name: str
    wanted: re.Pattern[str]
    when: Callable[[Facts], bool]


def _mention(name: str, wanted: str, when: Callable[[Facts], bool]) -> Mention:
    return Mention(name, re.compile(wanted), when)


_EVERY_STATE_LICENSES = re.compile(
    r"\b(?:all|every) states? (?:and the district of columbia )?requires?[^.]{0,80}licens"
    r"|must be licensed in (?:all|every)|licensed in all states"
)
MENTIONS = (
    _mention(
        "a doctoral or professional degree",
        r"doctor|professional degree|ph\.?d"
        r"|(?:dental|medical|law|pharmacy|vet\w*) (?:school|degree)",
        lambda f: f.education == "doctoral",
    ),
    _mention("a master's degree", r"master's", lambda f: f.education == "master"),
    _mention("a bachelor's degree", r"bachelor's", lambda f: f.education == "bachelor"),
    _mention("an associate's degree", r"associate", lambda f: f.education == "associate"),
    _mention(
        "a certificate or program after high school",
        r"certificate|program|academy|course|school|diploma",
        lambda f: f.education == "nondegree",
    ),
    _mention("college courses", r"college|course", lambda f: f.education == "some-college"),
    _mention(
        "high school",
        r"high school|diploma|\bged\b",
        lambda f: f.education == "high-school",
    ),
    _mention("an apprenticeship", r"apprentic", lambda f: f.training == "apprenticeship"),
    _mention(
        "an internship, residency or other supervised work",
        r"intern|residen|supervis|fellowship|student teach",
        lambda f: f.training == "internship",
    ),
    _mention(
        "training on the job",
        r"train|learn|teach|taught|show|on the job|coach|mentor|apprentic|academy|skilled|beside",
        lambda f: f.training in {"short", "moderate", "long"},
    ),
    _mention(
        "earlier work in the field",
        r"experience|years|work your way|work in|worked|move up|first job|promot"
        r"|start (?:out )?as|begin as",
        lambda f: f.experience in {"under-5", "over-5"},
    ),
    _mention(
        "the license that every state asks for",
        r"licens|certif|regist|\bexam\b",
        lambda f: bool(_EVERY_STATE_LICENSES.search(f.become)),
    ),
)


def fact_defects(text: PlainText, facts: Facts) -> Iterator[Defect]:
    for _, unit in units(text):
        for sentence in split_sentences(unit):
            plain = sentence.lower()
            for claim in CLAIMS:
                if claim.says.search(plain) and claim.is_false(facts) and not _HEDGE.search(plain):
                    yield Defect(text.slug, "facts", f"{claim.name}? {_shown(facts)}: “{sentence}”")
    start = straight(" ".join(line for _, line in text.start)).lower()
    for mention in MENTIONS:
        if mention.when(facts) and not mention.wanted.search(start):
            yield Defect(text.slug, "facts", f"start leaves out {mention.name} ({_shown(facts)})")


def _shown(facts: Facts) -> str:
    return f"{facts.education or '–'} / {facts.experience or '–'} / {facts.training or '–'}"
