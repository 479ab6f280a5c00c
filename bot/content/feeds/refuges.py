"""Places that somebody must not find. A feed does not always say which they are, so words are looked at: one address too
few costs a telephone call, one too many can cost a life."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.feeds.shapes import Object, objects, text
from bot.content.feeds.terms import same_words
from bot.content.feeds.texts import clean, postcode

LEFT_OUT = "(address left out)"
_WORDS = re.compile(
    r"""\b(
        refuges? | safe[ ]?houses? | safe[ ]accommodation | women[ ]?s?[ ]aid
        | (domestic|family|intimate[ ]partner|sexual|gender[ ]based|honou?r[ ]based)[ ](abuse|violence)
        | sexual[ ]assault | rape | forced[ ]marriages? | genital[ ]mutilation | fgm
        | modern[ ]slavery | traffick(ed|ing) | coercive[ ]control | honou?r[ ](crimes?|killings?) | stalking
        | abusive[ ](partner|relationship|husband|home)s? | survivors?[ ]of[ ](abuse|violence)
        | undisclosed[ ](address|location) | confidential[ ](address|location)
        | (address|location)[ ](is[ ])?(not[ ]disclosed|confidential|withheld|undisclosed)
    )\b""",
    re.VERBOSE,
)
_FULL_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_FLAGS = ("confidential", "x_confidential", "is_confidential")


PUBLIC_HOUSE = 3  # a place where so many ordinary services are is known to all, and stays visible for those


@dataclass(frozen=True)
class Hidden:
    """What must not be told: `services` that look like refuges, by position, and marks of the places where they are."""

    services: frozenset[int]
    marks: frozenset[str]

    def hides(self, number: int, location: Object) -> bool:
        """Whether this place must not be told at the service with this position."""
        return number in self.services or _is_flagged(location) or not self.marks.isdisjoint(_marks(location))

    def scrub(self, words: str, number: int, own_places: list[Object]) -> str:
        """The text without the addresses of hidden places; at a service that looks like a refuge without any postcode."""
        marks = set(self.marks)
        if number in self.services:
            words = _FULL_POSTCODE.sub(LEFT_OUT, words)
            marks.update(*map(_marks, own_places))
        codes = {mark[1:] for mark in marks if mark.startswith("P")}
        words = _FULL_POSTCODE.sub(lambda found: LEFT_OUT if postcode(found[0]) in codes else found[0], words)
        for street in (mark[1:] for mark in marks if mark.startswith("S")):
            words = re.sub(r"\W+".join(map(re.escape, street.split())), LEFT_OUT, words, flags=re.IGNORECASE)
        return words


def find_hidden(services: list[Object]) -> Hidden:
    """Look through a whole feed, because a refuge's address can stand at another service of the same house."""
    flagged = frozenset(number for number, service in enumerate(services) if looks_like_a_refuge(service))
    hidden: set[str] = set()
    ordinary: Counter[str] = Counter()
    certain: set[str] = set()
    for number, service in enumerate(services):
        places = locations_of(service)
        marks = set().union(*map(_marks, places))
        if number in flagged:
            hidden |= marks
        else:
            ordinary.update(marks)
        certain.update(*(_marks(place) for place in places if _is_flagged(place)))
    return Hidden(flagged, frozenset(certain | {mark for mark in hidden if ordinary[mark] < PUBLIC_HOUSE}))


def _is_flagged(location: Object) -> bool:
    return any(location.get(flag) in (True, "yes", "true") for flag in _FLAGS)


def _marks(location: Object) -> set[str]:
    """By what a place is known again: its id, its postcodes and the first lines of its addresses."""
    addresses = addresses_of(location)
    streets = {same_words(clean(text(address, "address_1"))) for address in addresses}
    codes = {text(address, "postal_code") for address in addresses}
    return (
        {f"I{own}" for own in [text(location, "id")] if own}
        | {f"P{postcode(code)}" for code in codes if code}
        # A short line such as "12" or "Unit 3" would hide half the city.
        | {f"S{street}" for street in streets if len(street) >= 8 and " " in street}
    )


def looks_like_a_refuge(service: Object) -> bool:
    """Whether a service, its organization, its terms or its places speak of abuse, trafficking or hidden homes."""
    organization = next(iter(objects(service, "organization")), {})
    terms = [term for part in objects(service, "attributes", "service_taxonomys") for term in _terms(part)]
    sources = [service, organization, *terms, *locations_of(service)]
    return any(_WORDS.search(words) for source in sources for words in _texts(source))


def _terms(attribute: Object) -> Iterable[Object]:
    return objects(attribute, "taxonomy_term", "taxonomy")


def _texts(source: Object) -> Iterable[str]:
    for name in ("name", "alternate_name", "description", "eligibility_description", "alert"):
        yield same_words(clean(text(source, name)))


def locations_of(service: Object) -> list[Object]:
    """All places of a service."""
    links = objects(service, "service_at_locations")
    return [place for link in links for place in objects(link, "location")] + objects(service, "locations", "location")


def addresses_of(location: Object) -> list[Object]:
    """The addresses of a place, those where people go to first. Old feeds have them in the place itself."""
    found = objects(location, "addresses", "physical_addresses", "address")
    found.sort(key=lambda address: text(address, "address_type") != "physical")
    return found or ([location] if text(location, "address_1", "postal_code") else [])
