"""A service as a card, in the person's language: only what is known, and how far to trust it. Which services: replies.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.content.records import Conditions, Phone, Provenance, Service
from bot.dialogue.messages import Card, Fact
from bot.skills.audiences import EVERYBODY
from bot.skills.eligibility import makes_easy, needs
from bot.skills.freshness import State, freshness, freshness_words
from bot.skills.opening_hours import OpenState, state
from bot.skills.opening_words import sentence
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases
from bot.skills.whereabouts import Whereabouts, distance_words

IN_HOW_TO_GET_IN = ("referral", "registration", "appointment", "walk_in", "no_referral")


@dataclass
class ServiceCards:
    """Draws cards for one person: `language` is a BCP 47 code, `moment` the time that they are drawn for, with a zone.

    near: where the person is, if they told; distances are from there.
    """

    phrases: Phrases
    language: str
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    near: Whereabouts | None = None

    def __post_init__(self) -> None:
        self._say = self.phrases.speaker(self.language)

    def card(self, service: Service, reasons: tuple[str, ...] = ()) -> Card:
        """A service as a card. Only what is known is shown; what no person has checked carries a warning.

        reasons: codes of skills/service_search.py that say why it was found.
        """
        _ = self._say
        today = state(service, self.moment)
        facts = [Fact(self._phone_label(phone), phone.number, phone.href, ltr=True) for phone in service.phones]
        places = [p for p in service.places if p.address or p.postal_code]
        rows = [
            (_("Now"), self._now(today)),
            (_("Times"), service.hours),
            (_("How far"), self._how_far(service)),
            *self._who_rows(service),
            (_("You may need"), self._needs(service)),
            (_("How to get in"), service.how_to_access),
            (_("Good to know"), self._good_to_know(service)),
            (_("Cost"), service.cost),
            (_("Languages"), service.languages),
            (_("Access"), service.accessibility),
        ]
        facts += [Fact(label, value) for label, value in ((_("Why I show it"), self._why(reasons)), *rows) if value]
        facts += [Fact(_("Address"), ", ".join(filter(None, (p.address, p.postal_code))), ltr=True) for p in places]
        facts += [Fact(_("How to get there"), p.transportation) for p in service.places if p.transportation]
        facts += [Fact(_("E-mail"), email, f"mailto:{email}", ltr=True) for email in service.emails]
        facts += [Fact(_("Website"), service.url, service.url, ltr=True)] if service.url else []
        return Card(
            id=service.id,
            title=service.name,
            subtitle=service.organization if service.organization != service.name else "",
            body=service.description,
            facts=tuple(facts),
            warnings=(*_news(today), *self._warnings(service.provenance)),
            source=self._source_line(service.provenance),
        )

    def checked(self, provenance: Provenance) -> str:
        """When a person last looked, in a sentence."""
        today = self.moment.date()
        return freshness_words(freshness(provenance, today), self.language, self.phrases, today)

    def is_expired(self, provenance: Provenance) -> bool:
        """Whether the last look of a person is too long ago."""
        return freshness(provenance, self.moment.date()).state is State.EXPIRED

    def _warnings(self, provenance: Provenance) -> tuple[str, ...]:
        """How far not to trust a record: one line at most, because of two people read none."""
        _ = self._say
        if not provenance.verified and provenance.checked_on and not self.is_expired(provenance):
            return (_("This changes often. Call or look at the website before you go."),)
        if not provenance.verified:
            return (_("Not checked yet. Call or look at the website before you go."),)
        if self.is_expired(provenance):
            return (_("Nobody has checked this for a long time. Call before you go."),)
        return ()

    def _why(self, reasons: tuple[str, ...]) -> str:
        """Why a service was found; of what nobody knows, that one should ask."""
        _ = self._say
        words = {
            "WORDS": _("It has words that you wrote."),
            "MEANING": _("It is about what you ask."),
            "NEAR": _("It is near you."),
            "CITY": _("It is in your city."),
            "SPEAKS": _("They speak your language."),
            "FOR_YOU": _("It is for people in your situation."),
            "OPEN_NOW": _("It is open now."),
        }
        return " ".join(words[code] for code in reasons if code in words)

    def _now(self, now: OpenState) -> str:
        """Whether it is open now; "" where no machine can tell."""
        known = now.open is not None or now.closed_by or now.closed_for_now or now.bank_holiday or now.other_number
        return sentence(now, self.moment, self.phrases, self.language) if known else ""

    def answers_now(self, service: Service) -> bool:
        """Whether it is surely open now, or has a number for the times when it is not."""
        now = state(service, self.moment)
        return bool(now.open or now.other_number)

    def opens(self, service: Service) -> bool:
        """Whether it is known when a service opens next."""
        return state(service, self.moment).opens is not None

    def _how_far(self, service: Service) -> str:
        miles = self.miles(service)
        return "" if miles is None else distance_words(miles, self.phrases, self.language, self.near.exactness)

    def miles(self, service: Service) -> float | None:
        """The miles, as the crow flies, to the nearest place of a service; None where either end is not known."""
        if self.near is None:
            return None
        known = (place for place in service.places if place.latitude is not None)
        return min((self.near.miles_to(place.latitude, place.longitude) for place in known), default=None)

    def _who_rows(self, service: Service) -> list[tuple[str, str]]:
        """Who may come, in the person's language; the source's own words are English and say more."""
        _ = self._say
        label, own = _("Who it is for"), self._who(service.conditions)
        if not own or (service.eligibility and self.language == SOURCE_LANGUAGE):
            return [(label, service.eligibility)]
        return [(label, own), (_("In their words"), service.eligibility)]

    def _who(self, conditions: Conditions) -> str:
        _ = self._say
        groups = {
            "AS": _("people who asked for asylum"),
            "RF": _("refugees"),
            "VH": _("people with a visa"),
            "EU": _("people with EU settled or pre-settled status"),
            "UN": _("people with no papers"),
        }
        who = self.phrases.listed(self.language, (groups[code] for code in conditions.audience if code in groups))
        lines = [
            _("For everyone.") if EVERYBODY in conditions.audience else _("For: {groups}.", groups=who) if who else ""
        ]
        lines += [{"women": _("For women only."), "men": _("For men only.")}.get(conditions.gender, "")]
        least, most = conditions.minimum_age, conditions.maximum_age
        if least is not None and most is not None:
            lines += [_("Age {least} to {most}.", least=least, most=most)]
        elif least is not None or most is not None:
            limit = least is not None
            lines += [_("Age {least} and over.", least=least) if limit else _("Up to age {most}.", most=most)]
        return " ".join(filter(None, lines))

    def _needs(self, service: Service) -> str:
        _ = self._say
        conditions = service.conditions
        words = {
            "referral": _("Somebody must send you there, such as an adviser or a doctor."),
            "registration": _("Register first."),
            "appointment": _("Book a time first."),
            "papers": _("They may ask for your papers."),
            "documents": _("Bring: {papers}.", papers="; ".join(conditions.documents)),
        }
        told = IN_HOW_TO_GET_IN if self._is_told_in_words(service) else ()
        return " ".join(words[code] for code in needs(conditions) if code not in told)

    def _is_told_in_words(self, service: Service) -> bool:
        """Whether the source's own words tell this reader how to get in, so that ours would only repeat them."""
        return bool(service.how_to_access) and self.language == SOURCE_LANGUAGE

    def _good_to_know(self, service: Service) -> str:
        _ = self._say
        words = {
            "walk_in": _("You can just come."),
            "no_referral": _("Nobody has to send you."),
            "no_papers": _("They do not ask for papers."),
            "children": _("You can bring children."),
            "step_free": _("No steps."),
            "interpreter": _("An interpreter can help."),
        }
        told = IN_HOW_TO_GET_IN if self._is_told_in_words(service) else ()
        return " ".join(words[code] for code in makes_easy(service.conditions) if code not in told)

    def _phone_label(self, phone: Phone) -> str:
        _ = self._say
        label = phone.description or _("Phone")
        if label == "Other times":  # the one description that the desk gives a meaning to; opening_hours.py
            label = _("Other times")
        free = _("free call")
        return f"{label} ({free})" if phone.free else label

    def _source_line(self, provenance: Provenance) -> str:
        _ = self._say
        date = provenance.source_date or _("date not known")
        told = _("No source known")
        if provenance.source_name:
            told = _("Source: {source}", source=f"{provenance.source_name}, {date}")
        return f"{told}. {self.checked(provenance)}"


def _news(today: OpenState) -> tuple[str, ...]:
    """Closures and messages that hold today, in the words of their editors."""
    closed = (today.closed_by,) if today.closed_by else ()
    return tuple(notice.text for notice in (*closed, *today.messages) if notice.text)
