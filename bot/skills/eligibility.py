"""For whom a service is, and what a person needs to get in. Codes only; the words for people are in dialogue/service_cards.py.

Nobody is left out on a guess: what is not known (None, "" or ()) never counts against a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.records import Conditions, Service
from bot.skills.audiences import EVERYBODY

WOMEN, MEN = "women", "men"


@dataclass(frozen=True)
class LeftOut:
    """A service that is surely not for the person, and the code of the reason: "audience"."""

    service: Service
    reason: str


def suits(conditions: Conditions, audience: str | None) -> bool | None:
    """Whether a service is for people in the situation `audience` (AS, RF, VH, EU, UN; None: not told).

    None where it is not known.
    """
    if not conditions.audience or audience is None:
        return None
    return bool({EVERYBODY, audience} & set(conditions.audience))


def for_person(services: Iterable[Service], audience: str | None) -> tuple[list[Service], list[LeftOut]]:
    """The services that may be for the person, in their order, and those that are surely not, each with its reason."""
    kept, left = [], []
    for service in services:
        if suits(service.conditions, audience) is False:
            left.append(LeftOut(service, "audience"))
        else:
            kept.append(service)
    return kept, left


def needs(conditions: Conditions) -> tuple[str, ...]:
    """What a person needs before they go, as codes in the order of doing: "referral", "registration", "appointment",
    "papers", "documents". Empty where nothing is known to be needed."""
    wanted = {
        "referral": conditions.referral_needed,
        "registration": conditions.registration_needed,
        "appointment": conditions.appointment_needed,
        "papers": conditions.papers_asked and not conditions.documents,
        "documents": conditions.documents,
    }
    return tuple(code for code, needed in wanted.items() if needed)


def makes_easy(conditions: Conditions) -> tuple[str, ...]:
    """What makes it easy to go, as codes: "walk_in", "no_referral", "no_papers", "children", "step_free", "interpreter"."""
    good = {
        "walk_in": conditions.walk_in and not conditions.appointment_needed,
        "no_referral": conditions.referral_needed is False,
        "no_papers": conditions.papers_asked is False,
        "children": conditions.children_welcome,
        "step_free": conditions.step_free,
        "interpreter": conditions.interpreter,
    }
    return tuple(code for code, known in good.items() if known)
