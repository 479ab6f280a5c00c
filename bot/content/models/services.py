"""Services and what belongs to them, with the names of HSDS 3.0 (Open Referral) where one fits; places and practices."""

from datetime import date

from sqlalchemy.orm import Mapped

from bot.content.models.base import Base, id_column, link_to


class City(Base):
    """A city that the desk serves."""

    __tablename__ = "city"
    id: Mapped[str] = id_column()
    name: Mapped[str]


class TaxonomyTerm(Base):
    """A topic that answers and services are sorted by."""

    __tablename__ = "taxonomy_term"
    id: Mapped[str] = id_column()
    taxonomy: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str]
    pictogram: Mapped[str]


class Source(Base):
    """Where the facts of answers come from; the code is short, such as "A1"."""

    __tablename__ = "source"
    code: Mapped[str] = id_column()
    name: Mapped[str]
    url: Mapped[str]
    date: Mapped[str]
    note: Mapped[str]


class Organization(Base):
    """Who runs services."""

    __tablename__ = "organization"
    id: Mapped[str] = id_column()
    name: Mapped[str]
    description: Mapped[str]
    website: Mapped[str]
    email: Mapped[str]


class Service(Base):
    """What a person can go to or call.

    The columns from `source_url` on tell how far to trust the record and who looks at it next. `licence` is that of the
    source where the record came from another publisher's feed.
    """

    __tablename__ = "service"
    id: Mapped[str] = id_column()
    organization_id: Mapped[str] = link_to("organization.id")
    name: Mapped[str]
    description: Mapped[str]
    url: Mapped[str]
    status: Mapped[str]
    alert: Mapped[str]
    application_process: Mapped[str]
    eligibility_description: Mapped[str]
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    source_url: Mapped[str]
    source_date: Mapped[str]
    doubts: Mapped[str]
    review_colour: Mapped[str]
    assured_date: Mapped[date | None]
    owner: Mapped[str | None]
    next_review_date: Mapped[date | None]
    licence: Mapped[str | None]
    interpretation_services: Mapped[str | None]


class Location(Base):
    """A place. A confidential place has no address and no map point, and is never shown."""

    __tablename__ = "location"
    id: Mapped[str] = id_column()
    location_type: Mapped[str]
    confidential: Mapped[bool]
    name: Mapped[str]
    address_1: Mapped[str]
    city: Mapped[str]
    postal_code: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    transportation: Mapped[str | None]


class ServiceAtLocation(Base):
    """Which service is at which place."""

    __tablename__ = "service_at_location"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    location_id: Mapped[str] = link_to("location.id")


class Schedule(Base):
    """When a service is open: the words of the source, and a form for machines where somebody filled it.

    That form is `opening_hours` (OpenStreetMap's syntax), or else an RRULE in its parts (`dtstart` to `closes_at`).
    `doubtful`: the source's days or times are known to be shaky. `call_first`: ring before you go.
    """

    __tablename__ = "schedule"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    freq: Mapped[str]
    byday: Mapped[str]
    opens_at: Mapped[str]
    closes_at: Mapped[str]
    description: Mapped[str]
    dtstart: Mapped[date | None]
    interval: Mapped[int | None]
    bymonthday: Mapped[str | None]
    opening_hours: Mapped[str | None]
    call_first: Mapped[bool | None]
    doubtful: Mapped[bool | None]


class Phone(Base):
    """A telephone number of a service."""

    __tablename__ = "phone"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    number: Mapped[str]
    free: Mapped[bool | None]
    description: Mapped[str]


class Contact(Base):
    """An e-mail address of a service."""

    __tablename__ = "contact"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    name: Mapped[str]
    email: Mapped[str]


class Language(Base):
    """A language that a service speaks (name and code), or what the source says about languages (note)."""

    __tablename__ = "language"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    name: Mapped[str]
    code: Mapped[str]
    note: Mapped[str]


class CostOption(Base):
    """What a service costs. The amount is kept as written, so that 12.50 stays 12.50."""

    __tablename__ = "cost_option"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    amount: Mapped[str]
    currency: Mapped[str]
    amount_description: Mapped[str]


class Accessibility(Base):
    """How disabled people can use a service."""

    __tablename__ = "accessibility"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    description: Mapped[str]


class ServiceArea(Base):
    """Where a service works: the id of a city, "west_midlands" or "national"."""

    __tablename__ = "service_area"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    area: Mapped[str]


class Attribute(Base):
    """Which topics a service belongs to."""

    __tablename__ = "attribute"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    taxonomy_term_id: Mapped[str] = link_to("taxonomy_term.id")


class Condition(Base):
    """For whom a service is, how to get in and what it offers; at most one row a service. None and "": not known.

    `audience` holds codes as in an answer; `gender` is "women", "men" or "".
    """

    __tablename__ = "condition"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    audience: Mapped[str]
    gender: Mapped[str]
    children_welcome: Mapped[bool | None]
    step_free: Mapped[bool | None]
    interpreter: Mapped[bool | None]
    walk_in: Mapped[bool | None]
    by_phone: Mapped[bool | None]
    online: Mapped[bool | None]
    appointment_needed: Mapped[bool | None]
    registration_needed: Mapped[bool | None]
    referral_needed: Mapped[bool | None]
    papers_asked: Mapped[bool | None]


class RequiredDocument(Base):
    """A paper to bring to a service."""

    __tablename__ = "required_document"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    document: Mapped[str]


class Notice(Base):
    """A closure or a message with a first and a last day, after which it is no longer shown. `kind`: closed or message."""

    __tablename__ = "notice"
    id: Mapped[str] = id_column()
    service_id: Mapped[str] = link_to("service.id")
    kind: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    text: Mapped[str]


class GazetteerPlace(Base):
    """A place that people name: `kind` is outcode, town, district or station. `other_names` have semicolons between them."""

    __tablename__ = "gazetteer_place"
    id: Mapped[str] = id_column()
    kind: Mapped[str]
    name: Mapped[str]
    other_names: Mapped[str]
    latitude: Mapped[float]
    longitude: Mapped[float]
    source: Mapped[str]
    licence: Mapped[str | None]


class Practice(Base):
    """A good idea of a city somewhere: what it does for people who arrive, and where that is written."""

    __tablename__ = "practice"
    id: Mapped[str] = id_column()
    city: Mapped[str]
    country: Mapped[str]
    theme: Mapped[str]
    title: Mapped[str]
    what: Mapped[str]
    evidence: Mapped[str]
    source: Mapped[str]
    source_url: Mapped[str]
    year: Mapped[str]
    contact: Mapped[str]


class CityContact(Base):
    """People to talk to when the desk cannot help, best first; the area "national" is for people of any place."""

    __tablename__ = "city_contact"
    id: Mapped[str] = id_column()
    area: Mapped[str]
    service_id: Mapped[str] = link_to("service.id")
