"""Which services and places of the feed a harvester asked for: look-up by UUID, filters, distance. No HTTP and no JSON."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import asin, cos, inf, radians, sin, sqrt
from typing import NamedTuple

from bot.content.open_referral.hours import schedule_rows
from bot.content.open_referral.ids import stable_id
from bot.content.open_referral.objects import TAXONOMY, owner_of
from bot.content.open_referral.places import locations_of
from bot.content.records import Content, Service, Topic

EARTH_METRES = 6_371_000
CITY_METRES = 20_000  # farther from the middle of every city of the desk, a point lies in none of them
EVERYWHERE = "national"

Point = tuple[float, float]  # latitude and longitude, degrees WGS 84


@dataclass(frozen=True)
class Wanted:
    """The filters of a request; None: any. UUIDs are in small letters, times "09:30", a day "MO".

    found: ids of our own services that a full text search found, best first. near: a point; within: metres from it.
    """

    term: str | None = None
    taxonomy: str | None = None
    organization: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: str | None = None
    end_time: str | None = None
    day: str | None = None
    modified_after: datetime | None = None
    found: tuple[str, ...] | None = None
    near: Point | None = None
    within: float | None = None


class AtPlace(NamedTuple):
    """A service at one of its places: the UUID of the pair, and the point of the place where it is known."""

    id: str
    service: Service
    point: Point | None


class Feed:
    """All that one `Content` publishes, by UUID. Frozen: a new content needs a new feed."""

    def __init__(self, content: Content) -> None:
        cities = [city.name for city in content.cities.values()]
        self.content = content
        self.services: dict[str, Service] = {stable_id("service", key): each for key, each in content.services.items()}
        self.topics: dict[str, Topic] = {stable_id("taxonomy_term", key): each for key, each in content.topics.items()}
        self._taxonomy = stable_id("taxonomy", TAXONOMY)
        owners = {owner_of(service) for service in content.services.values()}
        self._owners = {stable_id("organization", owner): owner for owner in owners}
        at_places = (
            AtPlace(stable_id("service_at_location", service.id, place["id"]), service, _point(place))
            for service in content.services.values()
            for place in locations_of(service, cities)
        )
        self.at_places: dict[str, AtPlace] = {each.id: each for each in at_places}

    def find_services(self, wanted: Wanted, modified: Callable[[str], datetime | None]) -> list[Service]:
        """The services that pass all filters, in the order of `found`, else of the content.

        modified: when a service changed; one of which that is not known passes `modified_after`, lest it be missed.
        """
        return [service for service in self._searched(wanted.found) if self._passes(service, wanted, modified)]

    def find_at_places(self, wanted: Wanted, modified: Callable[[str], datetime | None]) -> list[AtPlace]:
        """The places of these services; with `near`, those that serve that point, and nearest first with `within`."""
        passed = {service.id: place for place, service in enumerate(self.find_services(wanted, modified))}
        pairs = [pair for pair in self.at_places.values() if pair.service.id in passed]
        pairs.sort(key=lambda pair: passed[pair.service.id])
        if wanted.near is None:
            return pairs
        if wanted.within is None:
            return [pair for pair in pairs if self._serves(pair.service, wanted.near)]
        far = {pair.id: metres_between(pair.point, wanted.near) for pair in pairs if pair.point}
        near = [pair for pair in pairs if far.get(pair.id, wanted.within + 1) <= wanted.within]
        return sorted(near, key=lambda pair: far[pair.id])

    def locate(self, postcode: str) -> Point | None:
        """The middle of a postcode's outcode, as far as the gazetteer knows it."""
        compact = "".join(postcode.split()).upper()
        outcodes = {
            each.name.upper(): (each.latitude, each.longitude)
            for each in self.content.gazetteer
            if each.kind == "outcode"
        }
        return outcodes.get(compact) or outcodes.get(compact[:-3])

    def search(self, words: str) -> list[str]:
        """The ids of services that hold all the words somewhere: plain letters, for a desk without a search index."""
        wanted = words.casefold().split()
        texts = {key: _words_of(service, self.content).casefold() for key, service in self.content.services.items()}
        return [key for key, text in texts.items() if all(word in text for word in wanted)]

    def _searched(self, found: tuple[str, ...] | None) -> Iterable[Service]:
        services = self.content.services
        return services.values() if found is None else (services[key] for key in found if key in services)

    def _passes(self, service: Service, wanted: Wanted, modified: Callable[[str], datetime | None]) -> bool:
        known = service.conditions
        changed = modified(service.id) if wanted.modified_after else None
        return (
            (wanted.term is None or (wanted.term in self.topics and self.topics[wanted.term].id in service.topics))
            and (wanted.taxonomy is None or (wanted.taxonomy == self._taxonomy and bool(service.topics)))
            and (wanted.organization is None or self._owners.get(wanted.organization) == owner_of(service))
            and (wanted.minimum_age is None or _stated(known.minimum_age, -inf) >= wanted.minimum_age)
            and (wanted.maximum_age is None or _stated(known.maximum_age, inf) <= wanted.maximum_age)
            and (changed is None or changed >= _moment(wanted.modified_after))
            and _opens(service, wanted)
        )

    def _serves(self, service: Service, point: Point) -> bool:
        """Whether the service works where the point lies. Areas have names and no borders: the nearest city decides."""
        cities = self._city_points()
        if not cities or not service.areas or EVERYWHERE in service.areas:
            return True
        city, metres = min(((key, metres_between(at, point)) for key, at in cities.items()), key=lambda each: each[1])
        return metres <= CITY_METRES and (city in service.areas or not set(service.areas) & set(cities))

    def _city_points(self) -> dict[str, Point]:
        names = {city.name.casefold(): key for key, city in self.content.cities.items()}
        towns = [each for each in self.content.gazetteer if each.kind == "town" and each.name.casefold() in names]
        return {names[each.name.casefold()]: (each.latitude, each.longitude) for each in towns}


def metres_between(one: Point, other: Point) -> float:
    """The way between two points as the crow flies."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(chord)))


def _opens(service: Service, wanted: Wanted) -> bool:
    """Whether one and the same schedule row has the day, opens not before `start_time` and closes not after `end_time`."""
    if (wanted.day, wanted.start_time, wanted.end_time) == (None, None, None):
        return True
    return any(
        (wanted.day is None or wanted.day in [day[-2:] for day in row.get("byday", "").split(",")])
        and (wanted.start_time is None or row.get("opens_at", "")[:5] >= wanted.start_time)
        and (wanted.end_time is None or "" < row.get("closes_at", "")[:5] <= wanted.end_time)
        for row in schedule_rows(service)
    )


def _stated(age: int | None, otherwise: float) -> float:
    return otherwise if age is None else age


def _moment(given: datetime) -> datetime:
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _point(location: dict) -> Point | None:
    return (location["latitude"], location["longitude"]) if "latitude" in location else None


def _words_of(service: Service, content: Content) -> str:
    topics = [content.topics[topic].name for topic in service.topics if topic in content.topics]
    return "\n".join((service.name, service.organization, service.description, service.eligibility, *topics))
