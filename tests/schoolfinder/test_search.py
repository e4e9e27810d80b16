import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schoolfinder.search import field_group, fields_named, school_group, schools_named
from tests.schoolfinder.builders import make_field, make_school

pytestmark = pytest.mark.django_db


def test_it_finds_fields_by_the_start_of_every_word() -> None:
    make_field("46.0201", "Carpentry/Carpenter")
    make_field("46.0301", "Overcarpentry")
    assert [field.cip for field in fields_named("carpen", 5)] == ["46.0201"]


def test_the_name_itself_stands_before_longer_ones() -> None:
    make_field("46.0201", "Applied Roofing")
    make_field("46.0410", "Roofing")
    assert [field.title for field in fields_named("roofing", 5)] == ["Roofing", "Applied Roofing"]


def test_familiar_words_lead() -> None:
    make_field("51.3801", "Registered Nursing/Registered Nurse")
    assert fields_named("nursing", 5)[0].cip == "51.38"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("51.3801", ["51.3801"]),
        (" 51.38 ", ["51.38", "51.3801"]),
        ("51", ["51", "51.38", "51.3801"]),
        ("51.3899", []),
    ],
)
def test_it_finds_a_code_and_what_stands_under_it(code: str, found: list[str]) -> None:
    make_field("51.3801", "Registered Nursing/Registered Nurse")
    make_field("46.0201", "Carpentry/Carpenter")
    assert [field.cip for field in fields_named(code, 5)] == found


def test_it_forgives_a_misspelt_word() -> None:
    make_field("46.0201", "Carpentry/Carpenter")
    assert [field.cip for field in fields_named("carpantry", 5)] == ["46.0201"]


def test_it_finds_schools_by_another_name() -> None:
    make_school("University of Plains-Fargo", aliases="UPF\nPlains State")
    assert [school.name for school in schools_named("upf", 5)] == ["University of Plains-Fargo"]
    assert schools_named("uplf", 5) == []


def test_it_forgives_a_misspelt_school() -> None:
    make_school("Dakota College")
    assert [school.name for school in schools_named("dakotta", 5)] == ["Dakota College"]


def test_the_larger_school_of_a_name_stands_first() -> None:
    make_school("Union College", city="Small", students=90)
    make_school("Union College", city="Large", students=9000)
    assert [school.city for school in schools_named("union college", 5)] == ["Large", "Small"]


def test_a_closed_school_is_not_found() -> None:
    make_school("Gone College", retired_at=timezone.now())
    assert schools_named("gone", 5) == []


@pytest.mark.parametrize("query", ["", "   ", "!!!", "x" * 500, "%", "a " * 60])
def test_odd_queries_find_nothing(query: str) -> None:
    make_school("Dakota College")
    assert fields_named(query, 5) == []
    assert schools_named(query, 5) == []


def test_groups_name_their_keys_for_the_json_twin() -> None:
    school = make_school("Dakota College")
    make_field("46.0410", "Roofing")
    fields, schools = field_group("roofing", 5), school_group("dakota", 5)
    assert (fields.slug, fields.key_name, fields.title_name) == ("fields", "cip", "title")
    assert (schools.slug, schools.key_name, schools.title_name) == ("schools", "unitid", "name")
    assert fields.hits[0].key == "46.0410"
    assert fields.hits[0].url == "/schools/?interest=cip:46.0410"
    assert schools.hits[0].key == school.unitid


def test_it_asks_as_often_for_many_as_for_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            schools_named("dakota", 20)
        return len(captured)

    make_school("Dakota College")
    once = queries()
    for number in range(10):
        make_school(f"Dakota {number}")
    assert queries() == once == 1
