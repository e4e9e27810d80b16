"""Small countries for the tests: a guide, the fields around it, schools that teach them."""

from typing import Any

from careers.models import Figures, Guide
from schoolfinder.interests import Interest, find_interest
from schoolfinder.matching import Search
from schoolfinder.models import AwardLevel, Field, School
from tests.careers.builders import make_code, make_figures, make_guide
from tests.schoolfinder.builders import (
    make_field,
    make_link,
    make_place,
    make_program,
    make_school,
    make_zip,
)

EXACT, RELATED, SIMILAR, OTHER = "51.3801", "51.3803", "51.0601", "46.0201"
FARGO = (46.88, -96.79)
MILE = 1 / 69.0936  # degrees of latitude


def make_nurses() -> Guide:
    """Registered nurses: one exact, one related and one similar field, and one of carpentry."""
    guide = make_guide("registered-nurses", title="Registered Nurses", singular="Registered Nurse")
    make_code(guide, "29-1141", title="Registered Nurses")
    make_figures(guide, education=Figures.Education.BACHELOR)
    for cip, title in (
        (EXACT, "Registered Nursing/Registered Nurse"),
        (RELATED, "Adult Health Nurse/Nursing"),
        (SIMILAR, "Dental Assisting/Assistant"),
        (OTHER, "Carpentry/Carpenter"),
    ):
        make_field(cip, title)
    make_link(EXACT)
    make_link(RELATED)
    return guide


def make_school_at(miles: float, name: str = "", cip: str = EXACT, **values: Any) -> School:
    """So many miles north of Fargo, with one program; `award` and `graduates` are the program's."""
    program = {key: values.pop(key) for key in ("award", "graduates") if key in values}
    values = {"lat": FARGO[0] + miles * MILE, "lon": FARGO[1]} | values
    school = make_school(name or f"School {miles:g} miles north", **values)
    make_program(school, Field.objects.get(cip=cip), **({"award": AwardLevel.BACHELOR} | program))
    return school


def make_fargo() -> None:
    make_place("Fargo", "ND", lat=FARGO[0], lon=FARGO[1])
    make_zip("58102", lat=FARGO[0], lon=FARGO[1])


def nurses() -> Interest:
    return find_interest("guide:registered-nurses")


def near_fargo(**values: Any) -> Search:
    """A search for nurses within 50 miles of Fargo, unless something else is given."""
    from schoolfinder.geo import Area, AreaKind, Point

    area = Area(AreaKind.POINT, "Fargo, ND", Point(*FARGO), "ND")
    return Search(**({"interest": nurses(), "area": area} | values))
