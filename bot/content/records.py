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
