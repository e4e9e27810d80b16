from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from schoolfinder.models import AwardLevel, Field, FieldOccupation, Program, School
from tests.schoolfinder.builders import (
    make_earnings,
    make_field,
    make_link,
    make_place,
    make_program,
    make_school,
    make_zip,
)

pytestmark = pytest.mark.django_db


def refused(make: Any, *args: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **values)


# Constraints, both sides ---------------------------------------------------------------------


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90, -180), (7.1, 171.4)])
def test_a_school_lies_on_earth(lat: float, lon: float) -> None:
    assert make_school(lat=lat, lon=lon).pk


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1)])
def test_a_school_does_not_lie_beyond(lat: float, lon: float) -> None:
    refused(make_school, lat=lat, lon=lon)


@pytest.mark.parametrize("rate", [None, 0, 0.5, 1])
def test_a_graduation_rate_is_a_share(rate: float | None) -> None:
    assert make_school(graduation_rate=rate).pk


@pytest.mark.parametrize("rate", [-0.01, 1.01, 29])
def test_a_graduation_rate_is_no_percentage(rate: float) -> None:
    refused(make_school, graduation_rate=rate)


def test_a_program_is_there_once() -> None:
    program = make_program(award=AwardLevel.BACHELOR)
    refused(make_program, program.school, program.field, AwardLevel.BACHELOR)
    assert make_program(program.school, program.field, AwardLevel.MASTER).pk
    assert make_program(make_school(), program.field, AwardLevel.BACHELOR).pk


@pytest.mark.parametrize("award", AwardLevel.values)
def test_a_program_leads_to_an_award(award: int) -> None:
    assert make_program(award=award).pk


@pytest.mark.parametrize("award", [0, 1, 9, 22])
def test_a_program_leads_to_no_other_award(award: int) -> None:
    school, field = make_school(), make_field()
    refused(make_program, school, field, award)


@pytest.mark.parametrize("cip", ["51", "51.38", "51.3801", "01.0999"])
def test_a_field_has_a_code(cip: str) -> None:
    assert make_field(cip).pk == cip


@pytest.mark.parametrize("cip", ["5", "51.3", "51.380", "513801", "5.38.01", "51,3801", "RN.1234"])
def test_a_field_has_no_other_code(cip: str) -> None:
    refused(Field.objects.create, cip=cip, level=6, title="x")


@pytest.mark.parametrize("level", [0, 3, 8])
def test_a_field_has_two_four_or_six_digits(level: int) -> None:
    refused(Field.objects.create, cip="51", level=level, title="x")


def test_a_link_is_there_once() -> None:
    link = make_link("51.3801", "29-1141")
    refused(make_link, link.field, "29-1141")
    assert make_link(link.field, "29-1151").pk


def test_earnings_are_there_once() -> None:
    earnings = make_earnings(make_school(), "51.38", 3)
    refused(make_earnings, earnings.school, "51.38", 3)
    assert make_earnings(earnings.school, "51.38", 5).pk


@pytest.mark.parametrize("code", ["00501", "99950"])
def test_a_zip_has_five_digits(code: str) -> None:
    assert make_zip(code).pk == code


@pytest.mark.parametrize("code", ["501", "5810A", "58 02"])
def test_a_zip_has_nothing_else(code: str) -> None:
    refused(make_zip, code)


# Words of the query sets ---------------------------------------------------------------------


def test_open_schools_are_those_not_retired() -> None:
    school = make_school()
    make_school(retired_at=timezone.now())
    assert list(School.objects.open()) == [school]


def test_offered_programs_are_those_of_open_schools() -> None:
    program = make_program()
    make_program(retired_at=timezone.now())
    make_program(make_school(retired_at=timezone.now()))
    assert list(Program.objects.offered()) == [program]


def test_fields_under_a_prefix_are_a_family_or_a_group() -> None:
    for cip in ("51.3801", "51.3901", "52.0101"):
        make_field(cip)
    assert [f.cip for f in Field.objects.under("51.38")] == ["51.38", "51.3801"]
    assert [f.cip for f in Field.objects.programs()] == ["51.3801", "51.3901", "52.0101"]


def test_links_that_lead_to_an_occupation_are_not_those_to_teaching_it() -> None:
    link = make_link("51.3801", "29-1141")
    make_link(link.field, "25-1072")
    found = FieldOccupation.objects.leading_to(["29-1141", "25-1072"])
    assert list(found) == [link]


# Names and addresses -------------------------------------------------------------------------


def test_a_school_is_addressed_by_number_name_and_city() -> None:
    school = make_school("Instituto Técnico", unitid=900123, city="Mayagüez")
    assert school.get_absolute_url() == "/schools/900123/instituto-tecnico-mayaguez/"


def test_rows_name_themselves() -> None:
    school = make_school("Prairie College", unitid=900123)
    program = make_program(school, "51.3801")
    assert str(school) == "Prairie College"
    assert str(program) == "51.3801 at 900123"
    assert str(program.field) == "51.3801 Registered Nursing/Registered Nurse"
    assert str(make_link(program.field, "29-1141")) == "51.3801 → 29-1141"
    assert str(make_earnings(school)) == "51.38 at 900123"
    assert str(make_zip("58102")) == "58102"
    assert str(make_place()) == "Fargo, ND"


# Lookups ------------------------------------------------------------------------------------


def test_it_finds_among_keys_what_in_finds() -> None:
    schools = [make_school(unitid=number) for number in (100_001, 100_002, 100_003)]
    for school in schools:
        make_program(school=school)
    wanted = [100_001, 100_003]
    among = Program.objects.filter(school__among=frozenset(wanted))
    assert set(among) == set(Program.objects.filter(school__in=wanted))
    others = Program.objects.exclude(school__among=frozenset(wanted))
    assert [program.school_id for program in others] == [100_002]
    assert not Program.objects.filter(school__among=frozenset()).exists()
