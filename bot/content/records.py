"""What the desk knows, as plain frozen records. The store makes them; every other layer reads them.

No SQL here and no text for people beyond what editors wrote.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Provenance:
    """Where a record comes from and how far to trust it.

    `verified` is False where an editor must look first: general knowledge, a doubt, a RED review colour, no source.
    """

    source_url: str = ""
    source_name: str = ""  # what to call the source when telling people of it
    source_date: str = ""  # as the source gives it, for example "2026-01-31 (data set generated)"
    checked_on: date | None = None  # the day a person last confirmed the record; None: never
    review_colour: str = ""  # RED, AMBER or GREEN: how soon the fact can go out of date
    doubts: str = ""  # for editors; not shown to newcomers word for word
    verified: bool = False
    owner: str = ""  # who keeps the record right: a team or an organisation
    next_review_on: date | None = None
    licence: str = ""  # of the source, where the record came from another publisher


@dataclass(frozen=True)
class Phone:
    """A telephone number. `number` is as people dial it; `href` is a tel: link, "" where none can be made."""

    number: str
    href: str = ""
    description: str = ""
    free: bool | None = None  # free to call; None: not known


@dataclass(frozen=True)
class Place:
    """A place that may be shown. Confidential places never become a record."""

    name: str = ""
    address: str = ""
    postal_code: str = ""
    latitude: float | None = None  # degrees, WGS 84
    longitude: float | None = None
    transportation: str = ""  # how to get there, in the words of the source
    id: str = ""
    street: str = ""  # `address` in its two parts
    city: str = ""


@dataclass(frozen=True)
class Schedule:
    """When a service is open: `text` for people, and for machines `opening_hours` (OpenStreetMap's syntax) or an RRULE
    (RFC 5545) in its parts. It holds from `valid_from` to `valid_to`, both days included; None: no limit."""

    text: str = ""
    opening_hours: str = ""
    freq: str = ""  # WEEKLY, MONTHLY or ""
    interval: int | None = None
    byday: str = ""  # "MO,TU", "1TU"
    bymonthday: str = ""
    dtstart: date | None = None
    opens_at: str = ""  # "09:30", local time
    closes_at: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    call_first: bool | None = None
    doubtful: bool | None = None  # the source's days or times are known to be shaky


@dataclass(frozen=True)
class Conditions:
    """For whom a service is, how to get in and what it offers. None, "" and (): not known."""

    audience: tuple[str, ...] = ()  # AS, RF, VH, EU, UN, ALL
    gender: str = ""  # "women", "men"
    minimum_age: int | None = None  # years
    maximum_age: int | None = None
    children_welcome: bool | None = None
    step_free: bool | None = None
    interpreter: bool | None = None
    walk_in: bool | None = None
    by_phone: bool | None = None
    online: bool | None = None
    appointment_needed: bool | None = None
    registration_needed: bool | None = None
    referral_needed: bool | None = None
    papers_asked: bool | None = None
    free: bool | None = None
    documents: tuple[str, ...] = ()  # papers to bring, in words


@dataclass(frozen=True)
class Notice:
    """A closure ("closed") or a message ("message") that holds from its first to its last day, both included."""

    kind: str
    text: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Service:
    """What a person can go to or call: an advice centre, a class, a help line (an HSDS service)."""

    id: str
    name: str
    organization: str
    description: str = ""
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # city ids ("coventry"), "west_midlands" or "national"
    url: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    hours: str = ""  # free text of the source
    languages: str = ""  # free text of the source
    cost: str = ""
    eligibility: str = ""
    how_to_access: str = ""
    accessibility: str = ""
    places: tuple[Place, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    organization_id: str = ""
    status: str = "active"  # active, temporarily closed
    schedules: tuple[Schedule, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    notices: tuple[Notice, ...] = ()
    spoken: tuple[str, ...] = ()  # BCP 47 codes of the languages that are spoken there
    interpretation: str = ""  # what the source says on interpreters
    place_withheld: bool = False  # it has a place without a public address, such as a refuge


@dataclass(frozen=True)
class Organization:
    """Who runs services."""

    id: str
    name: str
    description: str = ""
    website: str = ""
    email: str = ""


@dataclass(frozen=True)
class GazetteerPlace:
    """A place that people name. `kind`: outcode, town, district or station; degrees WGS 84."""

    id: str
    kind: str
    name: str
    latitude: float
    longitude: float
    other_names: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Practice:
    """A good idea of a city: what it does for people who arrive. `theme`: work, live, learn, connect or plan."""

    id: str
    city: str
    country: str
    theme: str
    title: str
    what: str
    source: str
    evidence: str = ""
    source_url: str = ""
    year: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Point:
    """One plain sentence or two of an answer. `city` limits it to people of that city; None: everybody.

    audience: codes of those whom it holds for (AS, RF, VH, EU, UN); empty: everybody.
    """

    text: str
    city: str | None = None
    verified: bool = True
    audience: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A source of an answer: its code ("A1"), a name to show, its address and date as far as known."""

    code: str
    name: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True)
class Answer:
    """The checked answer to one question; `id` is "topic/slug" and never changes."""

    id: str
    topic: str
    question: str
    points: tuple[Point, ...]
    careful: tuple[Point, ...] = ()
    audience: tuple[str, ...] = ("ALL",)  # ALL, AS, RF, VH, EU, UN
    audience_note: str = ""  # whom it applies to, in plain words
    services: tuple[str, ...] = ()  # service ids, best first
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class Topic:
    """One of the subjects that answers and services are sorted by."""

    id: str
    name: str
    description: str = ""
    pictogram: str = ""


@dataclass(frozen=True)
class City:
    """A city that the desk serves. `contacts`: service ids of people to talk to there, best first."""

    id: str
    name: str
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """One consistent reading of all published content. `revision` grows with every change."""

    revision: int
    answers: dict[str, Answer]
    services: dict[str, Service]
    topics: dict[str, Topic]
    cities: dict[str, City]
    everywhere_contacts: tuple[str, ...] = ()  # service ids of people to talk to from anywhere
    gazetteer: tuple[GazetteerPlace, ...] = ()
    practices: dict[str, Practice] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)  # those that run a published service
