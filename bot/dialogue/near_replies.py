"""What is near the person, and which of it is open now. Distances and times are on the cards (service_cards.py)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.records import Answer, Service
from bot.dialogue.messages import Reply
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter


@dataclass
class NearWriter:
    """Writes replies on places for the person of a `ReplyWriter`."""

    write: ReplyWriter

    def ask(self) -> Reply:
        """Where the person is; half a postcode is enough."""
        _ = self.write.phrases.speaker(self.write.language)
        text = _("Where are you? Choose your city, or write your postcode. The first half is enough. I keep only that.")
        return self.write.ask_city(text)

    def kept(self) -> Reply:
        """What is said to someone who tells a place before any question."""
        _ = self.write.phrases.speaker(self.write.language)
        name = self.write.place.name if self.write.place else self.write.city_name()
        return self.write.menu(_("I show places near {place} first. What do you need?", place=name), "near_me")

    def near(self, answer: Answer, open_now: bool = False) -> Reply:
        """The services of an answer and its topic near the person: the nearest first where their place is known, else
        those of their city. open_now: only those that are surely open at this moment."""
        _ = self.write.phrases.speaker(self.write.language)
        here = self._here(answer)
        shown = [service for service in here if self.write.cards.is_open(service)] if open_now else here
        place = self.write.place.name if self.write.place else self.write.city_name()
        if shown and open_now:
            return self._list(answer, _("Open now near {place}:", place=place), shown)
        if shown:
            text = (
                _("Near {place}, the nearest first:", place=place) if self.write.place else _("In {city}:", city=place)
            )
            return self._list(answer, text, shown)
        if here:
            return self._list(answer, _("I know none that is open now. These open later:"), here)
        services, _left_out = self.write.services(answer)
        if not services:
            sorry = _("I know no place for this in {city}. These people can help:", city=place)
            return self.write.people(sorry, answer.id)
        return self._list(answer, _("I know no place for this in {city}. These can help:", city=place), services)

    def _here(self, answer: Answer) -> list[Service]:
        """With a known place: what has a map point, the nearest first; else what works in the person's city."""
        known = [*self.write.services(answer)[0], *self.write.others(answer)]
        if self.write.place is None:
            return [service for service in known if self.write.city in service.areas]
        far = {service.id: self.write.cards.miles(service) for service in known}
        return sorted((s for s in known if far[s.id] is not None), key=lambda service: far[service.id])

    def _list(self, answer: Answer, text: str, services: list[Service]) -> Reply:
        _ = self.write.phrases.speaker(self.write.language)
        cards = tuple(self.write.card(service) for service in services[:CARDS_AT_ONCE])
        open_now = self.write.button("open_now", "🕒 " + _("Open now"))
        buttons = (open_now, *self.write.answer_buttons(True))
        return self.write.reply(answer.id, text, cards=cards, buttons=buttons)
