"""Services as neighbours publish them, for the tests of taking feeds in. All are made up."""

import copy
from typing import Any

ORGANIZATION = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "Example Welcome Trust",
    "description": "A charity.",
    "website": "https://www.example.org",
    "email": "office@example.org",
}
FOOD = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Food club",
    "description": "<p>Cheap food every <b>week</b>.</p>",
    "url": "https://www.example.org/food",
    "status": "active",
    "minimum_age": 18,
    "assured_date": "2026-05-01",
    "eligibility_description": "Anyone in Coventry",
    "organization": ORGANIZATION,
    "phones": [{"id": "p1", "number": "024-7683 4025", "description": "Office"}],
    "contacts": [
        {
            "id": "c1",
            "name": "Jo Example",
            "title": "Reception",
            "email": "food@example.org",
            "phones": [{"number": "111"}],
        }
    ],
    "languages": [{"id": "l1", "name": "Polish", "code": "pl"}, {"id": "l2", "code": "ar"}],
    "schedules": [
        {"id": "s1", "freq": "WEEKLY", "byday": "TU,TH", "opens_at": "10:00:00", "closes_at": "12:30:00", "interval": 1}
    ],
    "cost_options": [{"id": "o1", "amount": 3.5, "currency": "GBP", "amount_description": "a basket"}],
    "required_documents": [{"id": "r1", "document": "A letter with your address"}],
    "service_areas": [{"id": "a1", "name": "Coventry City"}],
    "attributes": [
        {"id": "t1", "taxonomy_term": {"id": "tt1", "name": "Food banks"}},
        {"id": "t2", "taxonomy_term": {"id": "tt2", "name": "Beekeeping"}},
    ],
    "service_at_locations": [
        {
            "id": "x1",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical",
                "name": "Example Hall",
                "latitude": 52.409,
                "longitude": -1.51,
                "addresses": [
                    {
                        "id": "ad1",
                        "address_1": "30 Example Street",
                        "city": "Coventry",
                        "postal_code": "cv1 1fs",
                        "address_type": "physical",
                    }
                ],
                "accessibility": [{"id": "ac1", "description": "Ramp at the door"}],
            },
        }
    ],
}


def food(**changes: Any) -> dict[str, Any]:
    """The food club with other fields; None takes a field away."""
    service = copy.deepcopy(FOOD) | changes
    return {name: value for name, value in service.items() if value is not None}


def service(number: int, **changes: Any) -> dict[str, Any]:
    """A small service."""
    return {
        "id": f"service-{number}",
        "name": f"Service {number}",
        "description": f"What service {number} does.",
        "status": "active",
        "organization": ORGANIZATION,
        "phones": [{"id": f"phone-{number}", "number": "0121 303 7410"}],
    } | changes


def page(*services: dict[str, Any], number: int = 1, pages: int = 1) -> dict[str, Any]:
    """A page of a list."""
    return {
        "total_items": len(services) * pages,
        "total_pages": pages,
        "page_number": number,
        "size": len(services),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not services,
        "contents": list(services),
    }
