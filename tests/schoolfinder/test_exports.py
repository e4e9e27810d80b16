import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schoolfinder import interests
from tests.schoolfinder.builders import make_earnings, make_partner, make_program
from tests.schoolfinder.worlds import EXACT, RELATED, make_fargo, make_nurses, make_school_at

pytestmark = pytest.mark.django_db

NURSES = "interest=guide:registered-nurses&near=58102"


@pytest.fixture(autouse=True)
def _fargo() -> None:
    make_nurses()
    make_fargo()


def rows(client: Client, query: str = NURSES) -> list[dict[str, str]]:
    response = client.get(f"/schools.csv?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "schools.csv" in response["Content-Disposition"]
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_has_a_row_a_program_in_the_order_of_the_page(client: Client) -> None:
    school = make_school_at(3, "Plains College", net_price=9000, net_price_year="2022-23")
    make_program(school, RELATED)
    make_school_at(30, "Other College", cip=RELATED)
    make_earnings(school, after_1y=61_500)
    found = rows(client)
    assert [(row["School"], row["CIP code"], row["Match"]) for row in found] == [
        ("Plains College", EXACT, "Exact"),
        ("Plains College", RELATED, "Related"),
        ("Other College", RELATED, "Related"),
    ]
    first = found[0]
    assert first["Miles"] == "3.0"
    assert first["Net price"] == "9000"
    assert first["Net price of"] == "2022-23"
    assert first["Earnings of the program"] == "$61,500 earned one year after"


def test_a_figure_that_is_not_published_is_empty_not_zero(client: Client) -> None:
    make_school_at(3)
    (row,) = rows(client)
    assert row["Net price"] == row["Graduation rate"] == ""


def test_no_cell_is_a_formula(client: Client) -> None:
    make_school_at(3, "=HYPERLINK(1)")
    (row,) = rows(client)
    assert row["School"] == "'=HYPERLINK(1)"


def test_it_takes_the_filters_of_the_page(client: Client) -> None:
    make_school_at(3, "Cheap", net_price=4000)
    make_school_at(4, "Dear", net_price=40_000)
    partner = make_school_at(5, "Partner", net_price=4000)
    make_partner(partner)
    assert {row["School"] for row in rows(client, NURSES + "&price=9000")} == {"Cheap", "Partner"}
    assert [row["School"] for row in rows(client, NURSES + "&price=9000&hide_partners=1")] == [
        "Cheap"
    ]
    assert rows(client, NURSES + "&band=related") == []


@pytest.mark.parametrize("query", ["", "radius=7", "near=99999", "interest=zzzz", "after=%ff"])
def test_a_search_that_fails_leads_back_to_the_form(client: Client, query: str) -> None:
    response = client.get(f"/schools.csv?{query}")
    assert response.status_code == 302
    assert response["Location"].startswith("/schools/")


def test_it_asks_as_often_for_many_schools_as_for_few(client: Client) -> None:
    def queries() -> int:
        interests.forget()
        with CaptureQueriesContext(connection) as captured:
            rows(client)
        return len(captured)

    make_earnings(make_school_at(1))
    few = queries()
    for number in range(40):
        make_earnings(make_school_at(number))
    assert queries() == few
