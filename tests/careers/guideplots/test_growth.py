import pytest

from careers.guideplots import growth
from tests.careers.builders import make_figures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (-6, "Jobs shrink by 6% while all occupations together grow."),
        (0, "Slower than all occupations together."),
        (3, "About as fast as all occupations together."),
        (5, "Faster than all occupations together."),
        (23, "About 7 times the growth of all occupations together."),
    ],
)
def test_it_compares_growth_with_all_occupations(own, says):
    figures = make_figures(growth=own)

    assert growth.growth_figure(figures, figures.edition).says == says


def test_it_compares_no_growth_that_is_not_published():
    figures = make_figures(growth=None)

    assert growth.growth_figure(figures, figures.edition) is None
    assert growth.growth_figure(None, None) is None
