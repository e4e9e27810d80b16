import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schoolfinder import interests
from schoolfinder.codes import program_code
from schoolfinder.comparison import choose, comparison
from schoolfinder.models import Program
from tests.schoolfinder.builders import make_earnings, make_program, make_school
from tests.schoolfinder.worlds import EXACT, make_fargo, make_nurses

pytestmark = pytest.mark.django_db


def make_two() -> list[Program]:
    near = make_school("Near College", net_price=9000, net_price_year="2023-24", students=500)
    far = make_school("Far College", net_price=12_000, net_price_year="2023-24", lat=47.9)
    make_earnings(near, after_1y=61_000)
    return [make_program(near), make_program(far, graduates=[None, 1, 2, 3, 40])]


def address(programs: list[Program], more: str = "") -> str:
    pairs = "&".join(f"p={program_code(program)}" for program in programs)
    return f"/schools/compare/?{pairs}{more}"


def row(programs: list[Program], label: str, query: str = "") -> list[str]:
    rows = {row.label: row for row in comparison(programs, QueryDict(query)).rows}
    return [cell.text for cell in rows[label].cells]


def test_it_keeps_the_order_of_the_address_and_takes_each_once() -> None:
    one, other = make_two()
    codes = [program_code(other), program_code(one), program_code(other)]
    assert choose(codes).programs == [other, one]


def test_it_compares_six_and_names_what_is_left_out() -> None:
    programs = [make_program(make_school(f"School {number}")) for number in range(7)]
    chosen = choose([program_code(program) for program in programs])
    assert len(chosen.programs) == 6
    assert chosen.left_out == programs[6:]


def test_junk_is_named_and_the_rest_compared(client: Client) -> None:
    programs = make_two()
    page = client.get(address(programs, "&p=junk&p=900000-99.9999-5&p=%3Cb%3E")).content.decode()
    assert "No program has the code “junk”, “900000-99.9999-5”, “&lt;b&gt;”" in page
    assert "The rest is compared below." in page
    assert "2 programs side by side" in page


def test_it_marks_what_differs_and_the_one_best_figure() -> None:
    rows = {row.label: row for row in comparison(make_two(), QueryDict()).rows}
    price = rows["Net price a year, whole school"]
    assert price.differs
    assert [cell.is_best for cell in price.cells] == [True, False]
    assert price.cells[0].year == "2023–24"
    assert [cell.is_best for cell in rows["Graduates a year"].cells] == [False, True]
    assert not rows["Award"].differs


def test_a_missing_figure_is_not_published_and_nothing_is_called_best_beside_it() -> None:
    programs = make_two()
    School = type(programs[0].school)
    School.objects.filter(pk=programs[1].school_id).update(net_price=None)
    rows = comparison(choose(map(program_code, programs)).programs, QueryDict()).rows
    (price,) = (row for row in rows if row.label.startswith("Net price"))
    assert [cell.text for cell in price.cells] == ["$9,000", "not published"]
    assert not any(cell.is_best for cell in price.cells)


def test_earnings_are_those_of_the_program_or_not_published() -> None:
    assert row(make_two(), "Graduates of the program earn") == [
        "$61,000 earned one year after",
        "not published",
    ]


def test_interest_and_place_go_along() -> None:
    make_nurses()
    make_fargo()
    programs = make_two()
    query = "interest=guide:registered-nurses&near=58102"
    assert row(programs, "How it fits", query) == ["Exact", "Exact"]
    assert row(programs, "From 58102", query)[1] == "70 miles away"


def test_an_interest_or_place_that_means_nothing_is_told(client: Client) -> None:
    page = client.get(address(make_two(), "&interest=zzzz&near=99999")).content.decode()
    assert "zzzz" in page
    assert "We know no ZIP code 99999" in page
    assert "2 programs side by side" in page


def test_a_program_that_is_gone_says_so(client: Client) -> None:
    one, other = make_two()
    Program.objects.filter(pk=other.pk).update(retired_at=timezone.now())
    page = client.get(address([one, other])).content.decode()
    assert page.count("No longer offered") == 1
    assert page.count("Get info") == 1


@pytest.mark.parametrize(
    "query", ["", "p=", "p=%ff", "p=" + "9" * 900, "p=1&p=2", "near=%F0%9F%98%80"]
)
def test_an_odd_address_is_an_empty_comparison(client: Client, query: str) -> None:
    response = client.get(f"/schools/compare/?{query}")
    assert response.status_code == 200
    assert "Compare programs</h1>" in response.content.decode()


def test_it_asks_as_often_for_six_as_for_one(client: Client) -> None:
    make_nurses()
    programs = [make_program(make_school(f"S {number}"), EXACT) for number in range(6)]
    for program in programs:
        make_earnings(program.school)

    def queries(chosen: list[Program]) -> int:
        interests.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(address(chosen, "&interest=guide:registered-nurses"))
        return len(captured)

    assert queries(programs[:1]) == queries(programs) <= 14
