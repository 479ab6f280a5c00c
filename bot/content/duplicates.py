"""Services that may be one and the same, with a score and the reasons. Nothing is merged here: see service_merge.py."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import urlsplit

from rapidfuzz import fuzz, utils

from bot.content.field_rules import WIDER_AREAS, phone_link
from bot.content.pack.records import Records

ENOUGH = 60  # points from which a pair is shown
NEAR_METRES, FAR_METRES = 150, 1000
DEGREE_METRES = 111_320  # of latitude
MOST_SHARERS = 40  # a number or page that more services share tells nothing of two of them
GONE = ("defunct",)
_NOISE = re.compile(r"\b(the|and|of|for|in|service|services|centre|center|ltd|uk)\b")


@dataclass(frozen=True)
class Duplicate:
    """Two services that may be one. score: from 0 to 100; the ids stand in alphabetical order."""

    first: str
    second: str
    score: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """One line, such as: 92  asan, asan-centre: same telephone number; names alike."""
        return f"{self.score:3}  {self.first}, {self.second}: {'; '.join(self.reasons)}."


@dataclass
class _Service:
    """What is compared of a service."""

    organization: str
    name: str
    phones: set[str] = field(default_factory=set)
    page: str = ""
    postcodes: set[str] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)
    areas: set[str] = field(default_factory=set)


def find_duplicates(content: Records, among: Collection[str] | None = None) -> list[Duplicate]:
    """Pairs of services that may be one, the surest first. among: only pairs with one of these ids."""
    services = _services(content)
    found = []
    for first, second in sorted(_candidates(services)):
        if among is None or first in among or second in among:
            score, reasons = _compare(services[first], services[second])
            if score >= ENOUGH:
                found.append(Duplicate(first, second, score, tuple(reasons)))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _services(content: Records) -> dict[str, _Service]:
    rows = defaultdict(list)
    for (table, _), record in content.items():
        rows[table].append(record)
    services = {
        row["id"]: _Service(row["organization_id"], _plain(row["name"]), page=_page(row["url"]))
        for row in rows["services"]
        if row["status"] not in GONE
    }
    for row in rows["phones"]:
        if row["service_id"] in services and (link := phone_link(row["number"])):
            services[row["service_id"]].phones.add(link)
    for row in rows["service_areas"]:
        if row["service_id"] in services:
            services[row["service_id"]].areas.add(row["area"])
    locations = {row["id"]: row for row in rows["locations"] if row["confidential"] != "yes"}
    for row in rows["services_at_location"]:
        if row["service_id"] in services and row["location_id"] in locations:
            _add_place(services[row["service_id"]], locations[row["location_id"]])
    return services


def _add_place(service: _Service, location: dict[str, str]) -> None:
    if location["postal_code"]:
        service.postcodes.add(location["postal_code"])
    if location["latitude"] and location["longitude"]:
        service.points.append((float(location["latitude"]), float(location["longitude"])))


def _plain(name: str) -> str:
    text = utils.default_process(name)
    return " ".join(_NOISE.sub(" ", text).split()) or text


def _page(url: str) -> str:
    """The address of a page without what does not matter; "" for none."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path.rstrip("/")).lower()


def _candidates(services: dict[str, _Service]) -> set[tuple[str, str]]:
    """Pairs that share a number, a page, a postcode or a corner of the map; all others cannot be duplicates."""
    sharers = defaultdict(set)
    for key, service in services.items():
        for sign in _signs(service):
            sharers[sign].add(key)
    return {pair for keys in sharers.values() if len(keys) <= MOST_SHARERS for pair in combinations(sorted(keys), 2)}


def _signs(service: _Service) -> Iterator[tuple]:
    yield from service.phones
    yield from service.postcodes
    if service.page:
        yield service.page
    for latitude, longitude in service.points:
        # Squares of about 220 by 140 metres; a point also counts for the squares around it.
        row, column = math.floor(latitude * 500), math.floor(longitude * 480)
        yield from ((row + down, column + right) for down in (0, 1) for right in (0, 1))


def _compare(one: _Service, other: _Service) -> tuple[int, list[str]]:
    alike = _likeness(one.name, other.name)
    same_phone = bool(one.phones & other.phones)
    same_page = bool(one.page) and one.page == other.page
    metres = _metres_between(one.points, other.points)
    near = bool(one.postcodes & other.postcodes) or metres < NEAR_METRES
    # One organization may give one number, page and door to many services, so that there the names must tell.
    own = one.organization == other.organization
    shared = (same_phone * 35 + same_page * 25 + near * 30) * (0.5 if own else 1)
    score = min(100, round(shared + max(0.0, alike - 50) * (1.0 if own else 0.9)))
    apart = FAR_METRES < metres < math.inf or _in_other_cities(one.areas, other.areas)
    if apart or alike < (85 if own else 60) or not (same_phone or same_page or near):
        score = min(score, ENOUGH - 1)
    told = (
        (same_phone, "same telephone number"),
        (same_page, "same web page"),
        (near, "same place"),
        (alike >= 60, f"names alike ({round(alike)} of 100)"),
        (own, "same organization"),
    )
    return score, [reason for true, reason in told if true]


def _in_other_cities(ones: set[str], others: set[str]) -> bool:
    return bool(ones and others) and not ones & others and not (ones | others) & set(WIDER_AREAS)


def _likeness(one: str, other: str) -> float:
    """From 0 to 100. Words in another order count little against it, words that only one has count more."""
    return 0.6 * fuzz.token_set_ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)


def _metres_between(ones: Iterable[tuple[float, float]], others: Iterable[tuple[float, float]]) -> float:
    """The least distance between two points; infinity where one side has none. On such a small scale the earth is flat."""
    others = list(others)
    distances = (
        math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0]))) * DEGREE_METRES
        for one in ones
        for other in others
    )
    return min(distances, default=math.inf)
