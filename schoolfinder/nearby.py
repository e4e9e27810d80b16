"""The nearest programs of a guide, for a ZIP that the reader gives once."""

from dataclasses import dataclass, field

from django.http import Http404

from careers.wording import plural
from schoolfinder import wording
from schoolfinder.bands import Band
from schoolfinder.controls import Link, finder_url
from schoolfinder.geo import Area, AreaKind, find_area
from schoolfinder.interests import UnknownInterest, find_interest
from schoolfinder.matching import Search, find_matches, read_details
from schoolfinder.sorts import Sort

RADIUS = 100
SHOWN = 5
LONGEST_NEAR = 100


@dataclass(frozen=True)
class NearbyProgram:
    school: str
    url: str
    place: str
    miles: str
    band: str
    program: str
    graduates: str


@dataclass(frozen=True)
class Nearby:
    guide: str  # its slug
    near: str  # as typed
    title: str
    programs: list[NearbyProgram] = field(default_factory=list)
    all_url: str = ""
    choices: list[Link] = field(default_factory=list)  # what the words for the place may mean

    @property
    def is_known(self) -> bool:
        """The words are a place, so that they may be remembered."""
        return not self.choices and bool(self.all_url)


def nearby(slug: str, near: str) -> Nearby:
    """Raises Http404 for a guide that is not there. A fixed number of queries."""
    near = near.strip()[:LONGEST_NEAR]
    try:
        interest = find_interest(f"guide:{slug}")
    except UnknownInterest as unknown:
        raise Http404 from unknown
    area = find_area(near)
    if not isinstance(area, Area):
        choices = [
            Link(offer.label, finder_url(interest=interest.key, near=offer.text))
            for offer in area.choices
        ]
        return Nearby(slug, near, area.message, choices=choices)
    radius = RADIUS if area.kind == AreaKind.POINT else None
    search = Search(interest=interest, area=area, radius=radius, sort=Sort.NEAREST)
    best = [match for match in find_matches(search).best() if match.band >= Band.RELATED]
    details = read_details(search, best[:SHOWN])
    all_url = finder_url(interest=interest.key, near=near, radius=str(radius) if radius else "")
    where = f"within {RADIUS} miles of {area.label}" if radius else f"in {area.label}"
    programs = []
    for match in best[:SHOWN]:
        school = details.schools[match.school.unitid]
        program = details.programs[school.unitid, match.band][0]
        programs.append(
            NearbyProgram(
                school=school.name,
                url=school.get_absolute_url(),
                place=wording.place(school),
                miles="" if match.miles is None else wording.miles_away(match.miles),
                band=wording.BAND_TITLES[match.band],
                program=f"{program.field.title}, {wording.award(program)}",
                graduates=wording.graduates(program),
            )
        )
    return Nearby(slug, near, _title(len(best), where), programs, all_url)


def _title(schools: int, where: str) -> str:
    if not schools:
        return f"No exact or related program {where}"
    return f"{plural(schools, 'school')} with an exact or a related program {where}"
