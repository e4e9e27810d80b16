from decimal import Decimal

import pytest

from careers.importers import ooh_facts
from careers.importers.handbook import Pay, Percentiles, Share
from tests.careers.importers.handbook_xml import datatable, similar_table, table

MEDIAN = "<p>The median annual wage for {} was ${} in May 2024. Half the workers earned more.</p>"
PAIR = (
    "<p>The lowest 10 percent earned\tless than ${}, and the highest&nbsp;10 percent earned "
    "more than ${}.</p>"
)


def test_it_reads_the_percentiles_of_a_guide():
    body = MEDIAN.format("ward planners", "61,250") + PAIR.format("34,100", "102,300")
    assert ooh_facts.percentiles(body, "May 2024") == (
        Percentiles("", "year", "May 2024", Decimal(34100), Decimal(61250), Decimal(102300), False),
    )


def test_it_reads_a_set_for_each_member():
    body = (
        MEDIAN.format("ward planners, night", "61,250")
        + PAIR.format("34,100", "102,300")
        + MEDIAN.format("bed testers", "41,000")
        + PAIR.format("30,000", "52,000")
    )
    found = ooh_facts.percentiles(body, "May 2024")
    assert [(row.member, row.median) for row in found] == [
        ("Ward planners, night", Decimal(61250)),
        ("Bed testers", Decimal(41000)),
    ]


def test_it_reads_hours():
    body = "<p>The median hourly wage for lamp lighters was $23.33 in May 2024.</p>"
    (row,) = ooh_facts.percentiles(body + PAIR.format("14.00", "97.19"), "May 2024")
    assert (row.unit, row.p10, row.median, row.p90) == (
        "hour",
        Decimal("14.00"),
        Decimal("23.33"),
        Decimal("97.19"),
    )


@pytest.mark.parametrize(
    ("low", "unit"), [("14.00", "hour"), ("34,100", "year")], ids=["cents", "no cents"]
)
def test_it_tells_the_unit_of_a_pair_without_a_median_by_its_cents(low, unit):
    (row,) = ooh_facts.percentiles(PAIR.format(low, "99,000"), "May 2024")
    assert (row.unit, row.median, row.period) == (unit, None, "May 2024")


def test_it_keeps_the_period_of_an_older_survey():
    body = "<p>The median annual wage for fishers was $28,530 in May 2017.</p>"
    (row,) = ooh_facts.percentiles(body + PAIR.format("18,710", "48,170"), "May 2024")
    assert row.period == "May 2017"


@pytest.mark.parametrize(
    ("unit", "period", "high", "top"),
    [
        ("annual", "May 2024", "239,200", True),
        ("annual", "May 2024", "239,190", False),
        ("annual", "May 2024", "208,000", False),
        ("annual", "May 2019", "208,000", True),
        ("hourly", "May 2024", "115.00", True),
        ("hourly", "May 2019", "100.00", True),
        ("hourly", "May 2024", "114.99", False),
    ],
)
def test_it_marks_the_top_code_of_that_year(unit, period, high, top):
    low = "10.00" if unit == "hourly" else "10,000"
    body = f"<p>The median {unit} wage for x was ${low} in {period}.</p>" + PAIR.format(low, high)
    (row,) = ooh_facts.percentiles(body, "May 2024")
    assert row.p90_top_coded is top


def test_it_finds_no_percentiles_where_the_prose_has_none():
    assert ooh_facts.percentiles("<p>Among the highest of all occupations.</p>", "May 2024") == ()


def test_it_reads_the_largest_employers():
    body = "<p>The largest employers of x were as follows:</p>" + table(
        {"Hospitals; private": "23%", "Self-employed workers": "8", "Unsaid": ""}
    )
    assert ooh_facts.shares(body) == (
        Share("", "Hospitals; private", 23),
        Share("", "Self-employed workers", 8),
    )


def test_it_names_the_members_when_there_are_several_tables():
    body = "".join(
        f"<p>The largest employers of {name} were as follows:</p>{table({'Hospitals': '9%'})}"
        for name in ("ward planners", "bed testers")
    )
    assert [share.member for share in ooh_facts.shares(body)] == ["Ward planners", "Bed testers"]


def test_it_leaves_out_tables_that_are_about_something_else():
    split = "<p>Employment in the detailed occupations was distributed as follows:</p>"
    assert ooh_facts.shares(split + table({"Ward planners": "1,000"})) == ()
    means = "<p>Mean (average) annual wages for surgeons in May 2024 were as follows:</p>"
    assert ooh_facts.industry_pay(means + table({"Surgeons": "$450,810"})) == ()
    members = "<p>Median annual wages for cooks in May 2024 were as follows:</p>"
    assert ooh_facts.industry_pay(members + table({"Cooks, fast food": "$30,000"})) == ()


def test_it_does_not_take_a_second_table_for_an_answer_to_the_same_statement():
    body = "<p>The largest employers of x were as follows:</p>" + table({"Hospitals": "9%"})
    assert len(ooh_facts.shares(body + table({"Army": "441,226"}))) == 1


@pytest.mark.parametrize(
    ("unit", "ours", "first"), [("annual", "year", "$239,200 or more"), ("hourly", "hour", "$115")]
)
def test_it_reads_pay_by_industry(unit, ours, first):
    body = (
        f"<p>In May 2024, the median {unit} wages for x in the top industries in which they "
        f"worked were as follows:</p>{table({'Air': first, 'Rail': '77.40'})}"
    )
    air, rail = ooh_facts.industry_pay(body)
    assert air == Pay("", "Air", ours, air.median, "or more" in first)
    assert rail == Pay("", "Rail", ours, Decimal("77.40"), False)


def test_it_takes_the_link_that_a_similar_row_begins_with():
    links = ["management/lamp-lighters", "healthcare/Bed-Testers", "management/lamp-lighters"]
    found = ooh_facts.similar(similar_table([*links, "legal/ward-planners"]), "ward-planners")
    assert found == ("lamp-lighters", "bed-testers")


def test_it_reads_titles_by_code():
    rows = {"All of them": "—", "Ward planners": "11-9111", "Bed testers": "51-9061"}
    assert ooh_facts.code_titles(datatable(rows)) == {
        "11-9111": "Ward planners",
        "51-9061": "Bed testers",
    }


def test_it_reads_openings_from_the_first_body_that_names_them():
    assert ooh_facts.openings("<p>None.</p>", "<p>About&nbsp;1,200 openings</p>") == 1200
    assert ooh_facts.openings("<p>about 90 openings</p>", "<p>About 5 openings</p>") == 90
    assert ooh_facts.openings("<p>Openings will come.</p>") is None


def test_it_reads_a_floor_only_from_a_note_that_names_one():
    note = "This wage is equal to or greater than $239,200 per year or $115.00 per hour."
    assert ooh_facts.pay_floor(note) == 239_200
    assert ooh_facts.pay_floor("The annual wage is not available.") is None


def test_it_reads_figures_of_all_occupations_from_the_helps():
    growth = "The average growth rate for all occupations is 3.5 percent."
    assert ooh_facts.growth_all(["", growth]) == Decimal("3.5")
    assert ooh_facts.growth_all([""]) is None
    median = "the median annual wage for all workers was $49,500."
    assert ooh_facts.median_pay_all([median]) == 49_500
    assert ooh_facts.median_pay_all([]) is None
