"""Why a school stands where it does: the strongest points for it, and the strongest against.

They are the parts of the score itself, so what is said is what was counted.
"""

from dataclasses import dataclass

from schoolfinder import scoring, wording
from schoolfinder.awards import AwardGroup
from schoolfinder.bands import Band
from schoolfinder.matching import Match, Search
from schoolfinder.models import School

FOR, AGAINST, NEUTRAL = "plus", "minus", "none"
MOST_FOR = 2

_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_BAND_WORDS = {
    Band.EXACT: "exact",
    Band.RELATED: "related",
    Band.SIMILAR: "similar",
    Band.OTHER: "other",
}
_START_WORDS = {
    AwardGroup.CERTIFICATE: "a certificate",
    AwardGroup.ASSOCIATE: "an associate’s degree",
    AwardGroup.BACHELOR: "a bachelor’s degree",
    AwardGroup.GRADUATE: "a graduate degree",
}


@dataclass(frozen=True)
class Reason:
    kind: str  # FOR, AGAINST, NEUTRAL
    text: str


def reasons(match: Match, search: Search) -> list[Reason]:
    """The fit, at most two points for the school, the strongest against it, what is missing."""
    parts = scoring.contributions(match.parts, by_distance=search.start is not None)
    parts.pop("award", None)  # told with the fit
    ranked = sorted(parts.items(), key=lambda part: -part[1])
    points_for = [_tell(name, match) for name, value in ranked if value > 0][:MOST_FOR]
    against = [_tell(name, match) for name, value in reversed(ranked) if value < 0][:1]
    return [
        *_fit(match, search),
        *(Reason(FOR, text) for text in points_for),
        *(Reason(AGAINST, text) for text in against),
        *_missing(match),
        *([] if against else [_no_drawback(match)]),
    ]


def cautions(school: School) -> list[Reason]:
    """Facts to know before applying, whatever was searched for."""
    found = []
    if school.status == School.Status.CLOSING:
        found.append("This school is closing")
    if not school.title_iv:
        found.append("No federal student aid here")
    if school.service_academy:
        found.append("Needs a nomination or a commission")
    return [Reason(AGAINST, text) for text in found]


def _fit(match: Match, search: Search) -> list[Reason]:
    if search.interest is None:
        return []
    word = _BAND_WORDS[match.band]
    if match.programs == 1:
        text = f"{word.capitalize()} program"
    elif match.programs < len(_NUMBERS):
        text = f"{_NUMBERS[match.programs]} {word} programs"
    else:
        text = f"{match.programs} {word} programs"
    usual = search.interest.start_award
    if usual is None or match.parts.award is None:
        return [Reason(_fit_kind(match), text)]
    if match.parts.award == 1:
        return [Reason(_fit_kind(match), f"{text}, the level most start with")]
    return [
        Reason(_fit_kind(match), text),
        Reason(NEUTRAL, f"Most start with {_START_WORDS[usual]}"),
    ]


def _fit_kind(match: Match) -> str:
    return FOR if match.band >= Band.RELATED else NEUTRAL


def _tell(name: str, match: Match) -> str:
    school = match.school
    if name == "distance":
        return "Online" if match.miles is None else wording.miles_away(match.miles)
    if name == "cost":
        return f"{wording.net_price(school.net_price)} net price a year"
    if name == "size":
        return f"{max(1, round(match.graduates))} graduates a year"
    if school.graduation_rate is not None:
        return f"{wording.share(school.graduation_rate)} graduate"
    return f"{wording.money(school.earnings_10y)} earned ten years after entry"


def _missing(match: Match) -> list[Reason]:
    """What was counted as the middle, since it is not published."""
    absent = [
        name
        for name, value in (("Net price", match.parts.cost), ("Outcomes", match.parts.outcomes))
        if value is None
    ]
    return [Reason(NEUTRAL, f"{name} not published: counted as middling") for name in absent]


def _no_drawback(match: Match) -> Reason:
    return Reason(NEUTRAL, "Nothing published here is below the middle")
