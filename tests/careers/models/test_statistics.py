import pytest
from django.db import IntegrityError, transaction

from careers.models import Projection, WageEstimate
from tests.careers.builders import (
    make_attainment,
    make_edition,
    make_projection,
    make_succession,
    make_wage,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_projection, make_attainment])
def test_a_code_stands_once_an_edition(make):
    make("11-9111", make_edition(2019))
    make("11-9111", make_edition(2024))
    with pytest.raises(IntegrityError), transaction.atomic():
        make("11-9111", make_edition(2024))


def test_a_succession_stands_once():
    make_succession("11-2031", "11-2032")
    make_succession("11-2031", "11-2033")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_succession("11-2031", "11-2033")


def test_a_wage_stands_once_a_release_area_and_code():
    make_wage()
    make_wage(release="2024-05")
    make_wage(area="36")
    make_wage("47-2111")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wage()


@pytest.mark.parametrize(("soc", "possible"), [("00-0000", True), ("13-102X", False)])
def test_a_wage_has_a_code_of_soc(soc: str, possible: bool):
    if possible:
        make_wage(soc)
    else:
        with pytest.raises(IntegrityError, match="wageestimate_soc_form"), transaction.atomic():
            make_wage(soc)


def test_it_tells_the_nation_from_the_states():
    make_wage()
    make_wage(area="36", area_title="New York")
    make_wage(area="01", area_title="Alabama", state="AL")
    assert [wage.area_title for wage in WageEstimate.objects.national()] == ["U.S."]
    assert [wage.area_title for wage in WageEstimate.objects.by_state()] == ["Alabama", "New York"]


def test_it_finds_projections_by_code_with_their_edition(django_assert_num_queries):
    for year in (2019, 2024):
        make_projection("11-9111", make_edition(year))
    make_projection("51-9061", make_edition(2024))
    with django_assert_num_queries(1):
        found = Projection.objects.for_codes(["11-9111"])
        assert sorted(row.edition.base_year for row in found) == [2019, 2024]
