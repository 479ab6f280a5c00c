"""JSON Schemas of what we publish and check as Open Referral UK 3.0, written by hand from the field names and types of the
standard. The standard's own files say more; `desk feed check --schemas` takes them."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
UUID: Schema = {"type": "string", "format": "uuid"}
URI: Schema = {"type": "string", "format": "uri"}
EMAIL: Schema = {"type": "string", "format": "email"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
FLAG: Schema = {"type": "boolean"}
LOCATION_TYPES: Schema = {"type": "string", "enum": ["physical", "postal", "virtual"]}
STATUSES: Schema = {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]}


def schemas(prefix: str = "#/components/schemas/") -> dict[str, Schema]:
    """Every schema by its name; references between them are `prefix` and a name. Properties not named are allowed."""

    def one(name: str) -> Schema:
        return {"$ref": prefix + name}

    def many(name: str) -> Schema:
        return {"type": "array", "items": one(name)}

    return {
        **_parts(one),
        **_main(one, many),
        **{f"{name}Page": _page(one(name)) for name in ("Service", "ServiceAtLocation", "Taxonomy", "TaxonomyTerm")},
    }


def _main(one, many) -> dict[str, Schema]:
    service = {
        "organization_id": UUID,
        "name": TEXT,
        "description": TEXT,
        "url": URI,
        "email": EMAIL,
        "status": STATUSES,
        "alert": TEXT,
        "fees": TEXT,
        "application_process": TEXT,
        "eligibility_description": TEXT,
        "minimum_age": NUMBER,
        "maximum_age": NUMBER,
        "interpretation_services": TEXT,
        "assured_date": DAY,
        "last_modified": MOMENT,
        "organization": one("Organization"),
        "languages": many("Language"),
        "phones": many("Phone"),
        "contacts": many("Contact"),
        "schedules": many("Schedule"),
        "service_areas": many("ServiceArea"),
        "service_at_locations": many("ServiceAtLocation"),
        "cost_options": many("CostOption"),
        "required_documents": many("RequiredDocument"),
        "attributes": many("Attribute"),
    }
    location = {
        "location_type": LOCATION_TYPES,
        "name": TEXT,
        "description": TEXT,
        "latitude": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        "addresses": many("Address"),
        "accessibility": many("Accessibility"),
    }
    about = {"name": TEXT, "description": TEXT}
    return {
        "Service": _record(service, "name", "status"),
        "Organization": _record({**about, "email": EMAIL, "website": URI}, "name", "description"),
        "Location": _record(location, "location_type"),
        "ServiceAtLocation": _record(
            {"service_id": UUID, "location_id": UUID, "location": one("Location"), "service": one("Service")}
        ),
        "Taxonomy": _record({**about, "uri": URI, "version": TEXT}, "name", "description"),
        "TaxonomyTerm": _record(
            {**about, "parent_id": UUID, "taxonomy": TEXT, "taxonomy_id": UUID, "term": TEXT, "term_uri": URI},
            "name",
            "description",
        ),
    }


def _parts(one) -> dict[str, Schema]:
    address = ("address_1", "city", "state_province", "postal_code", "country")
    return {
        "Address": _record({**dict.fromkeys(address, TEXT), "address_type": LOCATION_TYPES}, *address, "address_type"),
        "Accessibility": _record({"description": TEXT, "details": TEXT, "url": URI}),
        "Attribute": _record(
            {"link_id": UUID, "link_type": TEXT, "taxonomy_term_id": UUID, "taxonomy_term": one("TaxonomyTerm")}
        ),
        "Contact": _record({"name": TEXT, "title": TEXT, "email": EMAIL}),
        "CostOption": _record({"amount": NUMBER, "currency": TEXT, "amount_description": TEXT, "option": TEXT}),
        "Language": _record({"name": TEXT, "code": TEXT, "note": TEXT}),
        "Phone": _record({"number": TEXT, "description": TEXT}, "number"),
        "RequiredDocument": _record({"document": TEXT}),
        "Schedule": _record(
            {
                "freq": {"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
                "interval": NUMBER,
                "valid_from": DAY,
                "valid_to": DAY,
                "dtstart": DAY,
                **dict.fromkeys(("byday", "bymonthday", "opens_at", "closes_at", "description", "notes"), TEXT),
            }
        ),
        "ServiceArea": _record({"name": TEXT, "service_area": TEXT}),
    }


def _record(properties: dict[str, Schema], *required: str) -> Schema:
    return {"type": "object", "required": ["id", *required], "properties": {"id": UUID, **properties}}


def _page(item: Schema) -> Schema:
    whole: Schema = {"type": "integer", "minimum": 0}
    properties = {
        **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), whole),
        **dict.fromkeys(("first_page", "last_page", "empty"), FLAG),
        "contents": {"type": "array", "items": item},
    }
    return {"type": "object", "required": list(properties), "properties": properties}
