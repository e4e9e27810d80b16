import pytest

from careers.catalogue import catalogue
from careers.guideplots.openings import openings_figure
from careers.guiderows import find_guide, read_rows
from tests.careers.builders import make_code, make_figures, make_projection

pytestmark = pytest.mark.django_db


def figure_of(*parts, **values):
    """Of a guide with a code for each dict of parts."""
    guide = make_figures().guide
    for number, part in enumerate(parts):
        soc = f"11-{9111 + number}"
        make_code(guide, soc)
        make_projection(soc, **part, **values)
    return openings_figure(read_rows(find_guide(guide.slug), catalogue()))


def split(transfers, exits, change):
    published = transfers + exits + change
    return {
        "transfers": transfers,
        "exits": exits,
        "change_yearly": change,
        "openings": published,
    }


def test_it_splits_openings_by_cause():
    shown = figure_of(split(6_000, 3_000, 1_000))

    assert [(line.cause, line.value) for line in shown.lines] == [
        ("People move to other work", "6,000"),
        ("People stop working", "3,000"),
        ("New jobs", "1,000"),
    ]
    assert shown.says == "90% of openings replace people who leave; 10% are new jobs."
    assert shown.total == "10,000"
    assert shown.lines[0].bar.width == "100%"


def test_it_takes_lost_jobs_off():
    shown = figure_of(split(6_000, 3_000, -1_000))

    assert (shown.lines[2].cause, shown.lines[2].value) == ("Jobs that are lost", "−1,000")
    assert [line.is_loss for line in shown.lines] == [False, False, True]
    assert shown.says.endswith("1,000 of their places are not filled again.")
    assert shown.total == "8,000"


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (split(0, 0, 0), "Hardly any openings are expected."),
        (split(6_000, 3_000, 0), "Almost every opening replaces someone who leaves."),
    ],
)
def test_it_divides_by_no_zero(parts, says):
    assert figure_of(parts).says == says


def test_it_adds_up_several_codes():
    assert figure_of(split(100, 100, 100), split(200, 200, 200)).total == "900"


@pytest.mark.parametrize("missing", ["transfers", "exits", "change_yearly", "openings"])
def test_it_needs_every_part_of_every_code(missing):
    assert figure_of(split(100, 100, 100), split(1, 1, 1) | {missing: None}) is None


def test_it_shows_nothing_without_projections():
    assert figure_of() is None
