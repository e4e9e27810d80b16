"""The results of a search as a spreadsheet: a row a program, in the order of the page."""

import csv
from collections.abc import Iterable, Iterator

from schoolfinder import wording
from schoolfinder.awards import CREDENTIAL
from schoolfinder.matching import Details, Match, Matches, read_details
from schoolfinder.models import Program, School
from schoolfinder.presenters import program_earnings

MOST_MATCHES = 1000
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

HEADER = (
    "Match", "School", "IPEDS number", "City", "State", "Miles", "Field of study", "CIP code",
    "Award", "Graduates", "Graduates in", "Earnings of the program", "Tuition in state",
    "Tuition from elsewhere", "Tuition of", "Net price", "Net price of", "Graduation rate",
    "Graduation rate of", "Earnings ten years after entry, whole school", "Earnings of",
    "Kind", "Online", "Website",
)  # fmt: skip


class _Echo:
    """What csv.writer writes into, so that each row comes back as text."""

    def write(self, text: str) -> str:
        return text


def csv_lines(matches: Matches) -> Iterator[str]:
    """With a byte-order mark, by which spreadsheets know UTF-8. Absent figures are empty."""
    shown = matches.all[:MOST_MATCHES]
    details = read_details(matches.search, shown)
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(HEADER)
    for match in shown:
        for row in _rows(match, details):
            yield writer.writerow([_safe(cell) for cell in row])


def _rows(match: Match, details: Details) -> Iterable[tuple[object, ...]]:
    school = details.schools[match.school.unitid]
    for program in details.programs.get((school.unitid, match.band), []):
        yield _row(match, school, program, details)


def _row(match: Match, school: School, program: Program, details: Details) -> tuple[object, ...]:
    key = (school.unitid, program.field_id[:5], CREDENTIAL[program.award])
    return (
        wording.BAND_TITLES[match.band],
        school.name,
        school.unitid,
        school.city,
        school.state,
        "" if match.miles is None else round(match.miles, 1),
        program.field.title,
        program.field_id,
        program.get_award_display(),
        "" if program.is_new else program.graduates_latest,
        wording.award_year(program.latest_year),
        program_earnings(details.earnings.get(key)),
        school.tuition_in,
        school.tuition_out,
        school.tuition_year,
        school.net_price,
        school.net_price_year,
        school.graduation_rate,
        school.graduation_year,
        school.earnings_10y,
        school.earnings_year,
        wording.kind(school),
        wording.online(school),
        school.website,
    )


def _safe(cell: object) -> object:
    """None is an empty cell; text that would be run is made text by a leading apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
