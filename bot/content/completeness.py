"""Counts how much is known of the services: how many have a phone number, hours that machines can read, and so on.

It only counts; whether a fact is right is not judged here.
"""

from collections.abc import Callable, Iterable

from bot.content.records import Conditions, Service

KNOWN: dict[str, Callable[[Service], object]] = {
    "phone number": lambda service: service.phones,
    "phone, e-mail or web page": lambda service: service.phones or service.emails or service.url,
    "place that may be shown": lambda service: service.places,
    "place on the map": lambda service: any(place.latitude is not None for place in service.places),
    "opening hours in words": lambda service: service.hours,
    "opening hours for machines": lambda service: any(each.opening_hours or each.freq for each in service.schedules),
    "whom it is for, in words": lambda service: service.eligibility,
    "audience": lambda service: service.conditions.audience,
    "audience, women or men, or age": lambda service: _says_who(service.conditions),
    "how to get in": lambda service: _says_how(service.conditions),
    "languages spoken": lambda service: service.spoken,
    "languages or interpreter, in words": lambda service: service.languages or service.interpretation,
    "interpreter": lambda service: service.conditions.interpreter is not None,
    "children may come": lambda service: service.conditions.children_welcome is not None,
    "step-free": lambda service: service.conditions.step_free is not None,
    "papers to bring": lambda service: service.conditions.documents or service.conditions.papers_asked is not None,
    "cost": lambda service: service.cost,
    "checked by a person": lambda service: service.provenance.checked_on,
    "owner": lambda service: service.provenance.owner,
}
"""What can be known of a service: its name, and whether a service has it."""


def completeness(services: Iterable[Service]) -> dict[str, int]:
    """How many of the services have each of `KNOWN`, in that order."""
    looked_at = list(services)
    return {name: sum(bool(has(service)) for service in looked_at) for name, has in KNOWN.items()}


def _says_who(conditions: Conditions) -> bool:
    ages = (conditions.minimum_age, conditions.maximum_age)
    return bool(conditions.audience or conditions.gender) or any(age is not None for age in ages)


def _says_how(conditions: Conditions) -> bool:
    ways = (conditions.walk_in, conditions.by_phone, conditions.online)
    needs = (conditions.appointment_needed, conditions.registration_needed, conditions.referral_needed)
    return any(answer is not None for answer in (*ways, *needs))
