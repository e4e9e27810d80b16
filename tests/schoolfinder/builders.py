"""Rows of the school finder's tables, with sensible defaults; every value can be given."""

from itertools import count
from typing import Any

from schoolfinder.encryption import digest
from schoolfinder.geo import name_key
from schoolfinder.models import (
    AwardLevel,
    Consent,
    Delivery,
    Field,
    FieldOccupation,
    Inquiry,
    Partner,
    Place,
    Program,
    ProgramEarnings,
    School,
    Zip,
)

_numbers = count(900_001)


def make_school(name: str = "Prairie College", **values: Any) -> School:
    """An open public school in Fargo, ND."""
    values = {
        "unitid": next(_numbers),
        "city": "Fargo",
        "state": "ND",
        "zip": "58102",
        "lat": 46.88,
        "lon": -96.79,
        "control": School.Control.PUBLIC,
        "level": 1,
    } | values
    return School.objects.create(name=name, **values)


def make_field(
    cip: str = "51.3801", title: str = "Registered Nursing/Registered Nurse", **values: Any
) -> Field:
    """The field, and the group and family above it when they are not there yet."""
    above = _cip_above(cip)
    if above and not Field.objects.filter(cip=above).exists():
        make_field(above, f"Fields {above}")
    level = len(cip.replace(".", ""))
    return Field.objects.create(cip=cip, title=title, level=level, parent_id=above, **values)


def make_program(
    school: School | None = None,
    field: Field | str = "51.3801",
    award: int = AwardLevel.BACHELOR,
    **values: Any,
) -> Program:
    """A program with 20 graduates in each of five years; `field` may be a code."""
    if isinstance(field, str):
        field = Field.objects.filter(cip=field).first() or make_field(field)
    graduates = values.pop("graduates", [20, 20, 20, 20, 20])
    values = {
        "graduates": graduates,
        "graduates_latest": graduates[-1],
        "graduates_3y": sum(number or 0 for number in graduates[-3:]),
        "latest_year": 2024,
    } | values
    return Program.objects.create(
        school=school or make_school(), field=field, award=award, **values
    )


def make_earnings(
    school: School, cip4: str = "51.38", credential: int = 3, **values: Any
) -> ProgramEarnings:
    values = {"after_1y": 61_000, "source": "2026-03"} | values
    return ProgramEarnings.objects.create(school=school, cip4=cip4, credential=credential, **values)


def make_link(field: Field | str = "51.3801", soc: str = "29-1141") -> FieldOccupation:
    """The crosswalk says that the field prepares for the occupation."""
    if isinstance(field, str):
        field = Field.objects.filter(cip=field).first() or make_field(field)
    return FieldOccupation.objects.create(field=field, soc=soc, is_teaching=soc.startswith("25-1"))


def make_zip(code: str = "58102", **values: Any) -> Zip:
    values = {
        "lat": 46.92,
        "lon": -96.81,
        "city": "Fargo",
        "state": "ND",
        "kind": Zip.Kind.ZCTA,
    } | values
    return Zip.objects.create(zip=code, **values)


def make_place(name: str = "Fargo", state: str = "ND", **values: Any) -> Place:
    values = {
        "geonameid": next(_numbers),
        "key": name_key(name),
        "lat": 46.88,
        "lon": -96.79,
        "population": 118_523,
    } | values
    return Place.objects.create(name=name, state=state, **values)


def make_partner(school: School | None = None, **values: Any) -> Partner:
    """Takes requests by e-mail."""
    values = {"email": "admissions@prairie.example"} | values
    return Partner.objects.create(school=school or make_school(), **values)


def make_inquiry(email: str = "ana@example.org", **values: Any) -> Inquiry:
    """Unconfirmed, of an adult, with a phone number."""
    values = {
        "key": f"key-{next(_numbers)}",
        "first_name": "Ana",
        "email_digest": digest(email),
        "zip": "58102",
        "question": "Are there evening classes?",
        "phone": "701 555 0100",
        "level": "bachelor",
        "interest": "Registered Nurses",
        "is_minor": False,
    } | values
    return Inquiry.objects.create(email=email, **values)


def make_consent(
    inquiry: Inquiry | None = None, program: Program | None = None, **values: Any
) -> Consent:
    program = program or make_program()
    values = {"wording_version": 1, "wording_hash": "0" * 64} | values
    return Consent.objects.create(
        inquiry=inquiry or make_inquiry(), school=program.school, program=program, **values
    )


def make_delivery(consent: Consent | None = None, **values: Any) -> Delivery:
    """To a school; give `inquiry` and another `kind` for one to the person."""
    if values.get("kind", Delivery.Kind.SCHOOL) == Delivery.Kind.SCHOOL:
        consent = consent or make_consent()
        values = {"inquiry": consent.inquiry} | values
    values = {"kind": Delivery.Kind.SCHOOL} | values
    return Delivery.objects.create(consent=consent, **values)


def _cip_above(cip: str) -> str | None:
    return {2: None, 5: cip[:2], 7: cip[:5]}[len(cip)]
