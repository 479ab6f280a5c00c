"""All published content as frozen records, read from the database in one go. Drafts are left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from bot.content import models, records
from bot.content.field_rules import is_weak_source, phone_link, web_address
from bot.content.pack.csv_files import natural_order
from bot.content.pack.tables import YES_NO_CONDITIONS
from bot.content.revision import read_revision

PUBLISHED = ("active", "temporarily closed")
EVERYWHERE = "national"
GENERAL_KNOWLEDGE = "GK"
NOT_SHOWN = "not shown"  # what the pack says where a page has no date

Row = Any
ByService = dict[str, list[Row]]


def read_content(connection: Connection) -> records.Content:
    """The content as one consistent whole; the connection must be in a transaction that sees one state."""
    owners = {row.id: records.Organization(**row._mapping) for row in _rows(connection, models.Organization)}
    services = _read_services(connection, owners)
    contacts = {
        area: tuple(row.service_id for row in rows if row.service_id in services)
        for area, rows in _by(_rows(connection, models.CityContact), "area").items()
    }
    cities = _rows(connection, models.City)
    terms = sorted(_rows(connection, models.TaxonomyTerm), key=lambda row: (row.position, row.id))
    return records.Content(
        revision=read_revision(connection),
        answers=_read_answers(connection, services),
        services=services,
        topics={row.id: records.Topic(row.id, row.name, row.description, row.pictogram) for row in terms},
        cities={row.id: records.City(row.id, row.name, contacts.get(row.id, ())) for row in cities},
        everywhere_contacts=contacts.get(EVERYWHERE, ()),
        gazetteer=tuple(_gazetteer_place(row) for row in _rows(connection, models.GazetteerPlace)),
        practices={row.id: records.Practice(**row._mapping) for row in _rows(connection, models.Practice)},
        organizations={key: owners[key] for key in dict.fromkeys(each.organization_id for each in services.values())},
    )


def _rows(connection: Connection, model: type[models.Base]) -> list[Row]:
    """All rows of a table, in the natural order of their first column."""
    return sorted(connection.execute(select(model.__table__)), key=lambda row: natural_order(row[0]))


def _by(rows: Iterable[Row], column: str) -> ByService:
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _read_services(connection: Connection, owners: dict[str, records.Organization]) -> dict[str, records.Service]:
    parts = {
        model: _by(_rows(connection, model), "service_id")
        for model in (
            models.Phone,
            models.Contact,
            models.Schedule,
            models.Language,
            models.CostOption,
            models.Accessibility,
            models.ServiceArea,
            models.Attribute,
            models.ServiceAtLocation,
            models.Condition,
            models.RequiredDocument,
            models.Notice,
        )
    }
    names = {row.url: row.name for row in _rows(connection, models.Source) if row.url}
    places = {row.id: _place(row) for row in _rows(connection, models.Location) if _may_be_shown(row)}
    return {
        row.id: _service(
            row, owners[row.organization_id].name, lambda model, key=row.id: parts[model].get(key, []), places, names
        )
        for row in _rows(connection, models.Service)
        if row.status in PUBLISHED
    }


def _service(
    row: Row,
    organization: str,
    part: Callable[[type[models.Base]], list[Row]],
    places: dict[str, records.Place],
    names: dict[str, str],
) -> records.Service:
    hours = _joined((schedule.description for schedule in part(models.Schedule)), "; ")
    return records.Service(
        id=row.id,
        name=row.name,
        organization=organization,
        description=row.description,
        topics=tuple(attribute.taxonomy_term_id for attribute in part(models.Attribute)),
        areas=tuple(area.area for area in part(models.ServiceArea)),
        url=row.url,
        phones=tuple(_phone(phone) for phone in part(models.Phone)),
        emails=tuple(contact.email for contact in part(models.Contact)),
        hours=_joined((row.alert, hours), " "),
        languages=_joined((_language(language) for language in part(models.Language)), ", "),
        cost=_joined((cost.amount_description for cost in part(models.CostOption)), "; "),
        eligibility=row.eligibility_description,
        how_to_access=row.application_process,
        accessibility=_joined((access.description for access in part(models.Accessibility)), "; "),
        places=tuple(places[link.location_id] for link in part(models.ServiceAtLocation) if link.location_id in places),
        provenance=_service_provenance(row, names),
        organization_id=row.organization_id,
        status=row.status,
        schedules=tuple(_schedule(schedule) for schedule in part(models.Schedule)),
        conditions=_conditions(row, part),
        notices=tuple(
            records.Notice(notice.kind, notice.text, notice.valid_from, notice.valid_to)
            for notice in part(models.Notice)
        ),
        spoken=tuple(dict.fromkeys(language.code for language in part(models.Language) if language.code)),
        interpretation=row.interpretation_services or "",
        place_withheld=any(link.location_id not in places for link in part(models.ServiceAtLocation)),
    )


def _schedule(row: Row) -> records.Schedule:
    return records.Schedule(
        text=row.description,
        opening_hours=row.opening_hours or "",
        freq=row.freq,
        interval=row.interval,
        byday=row.byday,
        bymonthday=row.bymonthday or "",
        dtstart=row.dtstart,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        call_first=row.call_first,
        doubtful=row.doubtful,
    )


def _conditions(row: Row, part: Callable[[type[models.Base]], list[Row]]) -> records.Conditions:
    costs = [cost.amount for cost in part(models.CostOption) if cost.amount]
    stated = next(iter(part(models.Condition)), None)
    flags = {name: getattr(stated, name) for name in YES_NO_CONDITIONS} if stated else {}
    return records.Conditions(
        audience=tuple(stated.audience.split(";")) if stated and stated.audience else (),
        gender=stated.gender if stated else "",
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        free=all(float(amount) == 0 for amount in costs) if costs else None,
        documents=tuple(paper.document for paper in part(models.RequiredDocument)),
        **flags,
    )


def _gazetteer_place(row: Row) -> records.GazetteerPlace:
    other = tuple(name.strip() for name in row.other_names.split(";") if name.strip())
    return records.GazetteerPlace(
        row.id, row.kind, row.name, row.latitude, row.longitude, other, row.source, row.licence
    )


def _joined(texts: Iterable[str], between: str) -> str:
    return between.join(dict.fromkeys(text for text in texts if text))


def _language(row: Row) -> str:
    return f"{row.name} ({row.note})" if row.name and row.note else row.name or row.note


def _phone(row: Row) -> records.Phone:
    return records.Phone(row.number, phone_link(row.number), row.description, row.free)


def _may_be_shown(row: Row) -> bool:
    return not row.confidential and row.location_type == "physical"


def _place(row: Row) -> records.Place:
    address = _joined((row.address_1, row.city), ", ")
    return records.Place(
        row.name,
        address,
        row.postal_code,
        row.latitude,
        row.longitude,
        row.transportation or "",
        row.id,
        row.address_1,
        row.city,
    )


def _service_provenance(row: Row, names: dict[str, str]) -> records.Provenance:
    return records.Provenance(
        source_url="" if web_address(row.source_url) else row.source_url,
        source_name=names.get(row.source_url) or urlsplit(row.source_url).hostname or row.source_url,
        source_date="" if row.source_date == NOT_SHOWN else row.source_date,
        checked_on=row.assured_date,
        review_colour=row.review_colour,
        doubts=row.doubts,
        verified=row.review_colour != "RED" and not row.doubts and not is_weak_source(row.source_url),
        owner=row.owner or "",
        next_review_on=row.next_review_date,
        licence=row.licence or "",
    )


def _read_answers(connection: Connection, services: dict[str, records.Service]) -> dict[str, records.Answer]:
    rows = _rows(connection, models.Source)
    sources = {row.code: records.Source(row.code, row.name, row.url, row.date) for row in rows}
    points = _parts(connection, models.AnswerPoint)
    pointers = _parts(connection, models.AnswerService)
    origins = _parts(connection, models.AnswerSource)
    answer = models.Answer
    ordered = connection.execute(select(answer.__table__).order_by(answer.topic, answer.position, answer.id))
    return {
        row.id: _answer(
            row,
            points.get(row.id, []),
            tuple(link.service_id for link in pointers.get(row.id, []) if link.service_id in services),
            tuple(sources[link.source_code] for link in origins.get(row.id, [])),
        )
        for row in ordered
    }


def _parts(connection: Connection, model: type[models.Base]) -> ByService:
    return _by(connection.execute(select(model.__table__).order_by(model.__table__.c.position)), "answer_id")


def _answer(
    row: Row, points: list[Row], services: tuple[str, ...], sources: tuple[records.Source, ...]
) -> records.Answer:
    def of_kind(kind: str) -> tuple[records.Point, ...]:
        return tuple(
            records.Point(
                point.text,
                point.city,
                point.verified,
                tuple(point.audience.split(";")) if point.audience else (),
            )
            for point in points
            if point.kind == kind
        )

    return records.Answer(
        id=row.id,
        topic=row.topic,
        question=row.question,
        points=of_kind("point"),
        careful=of_kind("careful"),
        audience=tuple(row.audience.split(";")),
        audience_note=row.audience_note,
        services=services,
        sources=sources,
        provenance=_answer_provenance(row, sources),
    )


def _answer_provenance(row: Row, sources: tuple[records.Source, ...]) -> records.Provenance:
    """General knowledge among the sources is enough to doubt an answer; of the others one good source is enough."""
    good = [source for source in sources if not is_weak_source(source.url)]
    guessed = any(source.code == GENERAL_KNOWLEDGE for source in sources)
    return records.Provenance(
        source_url=good[0].url if good else "",
        source_date=good[0].date if good else "",
        checked_on=row.assured_date,
        review_colour=row.review_colour,
        doubts=row.doubts,
        verified=bool(good) and not guessed and row.review_colour != "RED" and not row.doubts,
    )
