"""Rows of the finder's page and of its JSON twin, from matches. Templates only loop."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse

from careers.wording import count, listed, plural
from schoolfinder import filters, plots, reasons, reviewed, why, wording
from schoolfinder.asking import get_info_url
from schoolfinder.awards import CREDENTIAL
from schoolfinder.bands import Band
from schoolfinder.codes import program_code
from schoolfinder.controls import Link, finder_url, search_query
from schoolfinder.forms import FinderForm
from schoolfinder.geo import STATES, AreaKind
from schoolfinder.matching import (
    FEW_SCHOOLS,
    Details,
    Match,
    Matches,
    Search,
    Suggestion,
    find_matches,
    page_after,
    places_teaching,
    read_details,
    suggestions,
)
from schoolfinder.models import Partner, Program, ProgramEarnings, School
from schoolfinder.wording import BAND_TITLES

PAGE_SIZE = 20
FIRST_BAND, OTHER_BANDS = 10, 5  # schools of each band on the first page
PROGRAMS_ON_CARD = 5

BANDS = (Band.EXACT, Band.RELATED, Band.SIMILAR, Band.OTHER)
_CAREER_SENTENCES = {
    Band.EXACT: "The program is made for this career.",
    Band.RELATED: "Much of the same study, with another center.",
    Band.SIMILAR: "The same broad field, or it leads to a similar career.",
    Band.OTHER: "Nothing to do with this career.",
}
_FIELD_SENTENCES = {
    Band.EXACT: "The field that you asked for.",
    Band.RELATED: "Close by: the same group of fields, or much the same jobs afterwards.",
    Band.SIMILAR: "The same broad field, or some of the same jobs afterwards.",
    Band.OTHER: "Nothing to do with this field.",
}


# The page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProgramLine:
    title: str
    award: str
    graduates: str
    bars: plots.YearBars
    earnings: str
    code: str  # unitid-cip-award


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    year: str
    is_absent: bool


@dataclass(frozen=True)
class Card:
    name: str
    url: str
    place: str
    kind: str
    online: str
    miles: str
    unit: str
    programs: list[ProgramLine]
    more_programs: int
    also: str  # what else it has, in lower bands
    figures: list[Figure]
    reasons: list[reasons.Reason]
    links: list[Link]  # to the school's own pages
    get_info_url: str
    is_partner: bool  # a label, never a rank


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, in the units of its 40 × 16 drawing."""

    x: int
    y: int
    height: int
    is_on: bool


@dataclass(frozen=True)
class BandGroup:
    slug: str
    title: str
    sentence: str
    rungs: list[Rung]
    count: str
    cards: list[Card]
    more: str
    more_url: str


@dataclass(frozen=True)
class Results:
    heading: str
    interest: Link | None
    cluster: str
    alternatives: list[Link]
    notes: list[str]
    groups: list[BandGroup]
    order: str
    hidden: list[Link]
    partners: Link | None  # the same list without them
    other_url: str
    ruler: plots.Ruler | None
    close_up: plots.CloseUp | None
    map: plots.DotMap | None
    suggestions: list[Link]
    is_empty: bool
    counts: filters.Counts
    why: why.Answer | None
    why_query: list[tuple[str, str]]  # the search, to go with the name of a school
    share_url: str
    csv_url: str
    compare_query: list[tuple[str, str]]
    back_url: str
    back_text: str
    next_url: str


def results(form: FinderForm, params: QueryDict) -> Results:
    """Everything below the form. Raises BadCursor for a broken `after`."""
    search = form.search()
    matches = find_matches(search)
    counts = filters.counts(matches)
    matches, hidden_partners = _partners_hidden(matches, form.cleaned_data["hide_partners"])
    best = matches.best()
    band = Band[form.cleaned_data["band"].upper()] if form.cleaned_data["band"] else None
    pages, cursor = _pages(best, band, form.cleaned_data["after"])
    shown = [match for page in pages.values() for match in page]
    details = read_details(search, shown)
    partners = Partner.objects.among({match.school.unitid for match in shown})
    close_up = _close_up(search, best)
    return Results(
        heading=_heading(search, best),
        interest=_interest_link(search),
        cluster=search.interest.cluster if search.interest else "",
        alternatives=_alternatives(search, params),
        notes=[*_notes(search, best), *_partner_note(form, hidden_partners)],
        groups=[
            _group(own, page, best, matches, details, partners, params, band)
            for own, page in pages.items()
        ],
        order=_order(search),
        hidden=_hidden(counts, params),
        partners=_partner_switch(form, params),
        other_url=_other_url(search, best, params),
        ruler=_ruler(search, best),
        close_up=close_up,
        map=_map(search, best, params, has_close_up=bool(close_up)),
        suggestions=_suggestions(matches, counts, form, params),
        is_empty=not counts.now,
        counts=counts,
        why=why.answer(form.cleaned_data["why"], matches, params)
        if form.cleaned_data["why"]
        else None,
        why_query=_pairs(params),
        share_url=finder_url(params),
        csv_url=reverse("schoolfinder:finder_csv") + search_query(params),
        compare_query=_pairs(params, "interest", "near"),
        back_url=_back_url(form, params),
        back_text="First schools" if form.cleaned_data["after"] else "All groups",
        next_url=f"{finder_url(params, missing=params.get('missing', ''))}&after={cursor}"
        if cursor
        else "",
    )


def matches_shown(form: FinderForm) -> Matches:
    """What page, JSON and CSV list: in the band that was asked for, without hidden partners."""
    matches = find_matches(form.search())
    matches, _ = _partners_hidden(matches, form.cleaned_data["hide_partners"])
    band = form.cleaned_data["band"]
    if not band:
        return matches
    return replace(matches, all=[match for match in matches.all if match.band.slug == band])


def _pages(best: list[Match], band: Band | None, after: str) -> tuple[dict[Band, list[Match]], str]:
    """The first schools of each band, or one page of one band with the cursor of the next."""
    if band:
        page, cursor = page_after([match for match in best if match.band == band], after, PAGE_SIZE)
        return {band: page}, cursor
    found: dict[Band, list[Match]] = {}
    for own in BANDS:
        own_matches = [match for match in best if match.band == own]
        if own_matches:
            found[own] = own_matches[: OTHER_BANDS if found else FIRST_BAND]
    return found, ""


def _heading(search: Search, best: list[Match]) -> str:
    """ "14 schools within 40 miles of 60614"."""
    fitting = best if not search.interest else [m for m in best if m.band > Band.OTHER]
    schools = plural(len(fitting), "school") if fitting else "No school"
    area = search.area
    if area.kind == AreaKind.STATE:
        where = f"in {area.label}"
    elif search.start and search.radius is not None:
        where = f"within {search.radius} miles of {area.label}"
    elif search.start:
        where = f"from {area.label} outward"
    elif area.kind == AreaKind.ONLINE or search.online:
        where = "with online programs"
    else:
        where = "in the country"
    online = " or online" if search.online and (search.start or area.kind == AreaKind.STATE) else ""
    return f"{schools} {where}{online}"


def _interest_link(search: Search) -> Link | None:
    return Link(search.interest.label, search.interest.url) if search.interest else None


def _alternatives(search: Search, params: QueryDict) -> list[Link]:
    """What else the words can mean."""
    choices = search.interest.alternatives if search.interest else ()
    return [
        Link(choice.label, finder_url(params, interest=choice.key, band="")) for choice in choices
    ]


def _notes(search: Search, best: list[Match]) -> list[str]:
    notes = [
        search.area.note,
        _unpublished_note(search),
        search.interest.note if search.interest else "",
        _fallback(search, best),
    ]
    return [note for note in notes if note]


def _unpublished_note(search: Search) -> str:
    if not search.unpublished:
        return ""
    return f"These are the schools that publish no {_FIGURES[search.unpublished]}: ask them."


def _back_url(form: FinderForm, params: QueryDict) -> str:
    """From a later page of a band to its first, from that to all bands."""
    if form.cleaned_data["after"]:
        return finder_url(params)
    return finder_url(params, band="") if form.cleaned_data["band"] else ""


def _fallback(search: Search, best: list[Match]) -> str:
    """Said whenever a nearer band is empty: what stands there instead, and that it is labelled."""
    if search.interest is None:
        return ""
    present = {match.band for match in best}
    if Band.EXACT in present:
        if Band.RELATED in present or Band.SIMILAR not in present:
            return ""
        return (
            "No other school here has a related program. Below the exact ones we show similar"
            " fields, each labelled as what it is."
        )
    if not present:
        return "Nothing fits here, not even a program in a similar field."
    shown = listed([BAND_TITLES[band].lower() for band in BANDS if band in present])
    return (
        "No school here has an exact program. Where nothing fits exactly we may show similar or"
        f" unrelated programs, each labelled as what it is. Here you see: {shown}."
    )


def _order(search: Search) -> str:
    return f"{search.order.label} inside each group."


def _hidden(counts: filters.Counts, params: QueryDict) -> list[Link]:
    """Schools that a ceiling leaves out unseen, each with the list of them."""
    return [
        Link(
            f"{plural(hidden.schools, 'school')} ({wording.share(hidden.schools / hidden.of)})"
            f" left out for publishing no {_FIGURES[name]}: show",
            finder_url(params, missing=name, band=""),
        )
        for name, hidden in counts.hidden.items()
        if hidden.schools
    ]


_FIGURES = {"tuition": "tuition", "price": "net price", "graduation": "graduation rate"}


def _partners_hidden(matches: Matches, hide: bool) -> tuple[Matches, int]:
    """The same list without partners, and how many schools that takes away."""
    if not hide:
        return matches, 0
    partners = Partner.objects.among({match.school.unitid for match in matches.all})
    left = [match for match in matches.all if match.school.unitid not in partners]
    return replace(matches, all=left), len(partners)


def _partner_note(form: FinderForm, hidden: int) -> list[str]:
    if not form.cleaned_data["hide_partners"]:
        return []
    if not hidden:
        return ["Partners are hidden, and there was none: the list is the same."]
    return [f"{plural(hidden, 'partner')} hidden. All others stand in the same order as before."]


def _partner_switch(form: FinderForm, params: QueryDict) -> Link:
    if form.cleaned_data["hide_partners"]:
        return Link("Show partners again", finder_url(params, hide_partners=""))
    return Link("Hide partners and see the same order", finder_url(params, hide_partners="1"))


def _pairs(params: QueryDict, *names: str) -> list[tuple[str, str]]:
    """Of the address, for hidden fields; all of the search unless some are named."""
    left_out = ("after", "why", "missing")
    return [
        (name, value)
        for name, values in params.lists()
        for value in values
        if value and (name in names if names else name not in left_out)
    ]


def _other_url(search: Search, best: list[Match], params: QueryDict) -> str:
    """Where unrelated programs can be asked for: beside better ones, in a bounded area."""
    asked = search.show_other or search.interest is None
    if asked or not best or best[-1].band == Band.OTHER or not search.is_bounded:
        return ""
    return finder_url(params, other="1", band="")


def _suggestions(
    matches: Matches, counts: filters.Counts, form: FinderForm, params: QueryDict
) -> list[Link]:
    """What to relax when little fits, the most helpful first; the filters, then the rest."""
    if counts.now >= FEW_SCHOOLS:
        relaxed = []
    else:
        gained = {name: number - counts.now for name, number in counts.without.items()}
        relaxed = [
            Link(
                f"Without “{form.filter_words(name)}”: {plural(number, 'more school')}",
                finder_url(params, **{name: ""}, band=""),
            )
            for name, number in sorted(gained.items(), key=lambda entry: -entry[1])
            if number > 0
        ]
    return [*relaxed, *(_suggestion(found, params) for found in suggestions(matches))]


def _suggestion(found: Suggestion, params: QueryDict) -> Link:
    (name, value), *_ = found.change.items()
    words = {"award": "Any level", "online": "Online schools", "radius": f"{value} miles"}
    text = "Any distance" if value == "any" else words[name]
    return Link(
        f"{text}: {plural(found.schools, 'more school')}",
        finder_url(params, band="", **found.change),
    )


# Bands and cards ----------------------------------------------------------------------------


def _group(
    band: Band,
    page: list[Match],
    best: list[Match],
    matches: Matches,
    details: Details,
    partners: set[int],
    params: QueryDict,
    chosen: Band | None,
) -> BandGroup:
    total = sum(match.band == band for match in best)
    rest = 0 if chosen else total - len(page)
    also = _also(matches)
    return BandGroup(
        slug=band.slug,
        title=_band_title(band, matches.search),
        sentence=_band_sentence(band, matches.search),
        rungs=rungs(band),
        count=plural(total, "school"),
        cards=[
            _card(match, matches.search, details, partners, also.get(match.school.unitid, ""))
            for match in page
        ],
        more=f"{count(rest)} more with {_band_words(band)}" if rest else "",
        more_url=finder_url(params, band=band.slug) if rest else "",
    )


def rungs(band: Band) -> list[Rung]:
    return [Rung(10 * step + 1, 11 - 3 * step, 4 + 3 * step, step < band) for step in range(4)]


def _band_title(band: Band, search: Search) -> str:
    return BAND_TITLES[band] if search.interest else "Everything taught here"


def _band_sentence(band: Band, search: Search) -> str:
    if search.interest is None:
        return "Name a career or a field above to see what fits."
    return (_CAREER_SENTENCES if search.interest.url else _FIELD_SENTENCES)[band]


def _band_words(band: Band) -> str:
    return {
        Band.EXACT: "an exact program",
        Band.RELATED: "a related program",
        Band.SIMILAR: "a program in a similar field",
        Band.OTHER: "other programs",
    }[band]


def _also(matches: Matches) -> dict[int, str]:
    """School → "2 related and 5 similar programs" beside those of its best band."""
    lower: dict[int, list[str]] = {}
    seen: set[int] = set()
    for match in matches.all:
        unitid = match.school.unitid
        if unitid in seen:
            lower.setdefault(unitid, []).append(f"{match.programs} {match.band.slug}")
        seen.add(unitid)
    return {unitid: f"{listed(parts)} programs" for unitid, parts in lower.items()}


def _card(match: Match, search: Search, details: Details, partners: set[int], also: str) -> Card:
    school = details.schools[match.school.unitid]
    programs = details.programs.get((school.unitid, match.band), [])
    return Card(
        name=school.name,
        url=school.get_absolute_url(),
        place=f"{school.city}, {school.state}",
        kind=wording.kind(school),
        online=wording.online(school),
        miles=wording.miles(match.miles) if match.miles is not None else "",
        unit=_unit(match, search),
        programs=[_program_line(program, details) for program in programs[:PROGRAMS_ON_CARD]],
        more_programs=max(0, len(programs) - PROGRAMS_ON_CARD),
        also=also,
        figures=school_figures(school),
        reasons=[*reasons.cautions(school), *reasons.reasons(match, search)],
        links=outbound_links(school),
        get_info_url=get_info_url(programs[0], search.interest.key if search.interest else "")
        if programs
        else "",
        is_partner=school.unitid in partners,
    )


def _unit(match: Match, search: Search) -> str:
    """Below the number of the card; an online school has a word in place of miles."""
    if match.miles is None:
        return "online" if search.start else ""
    return "mile" if match.miles < 1.5 else "miles"


def _program_line(program: Program, details: Details) -> ProgramLine:
    key = (program.school_id, program.field_id[:5], CREDENTIAL[program.award])
    return ProgramLine(
        title=program.field.title,
        award=wording.award(program),
        graduates=wording.graduates(program),
        bars=plots.year_bars(program.graduates, program.latest_year),
        earnings=program_earnings(details.earnings.get(key)),
        code=program_code(program),
    )


def program_earnings(row: ProgramEarnings | None) -> str:
    """Of the school's whole group of fields at that level, which the label says."""
    if row is None:
        return ""
    if row.after_1y is not None:
        return f"{wording.money(row.after_1y)} earned one year after"
    after = row.after_4y or row.after_5y
    years = "four" if row.after_4y else "five"
    return f"{wording.money(after)} earned {years} years after" if after else ""


def school_figures(school: School) -> list[Figure]:
    """Each with its year: one card mixes several."""
    tuition = wording.money(school.tuition_in)
    if school.tuition_out not in (None, school.tuition_in):
        tuition = f"{tuition} in state, {wording.money(school.tuition_out)} outside"
    return [
        _figure("Tuition and fees", tuition, school.tuition_year, school.tuition_in),
        _figure(
            "Net price a year",
            wording.net_price(school.net_price),
            school.net_price_year,
            school.net_price,
        ),
        _figure(
            "Graduate",
            wording.share(school.graduation_rate),
            school.graduation_year,
            school.graduation_rate,
        ),
        _figure(
            "Earned ten years after entry, whole school",
            wording.money(school.earnings_10y),
            school.earnings_year,
            school.earnings_10y,
        ),
    ]


def _figure(label: str, value: str, year: str, known: float | None) -> Figure:
    return Figure(label, value, wording.span(year) if known is not None else "", known is None)


def outbound_links(school: School) -> list[Link]:
    """The school's own pages, as plain links: nobody counts who follows them."""
    rows = (
        ("School website", school.website),
        ("How to apply", school.apply_url),
        ("Financial aid", school.aid_url),
        ("Net price calculator", school.net_price_url),
    )
    return [Link(text, url) for text, url in rows if url]


# Pictures -----------------------------------------------------------------------------------


def _ruler(search: Search, best: list[Match]) -> plots.Ruler | None:
    if not search.start or search.radius is None:
        return None
    return plots.ruler(best, search.radius, search.area.label)


def _close_up(search: Search, best: list[Match]) -> plots.CloseUp | None:
    """Of the state, or of the land around the place, when the list lies in it."""
    area, start = search.area, search.start
    if not area.state or not best or (start and search.radius is None):
        return None
    return plots.close_up(
        best, area.state, start, search.radius, area.label, number=2 if start else 1
    )


def _map(
    search: Search, best: list[Match], params: QueryDict, has_close_up: bool
) -> plots.DotMap | None:
    exact = search.interest.fields(Band.EXACT) if search.interest else []
    if not exact:
        return None
    everywhere = places_teaching(exact)
    start = (search.start, search.area.state) if search.start else None
    states = [state for _, state in everywhere]
    return plots.dot_map(
        everywhere,
        [match for match in best if match.band == Band.EXACT] if start else [],
        start,
        search.radius,
        search.area.label,
        [_state_count(state, states.count(state), params) for state in sorted(set(states))],
        number=1 + bool(start and search.radius is not None) + bool(has_close_up),
    )


def _state_count(state: str, schools: int, params: QueryDict) -> plots.StateCount:
    url = finder_url(params, near=STATES.get(state, state), radius="", band="")
    return plots.StateCount(state, STATES.get(state, state), schools, url)


# How it is ordered, for the page ------------------------------------------------------------


@dataclass(frozen=True)
class Weight:
    name: str
    share: str


def weight_rows() -> list[Weight]:
    words = {
        "distance": "Distance: half as good every 25 miles",
        "award": "The level that most start with",
        "outcomes": "Graduation rate and earnings of the school",
        "cost": "Net price",
        "size": "Graduates a year of the program",
    }
    weights = reviewed.weights()
    return [Weight(text, wording.share(weights[name])) for name, text in words.items()]


# JSON ---------------------------------------------------------------------------------------


def json_page(form: FinderForm) -> dict[str, object]:
    """Programs of the next schools, band by band, in the order of the page."""
    search = form.search()
    page, cursor = page_after(matches_shown(form).all, form.cleaned_data["after"], PAGE_SIZE)
    details = read_details(search, page)
    return {
        "results": [row for match in page for row in _json_rows(match, search, details)],
        "next": cursor or None,
    }


def _json_rows(match: Match, search: Search, details: Details) -> list[dict[str, object]]:
    school = details.schools[match.school.unitid]
    told = [*reasons.cautions(school), *reasons.reasons(match, search)]
    return [
        {
            "unitid": school.unitid,
            "cip": program.field_id,
            "award": program.award,
            "band": match.band.slug,
            "miles": None if match.miles is None else round(match.miles, 1),
            "reasons": [reason.text for reason in told],
        }
        for program in details.programs.get((school.unitid, match.band), [])
    ]
