"""Our services as objects of Open Referral UK 3.0 (HSDS 3.0), a superset of both. No HTTP, no pages, no filters.

Left out on purpose: what editors note for themselves (doubts, owner), drafts, and every address that is confidential.
Extra fields of our own begin with `x_`. An optional field without a value is left out, never null.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.content.open_referral.hours import schedule_rows
from bot.content.open_referral.ids import stable_id
from bot.content.open_referral.places import locations_of
from bot.content.records import Content, Notice, Organization, Service, Topic

TAXONOMY = "topic"
TAXONOMY_NAME = "Topics"
TAXONOMY_DESCRIPTION = "What the orientation desk sorts answers and services by."
AREA_NAMES = {"national": "National", "west_midlands": "West Midlands"}

Object = dict[str, Any]


class OpenReferral:
    """Renders the services of one `Content`. Nothing is rendered before it is asked for."""

    def __init__(
        self,
        content: Content,
        *,
        today: date,
        modified: Callable[[str], datetime | None] = lambda service: None,
        language_name: Callable[[str], str] = lambda code: "",
    ) -> None:
        """today: decides which notices hold. modified: when a service (by its id) last changed, with a time zone.
        language_name: the English name of a language code, "" where there is none."""
        self.content = content
        self._today = today
        self._modified = modified
        self._language_name = language_name
        self._run_by: dict[str, list[str]] = defaultdict(list)
        for service in content.services.values():
            self._run_by[owner_of(service)].append(service.name)

    def modified(self, service: Service) -> datetime | None:
        """When the service last changed: as the database noted it, else None."""
        return self._modified(service.id)

    def service(self, service: Service) -> Object:
        """A service with everything that belongs to it."""
        locations = [
            {key: sal[key] for key in ("id", "service_id", "location_id", "location")} for sal in self._at(service)
        ]
        return self.service_listed(service) | filled(
            languages=self._languages(service),
            phones=_phones(service),
            contacts=_contacts(service),
            schedules=schedule_rows(service),
            service_areas=self._areas(service),
            service_at_locations=locations,
            cost_options=_costs(service),
            required_documents=_documents(service),
            attributes=self._attributes(service),
        )

    def service_listed(self, service: Service) -> Object:
        """A service with its organization and what it has one of, as the list of services shows it."""
        provenance, modified = service.provenance, self.modified(service)
        closed, alert = notice_in_force(service.notices, self._today)
        conditions = service.conditions
        return filled(
            id=stable_id("service", service.id),
            organization_id=stable_id("organization", owner_of(service)),
            name=service.name,
            description=service.description,
            url=service.url,
            email=service.emails[0] if service.emails else "",
            status="temporarily closed" if closed else service.status,
            alert=alert,
            fees=service.cost,
            application_process=service.how_to_access,
            eligibility_description=service.eligibility,
            minimum_age=conditions.minimum_age,
            maximum_age=conditions.maximum_age,
            interpretation_services=service.interpretation,
            x_accessibility=service.accessibility,
            assured_date=provenance.checked_on and provenance.checked_on.isoformat(),
            last_modified=modified and modified.isoformat(),
            organization=self.organization(service),
            x_verified=provenance.verified,
            x_next_review_date=provenance.next_review_on and provenance.next_review_on.isoformat(),
            x_source=_source(service),
            x_conditions=_conditions(service),
        )

    def organization(self, service: Service) -> Object:
        """Who runs a service. HSDS wants a description; where we have none, it says what they run."""
        known = self.content.organizations.get(service.organization_id)
        owner = known or Organization(owner_of(service), service.organization)
        return filled(
            id=stable_id("organization", owner.id),
            name=owner.name,
            description=owner.description or f"{owner.name} runs: {'; '.join(self._run_by[owner.id])}.",
            website=owner.website,
            email=owner.email,
        )

    def services_at_locations(self, service: Service) -> list[Object]:
        """Each place of a service with the place, and the service as a list shows it."""
        listed = self.service_listed(service)
        short = [{**sal, "location": _one_to_one(sal["location"])} for sal in self._at(service)]
        return [{**sal, "service": listed} for sal in short]

    def service_at_location(self, service: Service, key: str) -> Object:
        """One place of a service, by its UUID, with everything that belongs to it.

        The standard's own OpenAPI document holds this object against the schema of a service, its text and its examples
        do not. So the service's name and status stand here too, which fits both.
        """
        sal = next(each for each in self._at(service) if each["id"] == key)
        whole = self.service(service)
        return {**sal, "name": service.name, "status": whole["status"], "service": whole}

    def taxonomy(self) -> Object:
        """The one taxonomy that we sort by, without its terms."""
        return {"id": stable_id("taxonomy", TAXONOMY), "name": TAXONOMY_NAME, "description": TAXONOMY_DESCRIPTION}

    def taxonomy_term(self, topic: Topic) -> Object:
        """One topic."""
        return {
            "id": stable_id("taxonomy_term", topic.id),
            "name": topic.name,
            "description": topic.description or topic.name,
            "taxonomy": TAXONOMY_NAME,
            "taxonomy_id": stable_id("taxonomy", TAXONOMY),
            "term": topic.id,
        }

    def _at(self, service: Service) -> list[Object]:
        described = {"id": stable_id("accessibility", service.id), "description": service.accessibility}
        access = {"accessibility": [described]} if service.accessibility else {}
        return [
            {
                "id": stable_id("service_at_location", service.id, location["id"]),
                "service_id": stable_id("service", service.id),
                "location_id": location["id"],
                "location": location | access,
            }
            for location in locations_of(service, [city.name for city in self.content.cities.values()])
        ]

    def _languages(self, service: Service) -> list[Object]:
        """One object a language, and one with the words of the source where these say more."""
        named = [(code, self._language_name(code)) for code in service.spoken]
        rows = [_part("language", service, code, code=code, name=name) for code, name in named]
        if service.languages and service.languages != ", ".join(name for _, name in named):
            rows.append(_part("language", service, "note", note=service.languages))
        return rows

    def _areas(self, service: Service) -> list[Object]:
        cities = self.content.cities
        names = [cities[area].name if area in cities else AREA_NAMES.get(area, area) for area in service.areas]
        areas = zip(service.areas, names, strict=True)
        return [_part("service_area", service, area, name=name, service_area=name) for area, name in areas]

    def _attributes(self, service: Service) -> list[Object]:
        topics = [self.content.topics[topic] for topic in service.topics if topic in self.content.topics]
        return [
            filled(
                id=stable_id("attribute", service.id, topic.id),
                link_id=stable_id("service", service.id),
                link_type="service",
                taxonomy_term_id=stable_id("taxonomy_term", topic.id),
                taxonomy_term=self.taxonomy_term(topic),
            )
            for topic in topics
        ]


def filled(**fields: Any) -> Object:
    """The fields that have a value; False and 0 are values."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def notice_in_force(notices: tuple[Notice, ...], today: date) -> tuple[bool, str]:
    """(whether a closure holds today, the words of all notices that hold today with their days, closures first)."""
    held = [
        notice
        for notice in sorted(notices, key=lambda notice: notice.kind != "closed")
        if (notice.valid_from is None or notice.valid_from <= today)
        and (notice.valid_to is None or today <= notice.valid_to)
    ]
    return any(notice.kind == "closed" for notice in held), " ".join(_with_days(notice) for notice in held)


def _with_days(notice: Notice) -> str:
    days = [
        f"{word} {day.isoformat()}" for word, day in (("from", notice.valid_from), ("until", notice.valid_to)) if day
    ]
    return f"{notice.text} ({' '.join(days)})" if days else notice.text


def owner_of(service: Service) -> str:
    """The id of the organization that runs a service; its name where a record was made without one."""
    return service.organization_id or service.organization


def _one_to_one(whole: Object) -> Object:
    return {name: value for name, value in whole.items() if not isinstance(value, list)}


def _part(table: str, service: Service, key: str, **fields: Any) -> Object:
    """A row that belongs to a service; `key` tells it from the others of its table, and stays when these change."""
    ids = {"id": stable_id(table, service.id, key), "service_id": stable_id("service", service.id)}
    return ids | filled(**fields)


def _phones(service: Service) -> list[Object]:
    rows = [
        _part("phone", service, each.number, number=each.number, description=each.description, x_free=each.free)
        for each in service.phones
    ]
    return list({row["id"]: row for row in rows}.values())


def _contacts(service: Service) -> list[Object]:
    return [_part("contact", service, email, email=email) for email in dict.fromkeys(service.emails)]


def _costs(service: Service) -> list[Object]:
    if not service.cost and service.conditions.free is None:
        return []
    amount = {"amount": 0, "currency": "GBP"} if service.conditions.free else {}
    return [_part("cost_option", service, "cost", amount_description=service.cost, **amount)]


def _documents(service: Service) -> list[Object]:
    papers = dict.fromkeys(service.conditions.documents)
    return [_part("required_document", service, paper, document=paper) for paper in papers]


def _source(service: Service) -> Object:
    known = service.provenance
    return filled(name=known.source_name, url=known.source_url, date=known.source_date, licence=known.licence)


def _conditions(service: Service) -> Object:
    """What is known of who may come and how, in our own words; HSDS has no fields for it."""
    known = service.conditions
    return filled(
        audience=list(known.audience),
        gender=known.gender,
        children_welcome=known.children_welcome,
        step_free=known.step_free,
        interpreter=known.interpreter,
        walk_in=known.walk_in,
        by_phone=known.by_phone,
        online=known.online,
        appointment_needed=known.appointment_needed,
        registration_needed=known.registration_needed,
        referral_needed=known.referral_needed,
        papers_asked=known.papers_asked,
        free=known.free,
    )
