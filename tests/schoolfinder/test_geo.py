import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolfinder.geo import (
    Area,
    AreaKind,
    NoArea,
    Point,
    box_around,
    find_area,
    map_dots,
    map_miles,
    miles_between,
    name_key,
    state_code,
    to_map,
)
from schoolfinder.models import Zip
from tests.schoolfinder.builders import make_place, make_zip

lats = st.floats(-85, 85)
lons = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("St. Louis", "saint louis"),
        ("Ft. Worth", "fort worth"),
        ("Mt. Pleasant", "mount pleasant"),
        ("Mayagüez", "mayaguez"),
        ("Coeur d’Alene", "coeur dalene"),
        ("Winston-Salem", "winston salem"),
        ("  FARGO ", "fargo"),
    ],
)
def test_it_compares_names_as_people_spell_them(typed: str, key: str) -> None:
    assert name_key(typed) == key


@pytest.mark.parametrize("text", ["ND", "nd", "North Dakota", "north dakota"])
def test_it_knows_a_state_by_code_and_name(text: str) -> None:
    assert state_code(text) == "ND"


def test_it_knows_no_state_called_fargo() -> None:
    assert state_code("Fargo") == ""


@pytest.mark.django_db
class TestFindArea:
    def test_it_takes_no_words_for_anywhere(self) -> None:
        assert find_area("   ") == Area(AreaKind.ANYWHERE)

    @pytest.mark.parametrize("typed", ["58102", "58102-1234", " 58102 "])
    def test_it_finds_a_zip(self, typed: str) -> None:
        make_zip("58102", lat=46.9, lon=-96.8)
        found = find_area(typed)
        assert isinstance(found, Area)
        assert (found.kind, found.point, found.state) == (
            AreaKind.POINT,
            Point(46.9, -96.8),
            "ND",
        )

    def test_it_offers_the_nearest_numbers_for_an_unknown_zip(self) -> None:
        make_zip("58103", city="Fargo")
        make_zip("58199", city="Elsewhere")
        make_zip("10001", city="New York", state="NY")
        found = find_area("58105")
        assert isinstance(found, NoArea)
        assert [offer.text for offer in found.choices] == ["58103", "58199"]
        assert found.choices[0].label == "58103 Fargo, ND"

    def test_it_guesses_nothing_when_no_zip_is_near(self) -> None:
        make_zip("58102")
        found = find_area("99999")
        assert isinstance(found, NoArea)
        assert found.choices == ()

    @pytest.mark.parametrize("typed", ["123", "581021", "9" * 60])
    def test_it_says_how_long_a_zip_is(self, typed: str) -> None:
        found = find_area(typed)
        assert isinstance(found, NoArea)
        assert "five digits" in found.message

    def test_it_sends_a_military_zip_to_online_schools(self) -> None:
        make_zip("09123", state="AE", kind=Zip.Kind.MILITARY, lat=50, lon=8)
        found = find_area("09123")
        assert isinstance(found, Area)
        assert found.kind == AreaKind.ONLINE
        assert found.point is None
        assert "military" in found.note

    @pytest.mark.parametrize(
        "typed", ["Fargo, ND", "fargo nd", "Fargo, North Dakota", "FARGO NORTH DAKOTA", "Fargo"]
    )
    def test_it_finds_a_city(self, typed: str) -> None:
        make_place("Fargo", "ND")
        found = find_area(typed)
        assert isinstance(found, Area)
        assert (found.kind, found.label) == (AreaKind.POINT, "Fargo, ND")

    def test_it_asks_which_of_several_cities_the_largest_first(self) -> None:
        make_place("Springfield", "IL", population=114_000)
        make_place("Springfield", "MO", population=169_000)
        found = find_area("springfield")
        assert isinstance(found, NoArea)
        assert found.ambiguous
        assert [offer.text for offer in found.choices] == ["Springfield, MO", "Springfield, IL"]

    def test_it_takes_the_famous_city_and_says_what_else_there_is(self) -> None:
        make_place("Chicago", "IL", population=2_700_000)
        make_place("Chicago", "XX", population=900)
        found = find_area("Chicago")
        assert isinstance(found, Area)
        assert found.label == "Chicago, IL"
        assert [offer.text for offer in found.others] == ["Chicago, XX"]

    def test_it_finds_a_state_and_offers_the_city_of_that_name(self) -> None:
        make_place("New York City", "NY", key="new york city", population=8_000_000)
        found = find_area("New York")
        assert isinstance(found, Area)
        assert (found.kind, found.state) == (AreaKind.STATE, "NY")
        assert [offer.text for offer in found.others] == ["New York City, NY"]

    def test_it_finds_new_york_in_new_york(self) -> None:
        make_place("New York City", "NY", key="new york city")
        found = find_area("New York, NY")
        assert isinstance(found, Area)
        assert found.label == "New York City, NY"

    def test_it_falls_back_to_the_middle_of_the_zips_of_a_village(self) -> None:
        make_zip("58001", city="Abercrombie", lat=46.4, lon=-96.7)
        make_zip("58002", city="Abercrombie", lat=46.6, lon=-96.9)
        found = find_area("abercrombie, nd")
        assert isinstance(found, Area)
        assert found.point == Point(pytest.approx(46.5), pytest.approx(-96.8))

    def test_it_says_that_it_knows_no_such_place(self) -> None:
        found = find_area("Atlantis, ND")
        assert isinstance(found, NoArea)
        assert "Atlantis" in found.message
        assert "North Dakota" in found.message

    @given(st.text(max_size=100).filter(lambda text: "\x00" not in text))
    def test_it_answers_any_text(self, typed: str) -> None:
        assert isinstance(find_area(typed), Area | NoArea)


def test_it_measures_great_circles() -> None:
    new_york, los_angeles = Point(40.7128, -74.006), Point(34.0522, -118.2437)
    assert miles_between(new_york, los_angeles) == pytest.approx(2446, abs=5)


@given(lats, lons, lats, lons)
def test_it_measures_both_ways_alike(
    lat_1: float, lon_1: float, lat_2: float, lon_2: float
) -> None:
    one, other = Point(lat_1, lon_1), Point(lat_2, lon_2)
    assert miles_between(one, other) == pytest.approx(miles_between(other, one))


@given(lats, lons, st.floats(1, 100), st.floats(-3, 3), st.floats(-3, 3))
def test_its_box_holds_every_point_within_the_radius(
    lat: float, lon: float, miles: float, north: float, east: float
) -> None:
    start, end = Point(lat, lon), Point(min(90, max(-90, lat + north)), lon + east)
    box = box_around(start, miles)
    if miles_between(start, end) <= miles and -180 <= end.lon <= 180:
        assert box.south <= end.lat <= box.north
        assert box.west <= end.lon <= box.east


@pytest.mark.parametrize(
    ("point", "state", "x", "y"),
    [  # computed with d3.geoAlbersUsa().scale(1300).translate([487.5, 305])
        (Point(38.7, -96.6), "KS", 487.5, 305.0),
        (Point(58.5, -156.0), "AK", 88.4, 566.3),
        (Point(19.9, -160.0), "HI", 221.0, 580.6),
    ],
)
def test_it_places_points_on_the_map(point: Point, state: str, x: float, y: float) -> None:
    spot = to_map(point, state)
    assert spot is not None
    assert spot == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))


@pytest.mark.parametrize("state", ["PR", "GU", "XX"])
def test_it_leaves_the_islands_off_the_map(state: str) -> None:
    assert to_map(Point(18.2, -66.5), state) is None


def test_it_draws_one_dot_for_one_spot() -> None:
    here = (Point(46.88, -96.79), "ND")
    assert map_dots([here, here]).count("h0") == 1


def test_it_draws_alaska_smaller() -> None:
    assert map_miles(50, "AK") < map_miles(50, "ND")
