import pytest

from schoolfinder.matching import find_matches
from schoolfinder.models import AwardLevel, School
from schoolfinder.reasons import AGAINST, FOR, NEUTRAL, cautions, reasons
from tests.schoolfinder.builders import make_program
from tests.schoolfinder.worlds import RELATED, SIMILAR, make_nurses, make_school_at, near_fargo

pytestmark = pytest.mark.django_db

GOOD = {"net_price": 4000, "graduation_rate": 0.9}


def told(**values: object) -> dict[str, str]:
    """Reason → kind, of the only school there is."""
    make_nurses()
    make_school_at(values.pop("miles", 3), **values)  # type: ignore[arg-type]
    search = near_fargo()
    (match,) = find_matches(search).best()
    return {reason.text: reason.kind for reason in reasons(match, search)}


def test_it_tells_the_fit_the_best_and_the_worst() -> None:
    found = told(net_price=60_000, graduation_rate=0.9)
    assert found["Exact program, the level most start with"] == FOR
    assert found["3 miles away"] == FOR
    assert found["$60,000 net price a year"] == AGAINST


def test_it_tells_only_the_strongest_drawback() -> None:
    found = told(miles=49, net_price=60_000, graduation_rate=0.1, graduates=[1, 1, 1, 1, 1])
    assert list(found.values()).count(AGAINST) == 1


def test_it_says_so_when_nothing_is_below_the_middle() -> None:
    found = told(**GOOD, graduates=[90, 90, 90, 90, 90])
    assert found["Nothing published here is below the middle"] == NEUTRAL


def test_it_says_what_is_not_published_and_how_it_counts() -> None:
    found = told()
    assert found["Net price not published: counted as middling"] == NEUTRAL
    assert found["Outcomes not published: counted as middling"] == NEUTRAL


def test_it_says_what_most_start_with_when_the_level_differs() -> None:
    found = told(award=AwardLevel.ASSOCIATE)
    assert found["Most start with a bachelor’s degree"] == NEUTRAL
    assert found["Exact program"] == FOR


@pytest.mark.parametrize(
    ("cip", "word", "kind"), [(RELATED, "Related", FOR), (SIMILAR, "Similar", NEUTRAL)]
)
def test_every_result_that_is_not_exact_is_labelled(cip: str, word: str, kind: str) -> None:
    found = told(cip=cip)
    assert found[f"{word} program, the level most start with"] == kind


def test_it_counts_the_programs() -> None:
    make_nurses()
    make_program(make_school_at(3), award=AwardLevel.MASTER)
    search = near_fargo()
    (match,) = find_matches(search).best()
    assert reasons(match, search)[0].text == "Two exact programs, the level most start with"


def test_it_warns_of_what_to_know_before_applying() -> None:
    school = School(status=School.Status.CLOSING, title_iv=False, service_academy=True)
    assert [reason.text for reason in cautions(school)] == [
        "This school is closing",
        "No federal student aid here",
        "Needs a nomination or a commission",
    ]
    assert cautions(School()) == []
