"""The open data interface: our services as Open Referral UK 3.0 under /oruk/v3. What the objects hold says bot/content."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.open_referral.answers import OpenToAll, json_answer, lines_answer
from bot.channels.web.open_referral.api import feed_description
from bot.channels.web.open_referral.query import (
    DEFAULT_PER_PAGE,
    FILTERS,
    NEAR,
    PAGING,
    read_query,
    refused,
)
from bot.channels.web.problems import Problem
from bot.content.open_referral.feed import AtPlace, Feed, Point, Wanted
from bot.content.open_referral.objects import OpenReferral
from bot.content.records import Content, Service
from bot.skills.languages import english_name

BASE = "/oruk/v3"
VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"

Object = dict[str, Any]


def now_in_london() -> datetime:
    """The present moment; its day decides which notices hold."""
    return datetime.now(ZoneInfo("Europe/London"))


def no_moments() -> Mapping[str, datetime]:
    """Of no service is it known when it changed."""
    return {}


@dataclass(frozen=True)
class Lookups:
    """What the feed asks of the rest of the desk; each has a plain stand-in. All are called in a worker thread.

    locate: the middle of a postcode, None where it is unknown; without it, of the outcodes in the gazetteer.
    search: ids of services for words, best first; without it, of services that hold all the words.
    modified: when services changed, by their ids, with a time zone.
    """

    locate: Callable[[str], Point | None] | None = None
    search: Callable[[str], list[str]] | None = None
    modified: Callable[[], Mapping[str, datetime]] = no_moments


def open_referral_routes(
    content: Callable[[], Content],
    *,
    version: str,
    lookups: Lookups | None = None,
    now: Callable[[], datetime] = now_in_london,
) -> list[Route]:
    """The nine addresses of the standard and their description.

    content: all published content, called in a worker thread. version: of the desk. now: with a time zone.
    """
    feed = OpenReferralFeed(content, lookups or Lookups(), now)
    described = feed_description(version)
    addresses: dict[str, Callable[[Request], Response]] = {
        "": feed.about,
        "/": feed.about,
        "/openapi.json": lambda request: JSONResponse(described),
        "/services": feed.services,
        "/services/{id}": feed.service,
        "/taxonomies": feed.taxonomies,
        "/taxonomies/{id}": feed.taxonomy,
        "/taxonomy_terms": feed.taxonomy_terms,
        "/taxonomy_terms/{id}": feed.taxonomy_term,
        "/service_at_locations": feed.services_at_locations,
        "/service_at_locations/{id}": feed.service_at_location,
    }
    return [
        Route(BASE + path, answer, methods=["GET", "OPTIONS"], middleware=[Middleware(OpenToAll)])
        for path, answer in addresses.items()
    ]


@dataclass(frozen=True)
class Edition:
    """The feed as it is on one day for one revision of the content. `changed`: when it was first seen."""

    feed: Feed
    day: date
    objects: OpenReferral
    moments: Mapping[str, datetime]
    changed: datetime


class OpenReferralFeed:
    """Answers the requests. It renews its edition when the content or the day has changed."""

    def __init__(self, content: Callable[[], Content], lookups: Lookups, now: Callable[[], datetime]) -> None:
        """As `open_referral_routes`."""
        self._content = content
        self._lookups = lookups
        self._now = now
        self._edition: Edition | None = None
        self._lock = threading.Lock()

    def about(self, request: Request) -> Response:
        """Answer GET /: which standard this is, and where it is described."""
        address = str(request.url.replace(path=f"{BASE}/openapi.json", query="", fragment=""))
        body = {"version": VERSION, "profile": PROFILE, "openapi_url": address}
        return json_answer(request, body, self._current().changed)

    def services(self, request: Request) -> Response:
        """Answer GET /services."""
        edition = self._current()
        values = read_query(request.query_params, PAGING + FILTERS)
        found = edition.feed.find_services(self._wanted(edition, values), edition.moments.get)
        objects = edition.objects

        def render(service: Service) -> Object:
            if values.get("minimal"):
                return _minimal(objects.service_listed(service))
            return objects.service(service) if values.get("full") else objects.service_listed(service)

        return _records(request, found, render, values, edition)

    def service(self, request: Request) -> Response:
        """Answer GET /services/{id}."""
        edition = self._current()
        found = _found(edition.feed.services, request)
        return json_answer(request, edition.objects.service(found), edition.changed)

    def taxonomies(self, request: Request) -> Response:
        """Answer GET /taxonomies."""
        edition = self._current()
        values = read_query(request.query_params, PAGING)
        return _records(request, [edition.objects.taxonomy()], lambda taxonomy: taxonomy, values, edition)

    def taxonomy(self, request: Request) -> Response:
        """Answer GET /taxonomies/{id}, with its terms."""
        edition = self._current()
        taxonomy = edition.objects.taxonomy()
        found = _found({taxonomy["id"]: taxonomy}, request)
        terms = [edition.objects.taxonomy_term(topic) for topic in edition.feed.topics.values()]
        return json_answer(request, found | {"taxonomy_terms": terms}, edition.changed)

    def taxonomy_terms(self, request: Request) -> Response:
        """Answer GET /taxonomy_terms."""
        edition = self._current()
        values = read_query(request.query_params, PAGING)
        topics = list(edition.feed.topics.values())
        return _records(request, topics, edition.objects.taxonomy_term, values, edition)

    def taxonomy_term(self, request: Request) -> Response:
        """Answer GET /taxonomy_terms/{id}."""
        edition = self._current()
        found = _found(edition.feed.topics, request)
        return json_answer(request, edition.objects.taxonomy_term(found), edition.changed)

    def services_at_locations(self, request: Request) -> Response:
        """Answer GET /service_at_locations."""
        edition = self._current()
        values = read_query(request.query_params, PAGING + FILTERS + NEAR)
        found = edition.feed.find_at_places(self._wanted(edition, values), edition.moments.get)
        objects = edition.objects

        def render(pair: AtPlace) -> Object:
            if values.get("minimal"):
                return _minimal({"id": pair.id, **_moment_of(objects, pair.service)})
            if values.get("full"):
                return objects.service_at_location(pair.service, pair.id)
            return next(each for each in objects.services_at_locations(pair.service) if each["id"] == pair.id)

        return _records(request, found, render, values, edition)

    def service_at_location(self, request: Request) -> Response:
        """Answer GET /service_at_locations/{id}."""
        edition = self._current()
        found = _found(edition.feed.at_places, request)
        return json_answer(request, edition.objects.service_at_location(found.service, found.id), edition.changed)

    def _current(self) -> Edition:
        content, now = self._content(), self._now()
        with self._lock:
            edition = self._edition
            if edition is None or (edition.feed.content.revision, edition.day) != (content.revision, now.date()):
                self._edition = edition = self._edited(content, now)
            return edition

    def _edited(self, content: Content, now: datetime) -> Edition:
        moments = self._lookups.modified()
        objects = OpenReferral(content, today=now.date(), modified=moments.get, language_name=english_name)
        return Edition(Feed(content), now.date(), objects, moments, now.astimezone(UTC).replace(microsecond=0))

    def _wanted(self, edition: Edition, values: dict[str, Any]) -> Wanted:
        words = values.get("search")
        search = self._lookups.search or edition.feed.search
        return Wanted(
            term=values.get("taxonomy_term_id"),
            taxonomy=values.get("taxonomy_id"),
            organization=values.get("organization_id"),
            minimum_age=values.get("minimum_age"),
            maximum_age=values.get("maximum_age"),
            start_time=values.get("start_time"),
            end_time=values.get("end_time"),
            day=values.get("day"),
            modified_after=values.get("modified_after"),
            found=None if words is None else tuple(search(words)),
            near=self._near(edition, values),
            within=values.get("proximity"),
        )

    def _near(self, edition: Edition, values: dict[str, Any]) -> Point | None:
        postcode = values.get("postcode")
        if postcode is None:
            if "proximity" in values:
                raise refused("proximity", "It needs a postcode beside it.")
            return None
        point = (self._lookups.locate or edition.feed.locate)(postcode)
        if point is None:
            raise refused("postcode", "We do not know where that is. Give a postcode, or the first half of one.")
        return point


def _found(records: Mapping[str, Any], request: Request) -> Any:
    """The record that the address names. Raises Problem."""
    key = request.path_params["id"].lower()
    if key not in records:
        raise Problem(404, "not_found", "There is no record with this id in this collection.")
    return records[key]


def _minimal(listed: Object) -> Object:
    changed = {"modified_date": listed["last_modified"]} if "last_modified" in listed else {}
    return {"id": listed["id"], **changed}


def _moment_of(objects: OpenReferral, service: Service) -> Object:
    changed = objects.modified(service)
    return {"last_modified": changed.isoformat()} if changed else {}


def _records(
    request: Request, found: list[Any], render: Callable[[Any], Object], values: dict[str, Any], edition: Edition
) -> Response:
    """One page of records, or all of them line by line; only what is sent is rendered."""
    if values.get("format") == "ndjson":
        return lines_answer(request, [render(each) for each in found], edition.changed)
    number = values.get("page", 1)
    size = values.get("per_page") or (max(1, len(found)) if values.get("minimal") else DEFAULT_PER_PAGE)
    shown = [render(each) for each in found[(number - 1) * size : number * size]]
    pages = -(-len(found) // size)
    body = {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": number,
        "size": len(shown),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not shown,
        "contents": shown,
    }
    return json_answer(request, body, edition.changed)
