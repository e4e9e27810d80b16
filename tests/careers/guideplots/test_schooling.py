from decimal import Decimal

import pytest

from careers.catalogue import catalogue
from careers.guideplots.schooling import schooling_figure
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import make_attainment, make_code, make_edition, make_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_2019():
    return make_edition(2019)


def figure_of(*codes):
    guide = make_figures().guide
    for soc in codes:
        make_code(guide, soc, title=f"Workers {soc}")
    return schooling_figure(read_rows(find_guide(guide.slug), catalogue()))


def test_it_sets_the_workers_of_one_code_against_all(of_2019):
    make_attainment("11-9111", of_2019)
    make_attainment("00-0000", of_2019, bachelor=Decimal("24.4"))

    shown = figure_of("11-9111")

    assert (shown.edition, shown.base_year) == ("2019–29", 2019)
    bachelor = shown.lines[4]
    assert (bachelor.label, bachelor.value, bachelor.everyone, bachelor.width) == (
        "Bachelor’s degree",
        "35.0%",
        "24.4%",
        "100%",
    )
    assert shown.says == "The largest group of workers (35.0%) hold a bachelor’s degree."
    assert shown.members == []


def test_it_calls_more_than_half_most(of_2019):
    make_attainment("11-9111", of_2019, high_school=Decimal("55.5"), bachelor=Decimal("1"))

    says = figure_of("11-9111").says

    assert says == "Most workers (55.5%) finished high school and no more."


def test_it_averages_no_occupations(of_2019):
    make_attainment("11-9111", of_2019)
    make_attainment("11-9112", of_2019, bachelor=Decimal("5"), master=Decimal("4"))

    shown = figure_of("11-9111", "11-9112")

    assert shown.lines == []
    assert [member.title for member in shown.members] == ["Workers 11-9111", "Workers 11-9112"]
    assert shown.members[1].values[4:] == ["5.0%", "4.0%", "6.0%"]
    assert shown.says.startswith("Between 15% and 65% of workers hold a bachelor’s degree")


def test_it_gives_one_number_where_the_occupations_agree(of_2019):
    make_attainment("11-9111", of_2019)
    make_attainment("11-9112", of_2019)

    says = figure_of("11-9111", "11-9112").says

    assert says == "About 65% of workers hold a bachelor’s degree or more."


def test_it_shows_nothing_unless_all_codes_are_there(of_2019):
    make_attainment("11-9111", of_2019)

    assert figure_of("11-9111", "11-9112") is None


def test_it_takes_the_newest_edition_only(of_2019):
    make_attainment("11-9111", make_edition(2016))
    make_attainment("11-9112", of_2019)

    assert figure_of("11-9111") is None
