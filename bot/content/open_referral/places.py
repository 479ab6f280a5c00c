"""Places as HSDS locations. A place without a public address becomes a virtual one that holds contacts only."""

from typing import Any

from bot.content.open_referral.ids import stable_id
from bot.content.records import Place, Service

COUNTRY = "GB"
COUNTY = "West Midlands"  # of the cities that the desk serves; of other towns we do not know it
CONTACT_ONLY = "No public address. Get in touch first."

Object = dict[str, Any]


def locations_of(service: Service, cities: list[str]) -> list[Object]:
    """The locations of a service, each once; `cities`: the names of the cities of the desk."""
    if service.places:
        found = [_location(place, cities) for place in service.places]
        return list({location["id"]: location for location in found}.values())
    return [_contact_point(service)] if service.place_withheld else []


def place_id(place: Place) -> str:
    """The UUID of a place."""
    return stable_id("location", place.id)


def _contact_point(service: Service) -> Object:
    """Instead of a confidential place: its id is made of the service alone, so that nobody can compare places by it."""
    phones = [
        {"id": stable_id("phone", service.id, phone.number, "contact"), "number": phone.number}
        for phone in service.phones
    ]
    location = {
        "id": stable_id("location", service.id, "contact"),
        "location_type": "virtual",
        "description": CONTACT_ONLY,
    }
    return location | ({"phones": phones} if phones else {}) | ({"url": service.url} if service.url else {})


def _location(place: Place, cities: list[str]) -> Object:
    address = _address(place, cities)
    words = {
        "name": place.name,
        # An address with a part missing is no HSDS address; its words still help a person to get there.
        "description": "" if address else ", ".join(filter(None, (place.address, place.postal_code))),
        "transportation": place.transportation,
    }
    point = {"latitude": place.latitude, "longitude": place.longitude}
    return {
        "id": place_id(place),
        "location_type": "physical",
        **{name: value for name, value in words.items() if value},
        **({} if None in point.values() else point),
        **({"addresses": [address]} if address else {}),
    }


def _address(place: Place, cities: list[str]) -> Object | None:
    if not (place.street and place.postal_code and place.city in cities):
        return None
    return {
        "id": stable_id("address", place.id),
        "location_id": place_id(place),
        "address_1": place.street,
        "city": place.city,
        "state_province": COUNTY,
        "postal_code": place.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }
