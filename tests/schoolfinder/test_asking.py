import pytest
from django.http import QueryDict
from django.utils import timezone

from schoolfinder.asking import Asking, get_info_url, program_code, read_asking
from schoolfinder.bands import Band
from schoolfinder.models import Program, School
from tests.schoolfinder.builders import make_partner
from tests.schoolfinder.worlds import EXACT, OTHER, RELATED, make_nurses, make_school_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nurses(db: None) -> None:
    make_nurses()


def program(school: School) -> Program:
    return school.programs.get()


def asking(*programs: Program | str, interest: str = "") -> Asking:
    params = QueryDict(mutable=True)
    codes = [one if isinstance(one, str) else program_code(one) for one in programs]
    params.setlist("p", codes)
    params["interest"] = interest
    return read_asking(params)


def test_it_reads_a_program_by_code_or_by_number() -> None:
    one = program(make_school_at(1))
    for code in (program_code(one), str(one.pk)):
        assert [found.program for found in asking(code).recipients] == [one]


def test_its_address_leads_back_to_the_program() -> None:
    one = program(make_school_at(1))
    url = get_info_url(one, "guide:registered-nurses")
    found = read_asking(QueryDict(url.split("?")[1]))
    assert found.recipients[0].program == one
    assert found.interest == "Registered Nurses"


def test_it_keeps_the_order_of_the_address() -> None:
    one, two = program(make_school_at(1)), program(make_school_at(2))
    assert [found.program for found in asking(two, one).recipients] == [two, one]


def test_it_sets_dissimilar_programs_apart() -> None:
    exact = program(make_school_at(1, cip=EXACT))
    related = program(make_school_at(2, cip=RELATED))
    other = program(make_school_at(3, cip=OTHER))
    found = asking(other, related, exact, interest="guide:registered-nurses")
    assert [one.program for one in found.exact] == [exact]
    assert [one.band for one in found.dissimilar] == [Band.OTHER, Band.RELATED]


@pytest.mark.parametrize("interest", ["", "guide:nothing", "cip:99.9999", "x" * 400])
def test_without_a_usable_interest_the_first_field_is_it(interest: str) -> None:
    found = asking(program(make_school_at(1)), interest=interest)
    assert found.interest == "Registered Nursing/Registered Nurse"
    assert len(found.exact) == 1


def test_it_takes_three_schools_and_one_program_of_each() -> None:
    schools = [make_school_at(miles) for miles in range(1, 5)]
    found = asking(*[program(school) for school in [schools[0], *schools]])
    assert [one.school for one in found.recipients] == schools[:3]
    assert found.notes == ["Ask at most three schools at a time. The first three are here."]


@pytest.mark.parametrize("junk", ["", "x", "-1", "9" * 15, "9" * 40, "999999-51.3801-5", "１"])
def test_it_says_that_it_left_out_what_it_does_not_know(junk: str) -> None:
    one = program(make_school_at(1))
    found = asking(one, junk)
    assert [entry.program for entry in found.recipients] == [one]
    assert "left out" in found.notes[0]
    assert asking(junk).recipients == []


def test_it_leaves_out_what_is_not_taught_any_more() -> None:
    closed = make_school_at(1, retired_at=timezone.now())
    ended = program(make_school_at(2))
    Program.objects.filter(pk=ended.pk).update(retired_at=timezone.now())
    assert asking(program(closed), ended).recipients == []


def test_it_knows_which_schools_take_requests_now() -> None:
    taking, paused, none = make_school_at(1), make_school_at(2), make_school_at(3)
    make_partner(taking)
    make_partner(paused, is_active=False)
    found = asking(program(taking), program(paused), program(none))
    assert [one.is_partner for one in found.recipients] == [True, False, False]
    assert found.has_partner
    assert found.has_letter
