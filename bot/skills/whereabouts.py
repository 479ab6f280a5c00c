"""Where a person is, from what they wrote or shared, and how far things are from there. Everything offline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from bot.content.postcodes.lookup import Position
from bot.content.records import City, GazetteerPlace
from bot.skills.phrases import Phrases
from bot.skills.place_codes import Code, codes_in
from bot.skills.place_names import Name, PlaceNames

EARTH_MILES = 3958.8
DETOUR = 1.3  # streets are longer than the line on the map; in a city by about a third
MILES_AN_HOUR = 3.0  # an easy pace, with a child or bags
LONGEST_WALK = 2.0  # miles
OUTCODE_WITHIN_MILES = 10.0  # further away the person is nowhere that the gazetteer knows
EXACT_ENOUGH = 1000  # metres, a quarter of an hour on foot: minutes that are told must not be out by more
SAME_PART_MILES = 8.0  # "Handsworth, Birmingham" is one place, "Walsall, Coventry" two
# How far the real place may be from the point, in metres. Nine in ten postcodes lie within 2.1 km of the middle of their
# outcode (the median of the 148 outcodes here, by Code-Point Open); the others are estimates.
EXACTNESS = {"outcode": 2100, "town": 3000, "district": 1500, "station": 200}

Postcodes = Callable[[str], Position | None]  # `Store.postcode`


@dataclass(frozen=True)
class Whereabouts:
    """A place. kind: postcode, sector, outcode, town, district or station. exactness: metres."""

    kind: str
    name: str
    latitude: float
    longitude: float
    outcode: str = ""
    exactness: int = 0

    def miles_to(self, latitude: float, longitude: float) -> float:
        """Miles as the crow flies to a point in degrees."""
        return distance_miles(self.latitude, self.longitude, latitude, longitude)


def outcode_named(outcode: str | None, gazetteer: Iterable[GazetteerPlace]) -> Whereabouts | None:
    """The place of an outcode such as "CV1"; None where it is not known."""
    if not outcode:
        return None
    found = (place for place in gazetteer if place.kind == "outcode" and place.name == outcode)
    return next(
        (Whereabouts("outcode", p.name, p.latitude, p.longitude, p.name, EXACTNESS["outcode"]) for p in found), None
    )


def city_middles(cities: Iterable[City], gazetteer: Iterable[GazetteerPlace]) -> dict[str, GazetteerPlace]:
    """The town in the gazetteer that each city is, by the city's id; cities that it does not have are left out."""
    towns = {town.name: town for town in gazetteer if town.kind == "town"}
    return {city.id: towns[city.name] for city in cities if city.name in towns}


def distance_miles(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Miles as the crow flies between two points in degrees."""
    a, b = radians(latitude), radians(other_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))


def walking_minutes(miles: float) -> int:
    """Minutes on foot, in steps of five."""
    return max(5, 5 * round(miles * DETOUR / MILES_AN_HOUR * 12))


def distance_words(miles: float, phrases: Phrases, language: str, exactness: int = 0) -> str:
    """ "about 1.2 miles, 30 minutes on foot"; no minutes for a long walk, or where the place is not known well enough.

    exactness: within how many metres the person's place is known.
    """
    _ = phrases.speaker(language)
    if miles > LONGEST_WALK or exactness > EXACT_ENOUGH:
        return _("about {miles} miles", miles=round(miles, 1))
    return _("about {miles} miles, {minutes} minutes on foot", miles=round(miles, 1), minutes=walking_minutes(miles))


def outcode_nearest(latitude: float, longitude: float, gazetteer: Iterable[GazetteerPlace]) -> str | None:
    """The outcode whose middle is nearest to a point, within 10 miles. No more of a shared position is kept."""
    known = [place for place in gazetteer if place.kind == "outcode"]
    far = [(distance_miles(latitude, longitude, place.latitude, place.longitude), place.name) for place in known]
    return min(far)[1] if far and min(far)[0] <= OUTCODE_WITHIN_MILES else None


def find_place(text: str, gazetteer: Iterable[GazetteerPlace], postcodes: Postcodes) -> Whereabouts | None:
    """The one place that a text names: a postcode, its beginning, or a town, district or station; None for none or several.

    postcodes: where a full postcode or a sector is, of those that were imported; where it does not know one, the middle
    of the outcode stands for it. Raises what `postcodes` raises.
    """
    known = tuple(gazetteer)
    names, outcodes = _prepared(known)
    if codes := codes_in(text, outcodes.keys()):
        return _at_codes(codes, outcodes, postcodes)
    place = _one_of(names.named_in(text))
    if place is None:
        return None
    outcode = outcode_nearest(place.latitude, place.longitude, known) or ""
    return Whereabouts(place.kind, place.name, place.latitude, place.longitude, outcode, EXACTNESS[place.kind])


@lru_cache(maxsize=2)  # one for the content of now, one for that before
def _prepared(gazetteer: tuple[GazetteerPlace, ...]) -> tuple[PlaceNames, dict[str, GazetteerPlace]]:
    return PlaceNames(gazetteer), {place.name: place for place in gazetteer if place.kind == "outcode"}


def _at_codes(codes: list[Code], outcodes: dict[str, GazetteerPlace], postcodes: Postcodes) -> Whereabouts | None:
    """Where a code is; of several, their outcode where all have the same."""
    first = codes[0]
    if len({code.outcode for code in codes}) > 1:
        return None
    if len(codes) == 1 and first.kind != "outcode" and (found := postcodes(first.text)):
        exactness = found.exactness
        return Whereabouts(first.kind, first.text, found.latitude, found.longitude, first.outcode, exactness)
    middle = outcodes.get(first.outcode)
    if middle is None:
        return None
    kind, text = (first.kind, first.text) if len(codes) == 1 else ("outcode", first.outcode)
    return Whereabouts(kind, text, middle.latitude, middle.longitude, first.outcode, EXACTNESS["outcode"])


def _one_of(names: list[Name]) -> GazetteerPlace | None:
    """The place that all names together mean: the first of an address, or the one part of a town that is named too."""
    places = list({name.place.id: name.place for name in names}.values())
    if len(places) < 2:
        return places[0] if places else None
    parts = [place for place in places if place.kind != "town"]
    is_address = all(one.end == other.first for one, other in zip(names, names[1:], strict=False))
    chosen = parts[0] if len(parts) == 1 else places[0] if is_address else None
    return chosen if chosen and all(_miles_between(chosen, place) <= SAME_PART_MILES for place in places) else None


def _miles_between(one: GazetteerPlace, other: GazetteerPlace) -> float:
    return distance_miles(one.latitude, one.longitude, other.latitude, other.longitude)
