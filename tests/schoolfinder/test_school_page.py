from datetime import date

import pytest
from django.utils import timezone

from schoolfinder import school_page as subject
from schoolfinder.models import AwardLevel, School
from schoolfinder.school_page import SchoolPage, school_page
from tests.schoolfinder.builders import make_earnings, make_program, make_school

pytestmark = pytest.mark.django_db


def page_of(school: School, fields: str = "") -> SchoolPage:
    return school_page(school, fields, "http://testserver/schools/1/x/")


def test_it_orders_a_field_from_the_shortest_award_to_the_longest() -> None:
    school = make_school()
    for award in (AwardLevel.DOCTOR_PRACTICE, AwardLevel.BACHELOR, AwardLevel.CERT_SHORT):
        make_program(school, award=award)
    (family,) = page_of(school).families
    assert [row.award for row in family.rows] == [
        "Certificate, under 12 weeks",
        "Bachelor’s degree",
        "Doctorate, professional practice",
    ]


def test_it_gives_earnings_to_programs_of_the_group_and_level() -> None:
    school = make_school()
    make_program(school, award=AwardLevel.BACHELOR)
    make_program(school, award=AwardLevel.MASTER)
    make_earnings(school, "51.38", 3, after_1y=60_000)
    (family,) = page_of(school).families
    assert [row.earnings for row in family.rows] == ["$60,000 earned one year after", ""]


def test_it_falls_back_to_later_earnings() -> None:
    school = make_school()
    make_program(school)
    make_earnings(school, after_1y=None, after_5y=70_000)
    assert page_of(school).families[0].rows[0].earnings == "$70,000 earned five years after"


def test_it_opens_one_family_when_there_are_many_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "MOST_AT_ONCE", 2)
    school = make_school()
    make_program(school, "51.3801")
    make_program(school, "51.0601")
    make_program(school, "46.0201")
    assert [(part.digits, part.is_open) for part in page_of(school).families] == [
        ("51", True),
        ("46", False),
    ]
    assert [part.is_open for part in page_of(school, "46").families] == [False, True]
    assert [part.is_open for part in page_of(school, "nonsense").families] == [True, False]


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"status": School.Status.CLOSING}, "This school is closing"),
        ({"title_iv": False}, "No federal student aid"),
        ({"service_academy": True}, "A school of the armed services"),
    ],
)
def test_it_warns(values: dict[str, object], title: str) -> None:
    assert [notice.title for notice in page_of(make_school(**values)).notices] == [title]


def test_an_ordinary_school_has_no_notice() -> None:
    assert page_of(make_school()).notices == []


def test_it_says_when_a_school_closed() -> None:
    school = make_school(retired_at=timezone.now(), closed_on=date(2024, 5, 3))
    assert "on May 3, 2024" in page_of(school).notices[0].text


def test_it_gives_one_tuition_where_it_is_the_same_for_all() -> None:
    labels = [figure.label for figure in page_of(make_school(tuition_in=9, tuition_out=9)).figures]
    assert "Tuition and fees a year" in labels
    labels = [figure.label for figure in page_of(make_school(tuition_in=9, tuition_out=10)).figures]
    assert "Tuition and fees, from elsewhere" in labels


def test_it_tells_open_admission_from_a_rate() -> None:
    assert _admission(open_admission=True) == "Open: a diploma is enough"
    assert _admission(admission_rate=0.25) == "25% of applicants"
    assert _admission() == "not published"


def _admission(**values: object) -> str:
    return page_of(make_school(**values)).figures[-1].value


def test_it_links_only_where_there_is_an_address() -> None:
    school = make_school(website="https://a.example/", aid_url="https://a.example/aid")
    assert [link.text for link in page_of(school).links] == ["School website", "Financial aid"]
