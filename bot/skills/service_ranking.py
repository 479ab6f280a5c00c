"""How well a service fits a search, and why: all weights of the ranking in one place."""

import math
from dataclasses import dataclass
from datetime import date

from bot.content.records import Service
from bot.skills.eligibility import suits
from bot.skills.freshness import State, freshness
from bot.skills.search import NATIONAL, REGION

# What the service is about: the question's words in it, how near it is in meaning, and how near are the questions whose
# answers point to it. Together at most 1. Chosen, as the two below, on tests/services_data/searches.csv.
WORDS, MEANING, POINTED = 0.40, 0.35, 0.25
# The encoder holds all sentences for rather close. The nearest of all services is 1, so far below it is 0.
MEANING_SPAN = 0.10
# The rest decides between services that fit about as well. In the person's own city, in the region, anywhere.
REACH = {"city": 0.15, "region": 0.09, "national": 0.0}
NEAR, NEAR_MILES = 0.15, 2.0  # next door; what is left of it after so many miles is about a third
FOR_YOU, SPEAKS, OPEN_NOW = 0.05, 0.06, 0.04
VERIFIED, DUE, EXPIRED = 0.01, -0.01, -0.10
WORTH_SAYING = 0.3  # from here on words or meaning are a reason that can be told
NEAR_BY_MILES = 5.0
FAR_MILES = 12.0  # further away it is another city, and comes after all that is nearer and fits


@dataclass(frozen=True)
class Signals:
    """What is known of a service for a search. words, meaning, pointed: 0 to 1; topic: it was asked for by topic."""

    words: float = 0.0
    meaning: float = 0.0
    pointed: float = 0.0  # how near in meaning are the questions whose answers name it
    topic: bool = False
    miles: float | None = None


@dataclass(frozen=True)
class Wishes:
    """What the person wants or is: city id, audience code, BCP 47 code of a language, the day."""

    city: str | None
    audience: str | None
    language: str | None
    today: date


def in_steps(closeness: dict[str, float]) -> dict[str, float]:
    """How near in meaning, 0 to 1: 1 for the nearest service; those that are MEANING_SPAN further away are left out."""
    best = max(closeness.values(), default=0.0)
    return {key: 1.0 - (best - one) / MEANING_SPAN for key, one in closeness.items() if best - one < MEANING_SPAN}


def fit(signals: Signals) -> float:
    """How well a service is about what was asked, 0 to 1; 0.5 where nothing but a topic or a place was asked."""
    said = WORDS * signals.words + MEANING * signals.meaning + POINTED * signals.pointed
    return said or (0.5 if signals.topic or signals.miles is not None else 0.0)


def standing(service: Service, signals: Signals, wishes: Wishes) -> float:
    """All that counts beside fit and opening hours, as a number to add to them."""
    score = REACH.get(reach(service, wishes.city), 0.0)
    if signals.miles is not None:
        score += NEAR * math.exp(-signals.miles / NEAR_MILES)
    if suits(service.conditions, wishes.audience):
        score += FOR_YOU
    if speaks(service, wishes.language):
        score += SPEAKS
    if service.provenance.verified:
        score += VERIFIED
    return score + _age(service, wishes.today)


def _age(service: Service, today: date) -> float:
    how = freshness(service.provenance, today).state
    return {State.EXPIRED: EXPIRED, State.DUE: DUE}.get(how, 0.0)


def reach(service: Service, city: str | None) -> str:
    """How the service's area lies to a person: "city", "region", "national", or "" for another city or none told."""
    if city is None:
        return ""
    names = {city: "city", REGION: "region", NATIONAL: "national"}
    return next((name for area, name in names.items() if area in service.areas), "")


def speaks(service: Service, language: str | None) -> bool:
    """Whether the language is spoken there, as far as known; English does not count, it is spoken everywhere."""
    if not language or language.split("-")[0] == "en":
        return False
    return language.split("-")[0] in {code.split("-")[0] for code in service.spoken}


def reasons(service: Service, signals: Signals, wishes: Wishes) -> list[str]:
    """Why the service is shown, as codes, the strongest first."""
    told = {
        "WORDS": signals.words >= WORTH_SAYING,
        "MEANING": max(signals.meaning, signals.pointed) >= WORTH_SAYING,
        "TOPIC": signals.topic,
        "NEAR": signals.miles is not None and signals.miles <= NEAR_BY_MILES,
        "CITY": reach(service, wishes.city) == "city",
        "SPEAKS": speaks(service, wishes.language),
        "FOR_YOU": bool(suits(service.conditions, wishes.audience)),
    }
    return [code for code, holds in told.items() if holds]
