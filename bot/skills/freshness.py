"""How fresh a record is: when a person last looked, when to look again, and how to say so to readers.

Who looks at what is in review_round.py; the day is always passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from babel import Locale
from babel.dates import format_skeleton, format_timedelta

from bot.content.records import Provenance
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases

# Days after a check on which to look again, by review colour; services_data/README.md tells editors the same.
REVIEW_DAYS = {"RED": 90, "AMBER": 180, "GREEN": 365}
# Volunteers meet once a month. Who misses one round must not put a warning on every card, and who misses two must.
GRACE_DAYS = 30


class State(Enum):
    """NEVER: no person has looked yet. DUE: it is time to look. EXPIRED: that time passed more than 30 days ago."""

    NEVER = "never"
    EXPIRED = "expired"
    DUE = "due"
    FRESH = "fresh"


@dataclass(frozen=True)
class Freshness:
    """How fresh a record is on a day. Both days are None where no person has looked and none is to look by a day."""

    state: State
    checked_on: date | None = None
    due_on: date | None = None


def freshness(provenance: Provenance, today: date) -> Freshness:
    """The freshness of a record on the day `today`."""
    checked_on, due_on = provenance.checked_on, review_due(provenance)
    if checked_on is None:
        return Freshness(State.NEVER, None, due_on)
    if due_on is None or today < due_on:
        return Freshness(State.FRESH, checked_on, due_on)
    expired = today > due_on + timedelta(days=GRACE_DAYS)
    return Freshness(State.EXPIRED if expired else State.DUE, checked_on, due_on)


def review_due(provenance: Provenance) -> date | None:
    """The day on which to look again; None where no person has looked yet and no day is set.

    A planned day that is not after the last check is done with. A record without a colour counts as RED.
    """
    checked_on, planned = provenance.checked_on, provenance.next_review_on
    if planned is not None and (checked_on is None or planned > checked_on):
        return planned
    if checked_on is None:
        return None
    return checked_on + timedelta(days=REVIEW_DAYS.get(provenance.review_colour, REVIEW_DAYS["RED"]))


def freshness_words(freshness: Freshness, language: str, phrases: Phrases, today: date) -> str:
    """One sentence for readers: "Checked 3 weeks ago.", "Not checked since May 2025." `language`: BCP 47.

    Where the language misses a sentence or the Unicode data for it, the sentence with the plain date stands in, so
    that no line mixes two languages.
    """
    _ = phrases.speaker(language)
    if freshness.state is State.NEVER or freshness.checked_on is None:
        return _("No person has checked this yet.")
    locale = Locale.parse(language, sep="-")
    if freshness.state is State.EXPIRED:
        since = _("Not checked since {month}.", month=format_skeleton("yMMMM", freshness.checked_on, locale=locale))
        if _is_said(language, since, "Not checked since "):
            return since
    elif today <= freshness.checked_on:
        if _is_said(language, _("Checked today."), "Checked today."):
            return _("Checked today.")
    elif ago := _ago(freshness.checked_on, today, locale):
        checked = _("Checked {ago}.", ago=ago)
        if _is_said(language, checked, f"Checked {ago}."):
            return checked
    return _("Checked on {date}.", date=freshness.checked_on.isoformat())


def _is_said(language: str, said: str, english: str) -> bool:
    """Whether a sentence came out in the language itself, and not in the English that stands in for it."""
    return language.split("-")[0] == SOURCE_LANGUAGE or not said.startswith(english)


def _ago(day: date, today: date, locale: Locale) -> str:
    """ "3 weeks ago" in the language of `locale`; "" where Unicode has no words for it but signs ("-3 w")."""
    said = format_timedelta(day - today, granularity="day", add_direction=True, locale=locale)
    return "" if said.startswith(("-", "\u2212", "\u200e-")) else said
