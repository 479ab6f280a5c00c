"""The shapes in which neighbours publish services as JSON, brought into one: a list of services with their parts inside.

Known: a page of a list, a list, the whole of HSDS as flat tables, organizations with services inside, services at
locations. What the fields mean is in parts.py.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.errors import FeedError

Object = dict[str, Any]

DEEPEST = 32  # lists and objects inside each other; the standard needs about ten
LARGEST_FILE = 100_000_000  # bytes
PAGE_NAMES = ("contents", "content", "items")
# Older names of HSDS and of the first Open Referral UK standard, and what they are called now.
RENAMED = {
    "service": "services",
    "organization": "organizations",
    "location": "locations",
    "service_at_location": "service_at_locations",
    "services_at_location": "service_at_locations",
    "phone": "phones",
    "contact": "contacts",
    "schedule": "schedules",
    "regular_schedule": "schedules",
    "regular_schedules": "schedules",
    "language": "languages",
    "cost_option": "cost_options",
    "service_area": "service_areas",
    "required_document": "required_documents",
    "address": "addresses",
    "physical_address": "addresses",
    "physical_addresses": "addresses",
    "accessibility_for_disabilities": "accessibility",
    "attribute": "attributes",
    "taxonomy_term": "taxonomy_terms",
}


def read_json(data: bytes) -> Any:
    """The document in `data`. Raises FeedError where it is not JSON, too large, or nested too deeply."""
    if len(data) > LARGEST_FILE:
        raise FeedError(f"The feed is larger than {LARGEST_FILE // 1_000_000} MB; ask its publisher for smaller pages.")
    try:
        document = json.loads(data, parse_constant=_refuse_constant)
    except RecursionError:
        raise FeedError("The feed is nested too deeply to be a list of services; nothing was read.") from None
    except ValueError:  # broken JSON, broken UTF-8 and numbers of thousands of digits alike
        raise FeedError(
            "The feed is not JSON that can be read; check that it is the address of its services."
        ) from None
    _check_depth(document)
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check_depth(document: Any) -> None:
    level, depth = [document], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise FeedError("The feed is nested too deeply to be a list of services; nothing was read.")
        level = [inner for outer in level for inner in _inside(outer)]


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def text(source: Object, *names: str) -> str:
    """The first of these fields that holds words or a number, as a text; "" where none does."""
    for name in names:
        value = source.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def objects(source: Object, *names: str) -> list[Object]:
    """All objects that stand in these fields, alone or in lists."""
    found: list[Object] = []
    for name in names:
        value = source.get(name)
        found += [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
    return found


def page_items(document: Any) -> list[Object] | None:
    """What stands on a page of a list; None where the document is no page."""
    if isinstance(document, list):
        return [one for one in document if isinstance(one, dict)]
    if isinstance(document, dict):
        for name in PAGE_NAMES:
            if isinstance(document.get(name), list):
                return objects(document, name)
    return None


def services_of(documents: Iterable[Any]) -> list[Object]:
    """The services of all documents, each once and with its parts inside, in the order of the feed.

    Of a service that comes twice the later one counts; places of both are kept.
    """
    found: dict[str, Object] = {}
    for number, service in enumerate(service for document in documents for service in _services(document)):
        key = text(service, "id") or f"without id {number}"
        earlier = found.pop(key, {})
        places = objects(earlier, "service_at_locations") + objects(service, "service_at_locations")
        found[key] = earlier | service | ({"service_at_locations": places} if places else {})
    return list(found.values())


def _services(document: Any) -> Iterator[Object]:
    items = page_items(document)
    if items is None and isinstance(document, dict):
        tables = _tables(document)
        items = _joined(tables) if isinstance(document.get("services"), list) and "id" not in document else [document]
    for item in items or ():
        yield from _services_of_item(item)


def _services_of_item(item: Object) -> Iterator[Object]:
    if isinstance(item.get("service"), dict):
        place = {name: value for name, value in item.items() if name != "service"}
        yield item["service"] | {"service_at_locations": [place]}
    elif isinstance(item.get("services"), list) and "organization" not in item:
        organization = {name: value for name, value in item.items() if name != "services"}
        for service in objects(item, "services"):
            yield {"organization": organization} | service
    else:
        yield item


def _tables(document: Object) -> dict[str, list[Object]]:
    """The flat tables of a document, under their names of today."""
    tables: dict[str, list[Object]] = {}
    for name in document:
        tables.setdefault(RENAMED.get(name, name), []).extend(objects(document, name))
    return tables


def _joined(tables: dict[str, list[Object]]) -> list[Object]:
    """Services with the rows of all other tables that name them put inside."""
    organizations = _by_id(tables.get("organizations", []))
    terms = _by_id(tables.get("taxonomy_terms", []))
    locations = _by_id(tables.get("locations", []))
    for name in ("addresses", "accessibility"):
        _put_inside(locations, tables.get(name, []), "location_id", name)
    services = [dict(service) for service in tables["services"]]
    known = _by_id(services)
    for link in tables.get("service_at_locations", []):
        link.setdefault("location", locations.get(text(link, "location_id"), {}))
    for attribute in tables.get("attributes", []):
        attribute.setdefault("taxonomy_term", terms.get(text(attribute, "taxonomy_term_id"), {}))
        attribute.setdefault("service_id", text(attribute, "link_id"))
    for name, rows in tables.items():
        if name not in ("services", "organizations", "locations", "taxonomy_terms", "addresses"):
            _put_inside(known, rows, "service_id", name)
    for service in services:
        service.setdefault("organization", organizations.get(text(service, "organization_id"), {}))
    return services


def _by_id(rows: list[Object]) -> dict[str, Object]:
    return {text(row, "id"): row for row in rows}


def _put_inside(owners: dict[str, Object], rows: list[Object], link: str, name: str) -> None:
    for row in rows:
        owner = owners.get(text(row, link)) if text(row, link) else None
        if owner is not None:
            owner[name] = [*objects(owner, name), row]
