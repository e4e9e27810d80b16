"""From the words of an area to a point or a state; distances; points on the map of the states.

No geo service is asked: ZIP codes and cities are tables of ours. Nothing is guessed silently: an
unknown ZIP or a name that many cities share comes back as choices, not as a place.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.db.models import Avg, Count

from schoolfinder.models import Place, Zip

EARTH_RADIUS_MILES = 3958.8
MILES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_MILES

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands", "FM": "Micronesia", "MH": "Marshall Islands", "PW": "Palau",
}  # fmt: skip
MILITARY_STATES = {"AA", "AE", "AP"}

# What people write before a city's name, and how its key spells it.
_SPELLED_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain"}


# Areas --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    lat: float
    lon: float


@dataclass(frozen=True)
class Box:
    south: float
    north: float
    west: float
    east: float


class AreaKind(StrEnum):
    ANYWHERE = "anywhere"
    POINT = "point"
    STATE = "state"
    ONLINE = "online"  # a military ZIP: its point lies abroad


class Offer(NamedTuple):
    """A place that the words may mean: what to search for, and how it is shown."""

    text: str
    label: str


@dataclass(frozen=True)
class Area:
    kind: AreaKind
    label: str = ""  # "Fargo, ND", "58102", "North Dakota"
    point: Point | None = None
    state: str = ""
    others: tuple[Offer, ...] = ()  # what else the same words could mean
    note: str = ""


@dataclass(frozen=True)
class NoArea:
    """The words fit no place, or too many: say so and offer what may be meant."""

    message: str
    choices: tuple[Offer, ...] = ()
    ambiguous: bool = False


ANYWHERE = Area(AreaKind.ANYWHERE)


def find_area(text: str) -> Area | NoArea:
    """The area that a person means by a ZIP, "City, ST", a city or a state."""
    text = " ".join(text.split())
    if not text:
        return ANYWHERE
    if re.fullmatch(r"[\d\s-]+", text):
        return _find_zip(text)
    city, state = _split_state(text)
    if state and not city:
        return _state_area(state)
    return _find_city(city, state)


def state_code(text: str) -> str:
    """ "ND" for "ND", "nd", "North Dakota"; empty when it is no state."""
    if text.upper() in STATES:
        return text.upper()
    return _STATE_CODES.get(name_key(text), "")


def name_key(text: str) -> str:
    """A place name as it is compared: lower case, no accents, "saint" for "St."."""
    return " ".join([_SPELLED_OUT.get(word, word) for word in folded(text).split()])


def folded(text: str) -> str:
    """Lower case, no accents, no punctuation: "Coeur d’Alene" → "coeur dalene"."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"[’'‘`.]", "", plain)).split())


def _find_zip(text: str) -> Area | NoArea:
    code = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{5}(-?\d{4})?", code):
        return NoArea("A ZIP code has five digits, like 58102.")
    known = Zip.objects.filter(zip=code[:5]).first()
    if known is None:
        return _unknown_zip(code[:5])
    if known.kind == Zip.Kind.MILITARY:
        return Area(
            AreaKind.ONLINE,
            label=known.zip,
            note="This is a military ZIP code, whose place is abroad: we show online schools.",
        )
    return Area(AreaKind.POINT, known.zip, Point(known.lat, known.lon), known.state)


def _unknown_zip(code: str) -> NoArea:
    """Offer the numerically nearest codes of the same three-digit prefix, or of two digits."""
    for prefix in (code[:3], code[:2]):
        nearby = list(
            Zip.objects.filter(zip__startswith=prefix)
            .exclude(kind=Zip.Kind.MILITARY)
            .values_list("zip", "city", "state")
        )
        if nearby:
            nearest = sorted(nearby, key=lambda row: (abs(int(row[0]) - int(code)), row[0]))[:3]
            offers = tuple(Offer(row[0], _zip_label(*row)) for row in nearest)
            return NoArea(f"We know no ZIP code {code}. Near it in number are:", offers)
    return NoArea(f"We know no ZIP code {code}. Try a city and state, like Fargo, ND.")


def _zip_label(code: str, city: str, state: str) -> str:
    return f"{code} {city}, {state}" if city else f"{code} {state}"


def _split_state(text: str) -> tuple[str, str]:
    """("Fargo", "ND") from "Fargo, ND", "Fargo ND" or "fargo north dakota"; state may be empty."""
    if whole := state_code(text):
        return "", whole
    if "," in text:
        city, _, last = text.rpartition(",")
        return (city.strip(), state) if (state := state_code(last.strip())) else (text, "")
    words = text.split(" ")
    for length in (3, 2, 1):  # "District of Columbia" is the longest
        if len(words) > length and (state := state_code(" ".join(words[-length:]))):
            return " ".join(words[:-length]), state
    return text, ""


def _state_area(state: str) -> Area:
    """A state; "New York" and "Washington" name a city as well, which is offered."""
    name = STATES[state]
    key = name_key(name)
    namesakes = Place.objects.filter(key__in=[key, f"{key} city"], population__gte=100_000)
    others = _offers(namesakes.order_by("-population")[:3])
    return Area(AreaKind.STATE, name, state=state, others=others)


# A city may stand for its namesakes when it is a big one and they are this many times smaller.
_FAMOUS_POPULATION = 200_000
_FAMOUS_TIMES = 20


def _find_city(city: str, state: str) -> Area | NoArea:
    key = name_key(city)
    found = _places(key, state)
    if not found:
        return _city_of_zips(city, state) or NoArea(
            f"We know no place called “{city}”"
            + (f" in {STATES[state]}." if state else ".")
            + " Try a ZIP code, or a city and state like Fargo, ND."
        )
    if len(found) == 1 or state or _is_famous(found):
        others = () if state else _offers(found[1:6])
        return _place_area(found[0], others)
    return NoArea(
        f"More than one place is called “{city}”. Which one?",
        _offers(found[:8]),
        ambiguous=True,
    )


def _places(key: str, state: str) -> list[Place]:
    """Largest first. "New York" in NY is listed as "New York City"."""
    keys = [key, f"{key} city"] if state else [key]
    found = Place.objects.filter(key__in=keys)
    if state:
        found = found.filter(state=state)
    return list(found.order_by("-population", "state")[:30])


def _is_famous(found: list[Place]) -> bool:
    first, second = found[:2]
    return (
        first.population >= _FAMOUS_POPULATION
        and first.population >= _FAMOUS_TIMES * second.population
    )


def _offers(places: Iterable[Place]) -> tuple[Offer, ...]:
    return tuple(Offer(str(place), str(place)) for place in places)


def _place_area(place: Place, others: tuple[Offer, ...]) -> Area:
    return Area(AreaKind.POINT, str(place), Point(place.lat, place.lon), place.state, others)


def _city_of_zips(city: str, state: str) -> Area | None:
    """A place too small for the list of cities: the middle of the ZIP codes of that name."""
    codes = Zip.objects.filter(city__iexact=city).exclude(kind=Zip.Kind.MILITARY)
    if state:
        codes = codes.filter(state=state)
    states = list(codes.values("state").annotate(lat=Avg("lat"), lon=Avg("lon"), zips=Count("zip")))
    if len(states) != 1:
        return None
    middle = states[0]
    label = f"{city.title()}, {middle['state']}"
    return Area(AreaKind.POINT, label, Point(middle["lat"], middle["lon"]), middle["state"])


_STATE_CODES = {name_key(name): code for code, name in STATES.items()} | {
    "washington dc": "DC",
    "virgin islands": "VI",
}


# Distances ----------------------------------------------------------------------------------


def box_around(point: Point, miles: float) -> Box:
    """A box that holds every point within `miles`; wide open near a pole or the date line."""
    height = miles / MILES_PER_DEGREE
    south, north = point.lat - height, point.lat + height
    if max(abs(south), abs(north)) > 85:
        return Box(max(south, -90), min(north, 90), -180, 180)
    width = math.degrees(
        math.asin(min(1, math.sin(math.radians(height)) / math.cos(math.radians(point.lat))))
    )
    west, east = point.lon - width, point.lon + width
    if west < -180 or east > 180:
        west, east = -180, 180
    return Box(south, north, west, east)


def miles_between(start: Point, end: Point) -> float:
    """Great-circle miles, on a sphere (haversine)."""
    lat_1, lat_2 = math.radians(start.lat), math.radians(end.lat)
    half_lat = (lat_2 - lat_1) / 2
    half_lon = math.radians(end.lon - start.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(min(1.0, chord)))


# The map of the states ----------------------------------------------------------------------

MAP_WIDTH, MAP_HEIGHT = 975, 610


@dataclass(frozen=True)
class _Projection:
    """A conic equal-area projection; angles in degrees, `scale` in map units per Earth radius."""

    rotate: float
    parallels: tuple[float, float]
    center: tuple[float, float]
    scale: float
    middle: tuple[float, float]

    def place(self, point: Point) -> tuple[float, float]:
        x, y = self._raw(math.radians(point.lon + self.rotate), math.radians(point.lat))
        center_x, center_y = self._raw_center
        return (
            self.middle[0] + self.scale * (x - center_x),
            self.middle[1] - self.scale * (y - center_y),
        )

    def _raw(self, lon: float, lat: float) -> tuple[float, float]:
        n, c = self._cone
        rho = math.sqrt(c - 2 * n * math.sin(lat)) / n
        return rho * math.sin(n * lon), math.sqrt(c) / n - rho * math.cos(n * lon)

    @cached_property
    def _cone(self) -> tuple[float, float]:
        sin_0, sin_1 = (math.sin(math.radians(angle)) for angle in self.parallels)
        n = (sin_0 + sin_1) / 2
        return n, 1 + sin_0 * (2 * n - sin_0)

    @cached_property
    def _raw_center(self) -> tuple[float, float]:
        lon, lat = self.center
        return self._raw(math.radians(lon), math.radians(lat))


_LOWER_48 = _Projection(96, (29.5, 45.5), (-0.6, 38.7), 1300, (487.5, 305))
_INSETS = {
    "AK": _Projection(154, (55, 65), (-2, 58.5), 455, (88.4, 566.3)),
    "HI": _Projection(157, (8, 18), (-3, 19.9), 1300, (221, 580.6)),
}
_NOT_ON_MAP = set(STATES) - {*list(STATES)[:51]}


def to_map(point: Point, state: str) -> tuple[float, float] | None:
    """Where the point lies on `us-states.svg`; None for the islands, which it does not show."""
    if state in _NOT_ON_MAP or state not in STATES:
        return None
    return _INSETS.get(state, _LOWER_48).place(point)


def map_miles(miles: float, state: str) -> float:
    """So many miles in units of the map."""
    return _INSETS.get(state, _LOWER_48).scale * miles / EARTH_RADIUS_MILES


def map_dots(points: Iterable[tuple[Point, str]]) -> str:
    """Path data of zero-length strokes, one for each place that differs on the map."""
    spots = {
        (round(spot[0]), round(spot[1]))
        for point, state in points
        if (spot := to_map(point, state))
    }
    return "".join(f"M{x} {y}h0" for x, y in sorted(spots))
