"""Up to six programs side by side: a row a fact, a column a program at a school."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from careers.wording import NOT_PUBLISHED, count
from schoolfinder import plots, reasons, wording
from schoolfinder.asking import get_info_url
from schoolfinder.awards import CREDENTIAL
from schoolfinder.bands import Band
from schoolfinder.codes import is_offered, program_code, programs_coded
from schoolfinder.controls import Link, finder_url
from schoolfinder.geo import Area, AreaKind, Point, find_area, miles_between
from schoolfinder.interests import Interest, UnknownInterest, find_interest
from schoolfinder.models import Program, ProgramEarnings, School
from schoolfinder.presenters import outbound_links, program_earnings
from schoolfinder.wording import BAND_TITLES

MOST = 6
MOST_READ = 12  # of `p` in one address
LONGEST_CODE = 30  # of what could not be found, as it is shown again


@dataclass(frozen=True)
class Chosen:
    """What an address names, and what of it cannot be compared."""

    programs: list[Program]
    unknown: list[str]
    left_out: list[Program]  # beyond the most that fit


@dataclass(frozen=True)
class Column:
    code: str
    school: str
    url: str
    program: str
    note: str  # "no longer offered"
    without_url: str
    get_info_url: str
    bars: plots.YearBars
    links: list[Link]


@dataclass(frozen=True)
class Cell:
    title: str  # of its column: on a phone the head is not seen
    text: str
    year: str
    is_absent: bool
    is_best: bool


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    differs: bool
    best: str  # "highest" or "lowest", where one is marked


@dataclass(frozen=True)
class Comparison:
    columns: list[Column]
    rows: list[Row]
    shortlist_codes: list[str]
    note: str  # what of interest or place was left out


@dataclass(frozen=True)
class _Value:
    text: str
    year: str = ""
    number: float | None = None


@dataclass(frozen=True)
class _Measure:
    label: str
    value: Callable[[Program], _Value]
    best: str = ""


def choose(codes: Iterable[str]) -> Chosen:
    """In the order asked for, each once. One query."""
    asked = list(dict.fromkeys(code.strip() for code in codes if code.strip()))[:MOST_READ]
    named = programs_coded(asked)
    found = list(named.values())
    unknown = [code[:LONGEST_CODE] for code in asked if code not in named]
    return Chosen(found[:MOST], unknown, found[MOST:])


def compare_url(codes: Iterable[str], params: QueryDict | None = None) -> str:
    """The page of these programs; interest and place stay as they are in `params`."""
    kept = {name: params.get(name, "") for name in ("interest", "near")} if params else {}
    pairs = [("p", code) for code in list(codes)[:MOST]]
    query = urlencode([*pairs, *((name, text) for name, text in kept.items() if text)])
    return reverse("schoolfinder:compare") + (f"?{query}" if query else "")


def finder_of(params: QueryDict) -> str:
    """The search that the comparison came from, to find more."""
    return finder_url(interest=params.get("interest", ""), near=params.get("near", ""))


def comparison(programs: Sequence[Program], params: QueryDict) -> Comparison:
    """A fixed number of queries: earnings, and what interest and place mean."""
    interest, area, note = _asked(params)
    earnings = _earnings(programs)
    measures = _measures(interest, area, earnings)
    codes = [program_code(program) for program in programs]
    return Comparison(
        columns=[
            _column(program, [code for code in codes if code != program_code(program)], params)
            for program in programs
        ],
        rows=[_row(measure, programs) for measure in measures],
        shortlist_codes=codes,
        note=note,
    )


def _asked(params: QueryDict) -> tuple[Interest | None, Area | None, str]:
    """What of the search goes with the comparison; what cannot be read is said and left out."""
    interest, area, notes = None, None, []
    if words := params.get("interest", "")[:200]:
        try:
            interest = find_interest(words)
        except UnknownInterest as unknown:
            notes.append(str(unknown))
    if words := params.get("near", "")[:100]:
        found = find_area(words)
        if isinstance(found, Area):
            area = found if found.kind == AreaKind.POINT else None
        else:
            notes.append(found.message)
    return interest, area, " ".join(notes)


def _earnings(programs: Sequence[Program]) -> dict[tuple[int, str, int], ProgramEarnings]:
    wanted = Q(pk__in=[])
    for school, cip4, credential in map(_earnings_key, programs):
        wanted |= Q(school=school, cip4=cip4, credential=credential)
    rows = ProgramEarnings.objects.filter(wanted)
    return {(row.school_id, row.cip4, row.credential): row for row in rows}


def _earnings_key(program: Program) -> tuple[int, str, int]:
    return (program.school_id, program.field_id[:5], CREDENTIAL[program.award])


def _column(program: Program, others: list[str], params: QueryDict) -> Column:
    school = program.school
    return Column(
        code=program_code(program),
        school=school.name,
        url=school.get_absolute_url(),
        program=program.field.title,
        note="" if is_offered(program) else "No longer offered",
        without_url=compare_url(others, params),
        get_info_url=get_info_url(program, params.get("interest", ""))
        if is_offered(program)
        else "",
        bars=plots.year_bars(program.graduates, program.latest_year),
        links=outbound_links(school),
    )


# Rows ---------------------------------------------------------------------------------------


def _measures(
    interest: Interest | None,
    area: Area | None,
    earnings: Mapping[tuple[int, str, int], ProgramEarnings],
) -> list[_Measure]:
    def fit(program: Program) -> _Value:
        band = interest.bands.get(program.field_id, Band.OTHER) if interest else Band.OTHER
        return _Value(BAND_TITLES[band])

    def miles(program: Program) -> _Value:
        if area is None or area.point is None:
            return _Value("")
        away = miles_between(area.point, Point(program.school.lat, program.school.lon))
        return _Value(wording.miles_away(away), "", round(away, 1))

    def earned(program: Program) -> _Value:
        return _Value(program_earnings(earnings.get(_earnings_key(program))) or NOT_PUBLISHED)

    return [
        *([_Measure("How it fits", fit)] if interest else []),
        _Measure("Award", lambda program: _Value(program.get_award_display())),
        *([_Measure(f"From {area.label}", miles, "lowest")] if area else []),
        _Measure("Place", lambda program: _Value(wording.place(program.school))),
        _Measure("Graduates a year", _graduates, "highest"),
        _Measure("Graduates of the program earn", earned),
        *_SCHOOL_MEASURES,
    ]


def _graduates(program: Program) -> _Value:
    year = wording.award_year(program.latest_year)
    if program.is_new:
        return _Value("New, none yet", year)
    number = program.graduates_latest
    return _Value(NOT_PUBLISHED if number is None else count(number), year, number)


def _of_school(
    label: str, best: str, figure: str, year: str, words: Callable[[School], str]
) -> _Measure:
    def value(program: Program) -> _Value:
        school = program.school
        number: float | None = getattr(school, figure)
        said = wording.span(getattr(school, year)) if number is not None else ""
        return _Value(words(school), said, number)

    return _Measure(label, value, best)


_SCHOOL_MEASURES = (
    _of_school(
        "Tuition and fees, in state", "lowest", "tuition_in", "tuition_year",
        lambda school: wording.money(school.tuition_in),
    ),
    _of_school(
        "Tuition and fees, from elsewhere", "lowest", "tuition_out", "tuition_year",
        lambda school: wording.money(school.tuition_out),
    ),
    _of_school(
        "Net price a year, whole school", "lowest", "net_price", "net_price_year",
        lambda school: wording.net_price(school.net_price),
    ),
    _of_school(
        "Graduate, whole school", "highest", "graduation_rate", "graduation_year",
        lambda school: wording.share(school.graduation_rate),
    ),
    _of_school(
        "Return for a second year", "highest", "retention_rate", "retention_year",
        lambda school: wording.share(school.retention_rate),
    ),
    _of_school(
        "Earned ten years after entry, whole school", "highest", "earnings_10y", "earnings_year",
        lambda school: wording.money(school.earnings_10y),
    ),
    _Measure("Kind of school", lambda p: _Value(wording.kind(p.school) or NOT_PUBLISHED)),
    _Measure("Students", lambda p: _Value(
        wording.size(p.school) or NOT_PUBLISHED, wording.span(p.school.students_year)
        if p.school.students is not None else "",
    )),
    _Measure("Online", lambda p: _Value(wording.online(p.school) or "No online programs reported")),
    _Measure("To know first", lambda p: _Value(
        "; ".join(reason.text for reason in reasons.cautions(p.school)) or "Nothing reported"
    )),
)  # fmt: skip


def _row(measure: _Measure, programs: Sequence[Program]) -> Row:
    values = [measure.value(program) for program in programs]
    best = _best([value.number for value in values], measure.best)
    cells = [
        Cell(
            title=program.school.name,
            text=value.text,
            year=value.year,
            is_absent=value.text == NOT_PUBLISHED,
            is_best=place == best,
        )
        for place, (program, value) in enumerate(zip(programs, values, strict=True))
    ]
    return Row(measure.label, cells, len({value.text for value in values}) > 1, measure.best)


def _best(numbers: Sequence[float | None], which: str) -> int | None:
    """Where the one best figure stands; None when fewer than two are known, or the best is
    shared, since a figure that is not published might be better."""
    known = [number for number in numbers if number is not None]
    if not which or len(known) < max(2, len(numbers)):
        return None
    best = min(known) if which == "lowest" else max(known)
    return None if known.count(best) > 1 else numbers.index(best)
