"""What the fields of a published service mean here: each part of it as cells of one of the pack's tables.

The values are cleaned and brought into the desk's form, but not yet checked: that is done in records.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.content.feeds import texts
from bot.content.feeds.refuges import addresses_of
from bot.content.feeds.schedules import schedule_cells
from bot.content.feeds.shapes import Object, objects, text
from bot.content.field_rules import language_code

Cells = dict[str, str]


@dataclass(frozen=True)
class Part:
    """A row for a table, without its ids.

    own: the feed's id for it, "" where it has none. left_out: what of it could not come in, in words.
    """

    table: str
    cells: Cells
    own: str = ""
    left_out: str = ""


def service_cells(service: Object) -> Cells:
    """The columns of `services` that a feed can know. An unknown status becomes a draft, which is not shown."""
    name = texts.plain_line(text(service, "name"))
    status = text(service, "status").casefold()
    alert = texts.clean(text(service, "alert"))
    if status == "temporarily closed" and not alert:
        alert = "Closed for now."
    ages = objects(service, "eligibilitys", "eligibility")
    return {
        "name": name,
        "description": texts.clean(text(service, "description")) or name,
        "url": text(service, "url"),
        "status": status if status in ("active", "inactive", "defunct", "temporarily closed") else "inactive",
        "alert": alert,
        "application_process": texts.clean(text(service, "application_process")),
        "eligibility_description": texts.clean(text(service, "eligibility_description")),
        "minimum_age": texts.whole(_first(service, ages, "minimum_age")),
        "maximum_age": texts.whole(_first(service, ages, "maximum_age")),
        "source_date": texts.day(text(service, "assured_date", "last_modified")),
        "interpretation_services": texts.clean(text(service, "interpretation_services")),
        "licence": texts.plain_line(text(service, "licence", "license", "x_licence")),
    }


def _first(service: Object, others: list[Object], name: str) -> str:
    return next((value for one in [service, *others] if (value := text(one, name))), "")


def organization_cells(organization: Object) -> Cells:
    """The columns of `organizations`."""
    return {
        "name": texts.plain_line(text(organization, "name")),
        "description": texts.clean(text(organization, "description")),
        "website": text(organization, "website", "url"),
        "email": text(organization, "email"),
    }


def location_cells(location: Object) -> Cells:
    """The columns of `locations`; a place without an address that people can go to is a virtual one."""
    address = next(iter(addresses_of(location)), {})
    street = ", ".join(filter(None, (texts.plain_line(text(address, name)) for name in ("address_1", "address_2"))))
    latitude, longitude = text(location, "latitude"), text(location, "longitude")
    kind = text(location, "location_type").casefold()
    if kind not in ("physical", "postal", "virtual"):
        kind = "physical" if address or latitude else "virtual"
    return {
        "location_type": kind,
        "confidential": "no",
        "name": texts.plain_line(text(location, "name")),
        "address_1": street,
        "city": texts.plain_line(text(address, "city")),
        "postal_code": texts.postcode(text(address, "postal_code")),
        "latitude": _degrees(latitude),
        "longitude": _degrees(longitude),
        "transportation": texts.clean(text(location, "transportation")),
    }


def _degrees(number: str) -> str:
    try:
        return f"{float(number):.6f}".rstrip("0").rstrip(".") if number else ""
    except (ValueError, OverflowError):
        return number


def parts_of(service: Object, places: list[Object], language_name: Callable[[str], str]) -> Iterator[Part]:
    """All parts of a service but its organization, its places, its areas and its topics.

    places: its locations; language_name: the English name of a language code, "" where it is not known.
    """
    yield from _phones(service, places)
    yield from _contacts(service)
    yield from _schedules(service, places)
    yield from _languages(service, language_name)
    yield from _costs(service)
    for source in [service, *places]:
        for access in objects(source, "accessibility", "accessibility_for_disabilities"):
            words = texts.clean(text(access, "description", "accessibility"))
            if words:
                yield Part("accessibility", {"description": words}, text(access, "id"))
    for paper in objects(service, "required_documents"):
        if words := texts.clean(text(paper, "document"), 300):
            yield Part("required_documents", {"document": words}, text(paper, "id"))


def _phones(service: Object, places: list[Object]) -> Iterator[Part]:
    organization = next(iter(objects(service, "organization")), {})
    near = [(service, ""), *((contact, _office(contact)) for contact in objects(service, "contacts"))]
    near += [(place, texts.plain_line(text(place, "name"))) for place in places]
    found = [(phone, note) for source, note in near for phone in objects(source, "phones")]
    # The organization's own number only where the service has none: it may lead to a switchboard.
    found = found or [
        (phone, texts.plain_line(text(organization, "name"))) for phone in objects(organization, "phones")
    ]
    for phone, note in found:
        number, extension = texts.phone_number(text(phone, "number"))
        extension = text(phone, "extension") or extension
        description = texts.clean(text(phone, "description"), 300) or note
        if extension:
            description = ", ".join(filter(None, (description, f"extension {texts.plain_line(extension, 20)}")))
        yield Part(
            "phones",
            {"number": number, "free": _flag(phone.get("x_free")), "description": description},
            text(phone, "id"),
        )


def _flag(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else ""


def _office(contact: Object) -> str:
    """What an office is called. Names of people are left out."""
    return ", ".join(filter(None, (texts.plain_line(text(contact, name)) for name in ("title", "department"))))


def _contacts(service: Object) -> Iterator[Part]:
    for source in [service, *objects(service, "contacts")]:
        if email := text(source, "email"):
            name = "" if source is service else _office(source)
            own = "" if source is service else text(source, "id")
            yield Part("contacts", {"name": name, "email": email.removeprefix("mailto:").strip()}, own)


def _schedules(service: Object, places: list[Object]) -> Iterator[Part]:
    links = objects(service, "service_at_locations")
    for source in [service, *links, *places]:
        for schedule in objects(source, "schedules", "regular_schedules", "regular_schedule"):
            cells, left_out = schedule_cells(schedule)
            yield Part("schedules", cells, text(schedule, "id"), left_out)


def _languages(service: Object, language_name: Callable[[str], str]) -> Iterator[Part]:
    for language in objects(service, "languages"):
        code = text(language, "code").replace("_", "-")
        name = texts.plain_line(text(language, "name", "language"), 60)
        if not name and not language_code(code):
            name = language_name(code)
        note = texts.clean(text(language, "note"), 300)
        if name or note or code:
            yield Part("languages", {"name": name, "code": code, "note": note}, text(language, "id"))


def _costs(service: Object) -> Iterator[Part]:
    fees = texts.clean(text(service, "fees_description", "fees"))
    if fees:
        yield Part("cost_options", {"amount": "", "currency": "", "amount_description": fees})
    for cost in objects(service, "cost_options"):
        amount, option = _amount(text(cost, "amount")), texts.clean(text(cost, "option"), 300)
        currency = text(cost, "currency").upper()
        words = ": ".join(dict.fromkeys(filter(None, (option, texts.clean(text(cost, "amount_description"), 300)))))
        words = words or ("Free" if amount == "0" else f"{amount} {currency}".strip())
        if words:
            cells = {"amount": amount, "currency": currency, "amount_description": words}
            yield Part("cost_options", cells, text(cost, "id"))


def _amount(number: str) -> str:
    """35.0 as 35 and 12.5 as 12.50; what is no sum stays and fails the rule for sums."""
    try:
        value = float(number)
    except ValueError:
        return number
    return f"{value:.2f}".removesuffix(".00") if 0 <= value < 1_000_000 else number


def terms_of(service: Object) -> list[str]:
    """The names of the taxonomy terms of a service."""
    found = []
    for attribute in objects(service, "attributes", "service_taxonomys"):
        for term in objects(attribute, "taxonomy_term", "taxonomy"):
            found.append(texts.plain_line(text(term, "name", "term")))
        found.append(texts.plain_line(text(attribute, "value", "label")))
    return list(dict.fromkeys(filter(None, found)))


def areas_of(service: Object) -> list[str]:
    """The words for the areas in which a service works."""
    areas = objects(service, "service_areas")
    words = [texts.plain_line(text(area, name)) for area in areas for name in ("name", "service_area")]
    return list(dict.fromkeys(filter(None, words)))
