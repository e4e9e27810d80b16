import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolfinder.bands import Band, bands_of_fields, bands_of_guides, family, group, merge, widen

cips = st.from_regex(r"(51|52)\.(01|38)(0[1-3])", fullmatch=True)
bands = st.dictionaries(cips, st.sampled_from([Band.EXACT, Band.RELATED, Band.SIMILAR]))


def test_it_takes_a_link_to_few_other_occupations_for_exact() -> None:
    found = bands_of_guides(["Loggers"], {"01.0101": "Woods"}, {"01.0101": 1}, None)
    assert found == {"01.0101": Band.EXACT}


def test_it_takes_a_link_to_many_occupations_for_related() -> None:
    found = bands_of_guides(["Loggers"], {"01.0101": "Woods"}, {"01.0101": 2}, None)
    assert found == {"01.0101": Band.RELATED}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Registered Nurses", "Registered Nursing/Registered Nurse"),
        ("Surveyors", "Surveying Technology/Surveying"),
        ("Dental Hygienists", "Dental Hygiene/Hygienist, Dental"),
        ("Welders", "Welding Technology/Welder"),
    ],
)
def test_it_takes_a_field_that_names_the_work_for_exact(name: str, title: str) -> None:
    assert bands_of_guides([name], {"01.0101": title}, {"01.0101": 20}, None) == {
        "01.0101": Band.EXACT
    }


def test_it_lets_a_review_override_the_rule() -> None:
    links = {"01.0101": "Woods", "01.0102": "Loggers"}
    found = bands_of_guides(["Loggers"], links, {}, {"01.0101": Band.EXACT})
    assert found == {"01.0101": Band.EXACT, "01.0102": Band.RELATED}


def test_it_calls_neighbours_in_the_group_related_and_in_the_family_similar() -> None:
    fields = ["51.3801", "51.3802", "51.0601"]
    found = widen({"51.3801": Band.EXACT}, fields, ["19.0501"], {"51.3802": set()})
    assert found == {
        "51.3801": Band.EXACT,
        "51.3802": Band.RELATED,
        "51.0601": Band.SIMILAR,
        "19.0501": Band.SIMILAR,
    }


@pytest.mark.parametrize(
    ("leads_to", "band"),
    [({"a", "b"}, Band.RELATED), (set(), Band.RELATED), ({"b"}, Band.SIMILAR)],
)
def test_it_calls_a_neighbour_that_leads_elsewhere_only_similar(
    leads_to: set[str], band: Band
) -> None:
    occupations = {"51.3801": {"a"}, "51.3802": leads_to}
    assert widen({"51.3801": Band.EXACT}, ["51.3802"], [], occupations)["51.3802"] == band


def test_it_keeps_what_a_review_said_of_a_neighbour() -> None:
    reviewed = {"51.3801": Band.EXACT, "51.3802": Band.SIMILAR, "51.3803": Band.OTHER}
    found = widen(reviewed, ["51.3802", "51.3803"], ["51.3803"], {})
    assert found == {"51.3801": Band.EXACT, "51.3802": Band.SIMILAR}


def test_it_widens_from_related_fields_when_none_is_exact() -> None:
    found = widen({"51.3801": Band.RELATED}, ["51.3802"], [], {})
    assert found["51.3802"] == Band.SIMILAR


def test_it_calls_a_field_with_the_same_occupations_related() -> None:
    occupations = {"11.0101": {"a", "b"}, "11.0201": {"a"}, "11.0301": {"a", "c", "d"}}
    found = bands_of_fields(["11.0101"], occupations)
    assert found == {"11.0101": Band.EXACT, "11.0201": Band.RELATED}


@given(st.lists(bands, max_size=4))
def test_it_keeps_the_best_band_of_each_field(many: list[dict[str, Band]]) -> None:
    merged = merge(many)
    assert set(merged) == {cip for found in many for cip in found}
    for found in many:
        assert all(merged[cip] >= band for cip, band in found.items())


@given(bands, st.lists(cips), st.lists(cips))
def test_it_never_lowers_a_band_by_widening(
    found: dict[str, Band], fields: list[str], similar: list[str]
) -> None:
    widened = widen(found, fields, similar, {})
    assert all(widened[cip] >= band for cip, band in found.items())
    exact = {cip for cip, band in widened.items() if band == Band.EXACT}
    assert exact == {cip for cip, band in found.items() if band == Band.EXACT}


def test_it_cuts_codes_by_their_digits() -> None:
    assert (group("51.3801"), family("51.3801")) == ("51.38", "51")
