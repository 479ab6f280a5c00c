"""Which services to show, and in which order. No SQL and no words for people here."""

from collections.abc import Callable

from bot.content.records import Answer, Content, Service

NATIONAL, REGION = "national", "west_midlands"


def services_for(content: Content, answer: Answer, city: str | None) -> list[Service]:
    """The services of an answer for a person in `city` (a city id, None: unknown), best first.

    Own city, then region, then the whole country; other cities are left out once the city is known. Within each the
    editors' order holds.
    """
    named = [content.services[service] for service in answer.services if service in content.services]
    return in_reach(named, city)


def services_on_topic(content: Content, topic: str, city: str | None) -> list[Service]:
    """All services of a topic for a person in `city`, in the order of `services_for`, then by name."""
    return in_reach(sorted((s for s in content.services.values() if topic in s.topics), key=lambda s: s.name), city)


def in_reach(services: list[Service], city: str | None) -> list[Service]:
    """Leave out other cities' services and sort by nearness: own city, region, country."""
    if city is None:
        return services
    reach = {city: 0, REGION: 1, NATIONAL: 2}
    near = [(min(reach[area] for area in s.areas if area in reach), s) for s in services if reach.keys() & set(s.areas)]
    return [service for _, service in sorted(near, key=lambda pair: pair[0])]


def near_before_far(
    services: list[Service], city: str | None, miles: Callable[[Service], float | None]
) -> list[Service]:
    """The same services, the nearer first within own city, region and country.

    miles: how far a service is; None where that is not known, which counts as near: people can call it. Differences of
    less than a mile leave the editors' order.
    """
    reach = {city: 0, REGION: 1, NATIONAL: 2} if city else {}

    def key(service: Service) -> tuple[int, int]:
        return min((reach.get(area, 0) for area in service.areas), default=0), int(miles(service) or 0)

    return sorted(services, key=key)


def people_to_talk_to(content: Content, city: str | None) -> list[Service]:
    """Human contacts: those of the person's city, then the ones for everybody; the other way round, one for each city,
    while the city is not known."""
    everywhere = list(content.everywhere_contacts)
    if city in content.cities:
        ids = [*content.cities[city].contacts, *everywhere]
    else:
        ids = [*everywhere, *(contact for place in content.cities.values() for contact in place.contacts[:1])]
    return [content.services[service] for service in dict.fromkeys(ids) if service in content.services]
