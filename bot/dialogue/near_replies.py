"""What is near the person, and which of it is open now. Distances and times are on the cards (service_cards.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.content.records import Answer, Service
from bot.dialogue.messages import Reply
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter

FAR_MILES = 10.0  # beyond this a place is not near, and is shown after all that is


@dataclass
class NearWriter:
    """Writes replies on places for the person of a `ReplyWriter`."""

    write: ReplyWriter

    def ask(self, unknown: bool = False) -> Reply:
        """Where the person is; half a postcode is enough. unknown: they wrote a postcode that is not known."""
        _ = self.write.phrases.speaker(self.write.language)
        if unknown:
            return self.write.ask_city(_("I do not know this postcode. I know the West Midlands. Choose a city:"))
        return self.write.ask_city(self._where())

    def _where(self) -> str:
        _ = self.write.phrases.speaker(self.write.language)
        return _("Where are you? Choose your city, or write your postcode. The first half is enough. I keep only that.")

    def kept(self) -> Reply:
        """What is said to someone who tells a place before any question."""
        _ = self.write.phrases.speaker(self.write.language)
        name = self.write.place.name if self.write.place else self.write.city_name()
        return self.write.menu(_("I show places near {place} first. What do you need?", place=name), "near_me")

    def press(self, answer: Answer | None, open_now: bool = False) -> tuple[Reply, dict[str, Any]]:
        """What a press of "Near me" or "Open now" leads to, with the slots to set. answer: the one last shown."""
        if not self.write.city and not self.write.place:
            return self.ask(), {"pending": "near"}
        if answer is None:
            return self.kept(), {"pending": None}
        listed = "open_now" if open_now else "near"
        return self.near(answer, open_now), {"pending": None, "shown": CARDS_AT_ONCE, "listed": listed}

    def more(self, answer: Answer, shown: int | None, listed: str | None) -> tuple[Reply, dict[str, Any]]:
        """The next services of the list that "More" goes on with, and the slots to set. shown, listed: those slots."""
        before = shown or CARDS_AT_ONCE
        if listed:
            return self.near(answer, listed == "open_now", before), {"shown": before + CARDS_AT_ONCE}
        reply, after = self.write.more(answer, before)
        return reply, {"shown": after}

    def near(self, answer: Answer, open_now: bool = False, first: int = 0) -> Reply:
        """The services of an answer near the person, those with a map point first and the nearest of them before the
        others; then what else there is on its topic. open_now: only those that are surely open or answer the phone.
        first: the number of services shown before."""
        _ = self.write.phrases.speaker(self.write.language)
        here = self.here(answer, open_now)
        place = self.write.place.name if self.write.place else self.write.city_name()
        if first and not here[first:]:
            sentence = _("That is all I have on this.")
            return self.write.reply(answer.id, sentence, buttons=self.write.answer_buttons(False))
        if here and open_now:
            return self._list(answer, _("Open now near {place}:", place=place), here, first)
        if open_now and (later := [each for each in self.here(answer) if self.write.cards.opens(each)]):
            return self._list(answer, _("I know none that is open now. These open later:"), later, first)
        here = here or self.here(answer)
        if here:
            text = (
                _("Near {place}, the nearest first:", place=place) if self.write.place else _("In {city}:", city=place)
            )
            return self._list(answer, text, here, first)
        services, _left_out = self.write.services(answer)
        if not services:
            sorry = _("I know no place for this in {city}. These people can help:", city=place)
            return self.write.people(sorry, answer.id)
        return self._list(answer, _("I know no place for this in {city}. These can help:", city=place), services, first)

    def here(self, answer: Answer, open_now: bool = False) -> list[Service]:
        """The answer's own services, then others on its topic that are near; all that are open, where that is asked."""
        own, others = self.write.services(answer)[0], self.write.others(answer)
        if self.write.place is None:
            found = [service for service in (*own, *others) if self.write.city in service.areas]
        else:
            near = [*self._by_distance(own), *(each for each in own if self.write.cards.miles(each) is None)]
            far = [each for each in own if each not in near]
            found = [*near, *self._by_distance(others), *far]
        return [service for service in found if self.write.cards.answers_now(service)] if open_now else found

    def _by_distance(self, services: list[Service]) -> list[Service]:
        """Those with a map point that is not far, the nearest first."""
        miles = {service.id: self.write.cards.miles(service) for service in services}
        near = (each for each in services if miles[each.id] is not None and miles[each.id] <= FAR_MILES)
        return sorted(near, key=lambda each: miles[each.id])

    def _list(self, answer: Answer, text: str, services: list[Service], first: int) -> Reply:
        _ = self.write.phrases.speaker(self.write.language)
        cards = tuple(self.write.card(service) for service in services[first : first + CARDS_AT_ONCE])
        open_now = self.write.button("open_now", "🕒 " + _("Open now"))
        buttons = (open_now, *self.write.answer_buttons(len(services) > first + CARDS_AT_ONCE))
        notes = () if self.write.place else (self._where(),)  # how to get from the city to what is really near
        return self.write.reply(answer.id, text, cards=cards, notes=notes, buttons=buttons)
