"""The tables of the database, named after HSDS 3.0 (Open Referral) where a name fits. No queries and no checks here."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, types
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID_LENGTH = 120


class UtcDateTime(types.TypeDecorator):
    """A moment with its time zone. SQLite forgets the zone, so that moments are stored as UTC and read back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        """The moment in UTC; a moment without a time zone raises ValueError, because nobody could tell when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone before it can be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        """The moment with the time zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables. Constraints get fixed names, because later migrations must be able to name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), datetime: UtcDateTime()}


def id_column() -> Mapped[str]:
    """A primary key that people can read."""
    return mapped_column(String(ID_LENGTH), primary_key=True)


def link_to(target: str) -> Mapped[str]:
    """A column that holds the id of a record of another table; `target` is "table.column"."""
    return mapped_column(String(ID_LENGTH), ForeignKey(target), index=True)


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


class Answer(Base):
    """The answer to one question. `audience` holds codes with semicolons between them, such as "RF;VH"."""

    __tablename__ = "answer"
    id: Mapped[str] = id_column()
    topic: Mapped[str] = link_to("taxonomy_term.id")
    position: Mapped[int]
    question: Mapped[str]
    audience: Mapped[str]
    audience_note: Mapped[str]
    review_colour: Mapped[str]
    assured_date: Mapped[date | None]
    doubts: Mapped[str]


class AnswerPoint(Base):
    """One thing that an answer says: `kind` is "point" or "careful"; `audience` as in an answer, None for everybody."""

    __tablename__ = "answer_point"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("city.id"))
    audience: Mapped[str | None]
    verified: Mapped[bool]


class AnswerService(Base):
    """The services that an answer points to, best first."""

    __tablename__ = "answer_service"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = link_to("service.id")


class AnswerSource(Base):
    """The sources of an answer, in the order of the editors."""

    __tablename__ = "answer_source"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source_code: Mapped[str] = link_to("source.code")


class PackBaseline(Base):
    """The digest of each record as it was last read from or written to the pack: the common ancestor of both sides."""

    __tablename__ = "pack_baseline"
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64))


class ContentRevision(Base):
    """One row (id 1): a number that grows with every change of content."""

    __tablename__ = "content_revision"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class Conversation(Base):
    """What is remembered of a conversation: no messages, and nothing that names a person."""

    __tablename__ = "conversation"
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    language: Mapped[str | None] = mapped_column(String(35))
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    slots: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime]

    __table_args__ = (Index(None, "updated_at"),)


class RecordReport(Base):
    """Somebody says that a record is wrong. `reason` is a code, `text` is redacted; nothing tells whose words they are.

    `table_name` and `record_id` name the record as the pack does. Open while `resolved_on` is None.
    """

    __tablename__ = "record_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    reported_on: Mapped[date]
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    reason: Mapped[str] = mapped_column(String(30))
    text: Mapped[str]
    channel: Mapped[str] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(35))
    times: Mapped[int]
    resolved_on: Mapped[date | None]
    resolved_by: Mapped[str | None]

    __table_args__ = (Index(None, "table_name", "record_id"), {"sqlite_autoincrement": True})


class UnansweredQuestion(Base):
    """A question that the desk could not answer, without names and numbers, and how often it came. Nothing tells whose.

    `asked_on` is the day it came last. `nearest` holds [answer id, confidence] pairs. Open while `resolved_on` is None.
    """

    __tablename__ = "unanswered_question"
    id: Mapped[int] = mapped_column(primary_key=True)
    asked_on: Mapped[date]
    language: Mapped[str] = mapped_column(String(35))
    text: Mapped[str]
    nearest: Mapped[list[Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(30))
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    times: Mapped[int]
    resolved_on: Mapped[date | None]
    resolved_by: Mapped[str | None]

    # An id is never given twice, because a conversation takes back what it added by its id.
    __table_args__ = (UniqueConstraint("language", "text"), {"sqlite_autoincrement": True})
