"""Services of a neighbour's feed as records of the pack: with ids of their own, their source, and only values that keep
the pack's rules. Whatever is left out is told, with the reason. Nothing is written here."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.content.feeds.parts import (
    Cells,
    Part,
    areas_of,
    location_cells,
    organization_cells,
    parts_of,
    service_cells,
    terms_of,
)
from bot.content.feeds.refuges import Hidden, find_hidden, locations_of
from bot.content.feeds.shapes import Object, objects, text
from bot.content.feeds.terms import area_of, same_words, topic_of
from bot.content.feeds.texts import plain_line
from bot.content.field_rules import anything, id_form, web_address
from bot.content.pack.cells import tidy
from bot.content.pack.checks import ROW_RULES
from bot.content.pack.records import Record, Records
from bot.content.pack.tables import TABLE_BY_NAME, YES_NO_CONDITIONS
from bot.errors import FeedError

LONGEST_FEED_NAME = 20
MOST_PARTS = 200  # of one service; more is a mistake or an attack
NOT_CHECKED = "Taken from another publisher's feed. Nobody here has checked it."
REFUGE_DOUBT = "It may be a refuge, so its address was left out: a person must look."
_WORDS_OF_TABLES = {
    "phones": "phone",
    "contacts": "contact",
    "schedules": "schedule",
    "languages": "language",
    "cost_options": "cost",
    "accessibility": "accessibility",
    "required_documents": "document",
    "service_areas": "area",
    "attributes": "topic",
    "services_at_location": "at",
    "conditions": "conditions",
}
# By what two parts of one service are known to be the same, whatever their ids.
_MARKS = {
    "phones": ("number",),
    "contacts": ("email",),
    "schedules": ("description", "byday", "bymonthday", "opens_at", "closes_at", "valid_from", "valid_to"),
    "languages": ("name", "code", "note"),
    "cost_options": ("amount", "amount_description"),
    "accessibility": ("description",),
    "required_documents": ("document",),
    "service_areas": ("area",),
    "attributes": ("taxonomy_term_id",),
    "services_at_location": ("location_id",),
    "conditions": (),
}
# Columns that mean nothing, or something else, without each other; and those without which the record says too much.
_RECURRENCE = ("freq", "byday", "opens_at", "closes_at", "dtstart", "interval", "bymonthday")
_TOGETHER = {name: _RECURRENCE for name in _RECURRENCE} | {
    name: pair for pair in (("latitude", "longitude"), ("minimum_age", "maximum_age")) for name in pair
}
_NEEDED = {"schedules": ("valid_from", "valid_to"), "phones": ("number",), "contacts": ("email",)}
REFUSED, LEFT_OUT, TO_LOOK_AT, UNKNOWN_WORD = "refused", "left out", "to look at", "unknown word"


@dataclass(frozen=True)
class FeedSource:
    """Who publishes: `name` begins all ids; `url` is the address of the API, "" for a file; `licence` of the data."""

    name: str
    licence: str
    url: str = ""

    def __post_init__(self) -> None:
        if id_form(self.name) or len(self.name) > LONGEST_FEED_NAME:
            raise FeedError(
                f'"{self.name}" is not a good name for a feed. Use up to {LONGEST_FEED_NAME} small letters, digits and '
                'hyphens, such as "walsall".'
            )


@dataclass(frozen=True)
class Remark:
    """Something that a person should know: `kind` is one of the four above, `record` as people name it."""

    kind: str
    record: str
    words: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.record}: {self.words}"


@dataclass
class FeedRecords:
    """What a feed holds, in the pack's form. `refused`: ids of services that are in the feed but could not be read."""

    records: Records = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    services: int = 0


@dataclass(frozen=True)
class OwnWords:
    """Ids of our topics and cities by `same_words` of their names, and the English names of language codes."""

    topics: dict[str, str]
    cities: dict[str, str]
    language_name: Callable[[str], str] = lambda code: ""


def feed_records(services: list[Object], source: FeedSource, own: OwnWords) -> FeedRecords:
    """All services of a feed (as `services_of` in shapes.py gives them) as records."""
    reading = _Reading(source, own, find_hidden(services))
    for number, service in enumerate(services):
        reading.add(number, service)
    reading.tell_unknown_words()
    return reading.found


def slug(own: str) -> str:
    """The feed's id in the form of our ids; one that has another form, or is long, becomes a fingerprint."""
    return own if len(own) <= 48 and not id_form(own) else _fingerprint(own, 24)


def _fingerprint(words: str, length: int) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def faults_of(table: str, record: Record, own: OwnWords) -> Iterator[tuple[str, str]]:
    """The columns of a record that break the pack's rules, each with what is wrong."""
    for column in TABLE_BY_NAME[table].columns:
        value = record[column.name]
        if not value and column.missing:
            yield column.name, "is empty."
        elif value and (message := column.rule(value)):
            yield column.name, message
    ids = {"cities": set(own.cities.values())}
    yield from ROW_RULES.get(table, lambda cells, ids: ())(record, ids)


class _Reading:
    """One pass through a feed. Each service is read whole and then kept or refused whole."""

    def __init__(self, source: FeedSource, own: OwnWords, hidden: Hidden) -> None:
        self.found = FeedRecords()
        self._source, self._own, self._hidden = source, own, hidden
        self._unknown: dict[str, Counter[str]] = {"topic": Counter(), "area": Counter()}

    def add(self, number: int, service: Object) -> None:
        """Read one service."""
        self.found.services += 1
        own_id, name = text(service, "id"), plain_line(text(service, "name"))
        shown = f'service "{name or plain_line(own_id) or number + 1}"'
        key = f"{self._source.name}-{slug(own_id)}"
        one = _OneService(self._source, self._own, self._hidden, number, service, key, shown)
        reason = one.read() if own_id else "has no id."
        if reason:
            self.found.remarks.append(Remark(REFUSED, shown, reason))
            self.found.refused.add(key)
            return
        self.found.remarks += one.remarks
        for record_key, record in one.records.items():
            # What several services share stays as the first of them gave it.
            self.found.records.setdefault(record_key, record)
        for what, words in one.unknown:
            self._unknown[what][words] += 1

    def tell_unknown_words(self) -> None:
        """One remark for each word of the feed that has no place here."""
        for what, words in self._unknown.items():
            for word, times in words.most_common():
                remark = Remark(UNKNOWN_WORD, f'{what} "{word}"', f"is not known here (services with it: {times}).")
                self.found.remarks.append(remark)


class _OneService:
    """The records of one service."""

    def __init__(
        self, source: FeedSource, own: OwnWords, hidden: Hidden, number: int, service: Object, key: str, shown: str
    ) -> None:
        self.records: Records = {}
        self.remarks: list[Remark] = []
        self.unknown: list[tuple[str, str]] = []
        self._source, self._own, self._hidden = source, own, hidden
        self._number, self._service, self._key, self._shown = number, service, key, shown
        self._places = locations_of(service)

    def read(self) -> str:
        """Fill `records`; returns why the service must be refused, or ""."""
        organization = next(iter(objects(self._service, "organization")), {})
        parts = list(parts_of(self._service, self._places, self._own.language_name))
        if len(parts) + len(self._places) > MOST_PARTS:
            return f"has more than {MOST_PARTS} parts."
        owner = self._add_organization(organization)
        if not owner:
            return "does not say which organization runs it."
        if reason := self._add_service(owner):
            return reason
        self._add_places()
        for number, part in enumerate(parts, start=1):
            self._add_part(part, number)
        self._add_words()
        self._add_conditions()
        return ""

    def _add_organization(self, organization: Object) -> str:
        cells = organization_cells(organization)
        key = f"{self._source.name}-org-{slug(text(organization, 'id') or same_words(cells['name']))}"
        return key if self._put("organizations", key, cells, f'organization "{cells["name"]}"') else ""

    def _add_service(self, owner: str) -> str:
        refuge = self._number in self._hidden.services
        cells = service_cells(self._service)
        if cells["status"] == "inactive" and text(self._service, "status").casefold() != "inactive":
            self._tell(LEFT_OUT, "has no status that is known, so that it stays a draft.")
        page = f"{self._source.url.rstrip('/')}/services/{text(self._service, 'id')}" if self._source.url else ""
        cells |= {
            "organization_id": owner,
            "source_url": "" if web_address(page) else page,
            "doubts": f"{NOT_CHECKED} {REFUGE_DOUBT}" if refuge else NOT_CHECKED,
            "review_colour": "RED",
            "owner": f"feed {self._source.name}",
            "licence": cells["licence"] or _own_licence(self._service) or self._source.licence,
        }
        if refuge and self._places:
            self._tell(TO_LOOK_AT, "may be a refuge; it is taken in without its address. A person must look.")
        return "" if self._put("services", self._key, cells, self._shown) else "misses what every service needs."

    def _add_places(self) -> None:
        linked = [
            place for link in objects(self._service, "service_at_locations") for place in objects(link, "location")
        ]
        for place in linked or self._places:
            cells = location_cells(place)
            key = f"{self._source.name}-place-{slug(text(place, 'id') or json.dumps(cells, sort_keys=True))}"
            if self._hidden.hides(self._number, place):
                key = f"{self._source.name}-hidden-{self._key.removeprefix(self._source.name + '-')}"
                cells = {"location_type": "virtual", "confidential": "yes"}
                if self._number not in self._hidden.services:
                    self._tell(TO_LOOK_AT, "shares a place with what may be a refuge; its address was left out.")
            if self._put("locations", key, cells, f"place of {self._shown}"):
                self._add_part(Part("services_at_location", {"location_id": key}, key), 1)

    def _add_part(self, part: Part, number: int) -> None:
        word = _WORDS_OF_TABLES[part.table]
        own = part.own or json.dumps(part.cells, sort_keys=True)
        key = f"{self._key}-{word}-{_fingerprint(own, 8)}"
        same = [
            record
            for (table, other), record in self.records.items()
            if table == part.table
            and (other == key or all(record[name] == part.cells[name] for name in _MARKS[part.table]))
        ]
        if same:
            return
        shown = f"{word} {number} of {self._shown}"
        if part.left_out:
            self._tell(LEFT_OUT, part.left_out, shown)
        self._put(part.table, key, part.cells | {"service_id": self._key}, shown)

    def _add_words(self) -> None:
        """Areas and topics, where our words for them are known."""
        areas = {word: area_of(word, self._own.cities) for word in areas_of(self._service)}
        topics = {word: topic_of(word, self._own.topics) for word in terms_of(self._service)}
        self.unknown += [("area", word) for word, area in areas.items() if not area]
        self.unknown += [("topic", word) for word, topic in topics.items() if not topic]
        for area in dict.fromkeys(filter(None, areas.values())) if areas else self._cities_of_places():
            self._add_part(Part("service_areas", {"area": area}, area), 1)
        for topic in dict.fromkeys(filter(None, topics.values())):
            self._add_part(Part("attributes", {"taxonomy_term_id": topic}, topic), 1)

    def _cities_of_places(self) -> list[str]:
        """A service that names no area works at least where people go to it."""
        cities = [record["city"] for (table, _), record in self.records.items() if table == "locations"]
        return list(dict.fromkeys(filter(None, (area_of(city, self._own.cities) for city in cities))))

    def _add_conditions(self) -> None:
        """What another desk of this kind publishes beyond the standard."""
        known = next(iter(objects(self._service, "x_conditions")), {})
        audience = known.get("audience")
        codes = [code for code in audience if isinstance(code, str)] if isinstance(audience, list) else []
        flags = {
            name: {True: "yes", False: "no"}[value]
            for name in YES_NO_CONDITIONS
            if (value := known.get(name)) in (True, False)
        }
        cells = {"audience": ";".join(codes), "gender": text(known, "gender")} | flags
        if any(cells.values()):
            self._add_part(Part("conditions", cells, "conditions"), 1)

    def _put(self, table: str, key: str, cells: Cells, shown: str) -> bool:
        """Keep a record whose values keep the rules; those that do not are left out, and told."""
        record = {column.name: "" for column in TABLE_BY_NAME[table].columns}
        record |= {"id": key} | {name: self._scrubbed(table, name, value) for name, value in cells.items()}
        for _ in record:
            faults = dict(faults_of(table, record, self._own))
            if not faults:
                break
            name, message = next(iter(faults.items()))
            left_out = _TOGETHER.get(name, (name,))
            if name in _NEEDED.get(table, ()) or not any(record[each] for each in left_out if each in record):
                self._tell(
                    LEFT_OUT, f"{name} {message} The {_WORDS_OF_TABLES.get(table, 'record')} was left out.", shown
                )
                return False
            self._tell(LEFT_OUT, f"{name} {message}", shown)
            record |= {each: "" for each in left_out if each in record}
        kinds = {column.name: column.kind for column in TABLE_BY_NAME[table].columns}
        self.records[table, key] = {
            name: kinds[name].to_text(kinds[name].to_value(tidy(value))) for name, value in record.items()
        }
        return True

    def _scrubbed(self, table: str, name: str, value: str) -> str:
        column = next(column for column in TABLE_BY_NAME[table].columns if column.name == name)
        free = column.rule is anything and not column.points_to and name not in ("area", "id")
        hides_something = free and (self._hidden.marks or self._number in self._hidden.services)
        return self._hidden.scrub(value, self._number, self._places) if hides_something else value

    def _tell(self, kind: str, words: str, shown: str = "") -> None:
        self.remarks.append(Remark(kind, shown or self._shown, plain_line(words, 300)))


def _own_licence(service: Object) -> str:
    return next((plain_line(text(source, "licence")) for source in objects(service, "x_source")), "")
