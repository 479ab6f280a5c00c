"""A service as a card, in the person's language: only what is known, and how far to trust it. Which services: replies.py."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.records import Phone, Provenance, Service
from bot.dialogue.messages import Card, Fact
from bot.skills.phrases import Phrases


@dataclass
class ServiceCards:
    """Draws cards for one person: `language` is a BCP 47 code."""

    phrases: Phrases
    language: str

    def __post_init__(self) -> None:
        self._say = self.phrases.speaker(self.language)

    def card(self, service: Service) -> Card:
        """A service as a card. Only what is known is shown; what no person has checked carries a warning."""
        _ = self._say
        facts = [Fact(self._phone_label(phone), phone.number, phone.href, ltr=True) for phone in service.phones]
        places = [p for p in service.places if p.address or p.postal_code]
        rows = [
            (_("Times"), service.hours),
            (_("Who it is for"), service.eligibility),
            (_("How to get in"), service.how_to_access),
            (_("Cost"), service.cost),
            (_("Languages"), service.languages),
            (_("Access"), service.accessibility),
        ]
        facts += [Fact(label, value) for label, value in rows if value]
        facts += [Fact(_("Address"), ", ".join(filter(None, (p.address, p.postal_code))), ltr=True) for p in places]
        facts += [Fact(_("E-mail"), email, f"mailto:{email}", ltr=True) for email in service.emails]
        facts += [Fact(_("Website"), service.url, service.url, ltr=True)] if service.url else []
        doubt = _("Not checked yet. Call or look at the website before you go.")
        return Card(
            id=service.id,
            title=service.name,
            subtitle=service.organization if service.organization != service.name else "",
            body=service.description,
            facts=tuple(facts),
            warnings=() if service.provenance.verified else (doubt,),
            source=self._source_line(service.provenance),
        )

    def checked(self, provenance: Provenance) -> str:
        """When a person last looked, in a sentence."""
        _ = self._say
        if provenance.checked_on:
            return _("Checked on {date}.", date=provenance.checked_on.isoformat())
        return _("No person has checked this yet.")

    def _phone_label(self, phone: Phone) -> str:
        _ = self._say
        label = phone.description or _("Phone")
        free = _("free call")
        return f"{label} ({free})" if phone.free else label

    def _source_line(self, provenance: Provenance) -> str:
        _ = self._say
        date = provenance.source_date or _("date not known")
        told = _("No source known")
        if provenance.source_name:
            told = _("Source: {source}", source=f"{provenance.source_name}, {date}")
        return f"{told}. {self.checked(provenance)}"
