"""What a follow-up gets: the cost, the place, the times or the papers of the answer last shown. Only what is known.

The words of an answer in general are in replies.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.content.records import Answer, Service
from bot.dialogue.messages import Card, Fact, Reply
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter
from bot.skills.audiences import points_for
from bot.skills.search import services_for


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b({pattern})\b", re.IGNORECASE)


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekdays?|any hour|at night|day and night"
# Intent -> the words by which an English point of an answer is known to tell of it.
WISHES = {
    "ask_cost": _words("pounds?|costs?|free|pay|fees?|prices?|charged?|deposit"),
    "ask_place": _words("go to|online|address|office|gov\\.uk|library|libraries|drop-in"),
    "ask_times": _words(rf"\d{{1,2}}:\d{{2}}|{_DAYS}|opening hours|open"),
    "ask_documents": _words(
        "passport|id|arc|brp|letters?|cards?|papers?|proof|codes?|forms?|evisa|documents?|certificates?"
    ),
}


@dataclass
class FactWriter:
    """Writes the replies to follow-ups for the person of a `ReplyWriter`."""

    write: ReplyWriter

    def facts(self, answer: Answer, wish: str) -> Reply:
        """What the answer and its services say about a wish of `WISHES`; people to ask where they say nothing."""
        _ = self.write.phrases.speaker(self.write.language)
        here = points_for(self.write.points_here((*answer.points, *answer.careful)), self.write.audience)
        telling = [point for point in here if WISHES[wish].search(point.text)]
        cards = tuple(self._cards(answer, wish))
        shown = self.write.answer(answer)
        if not telling and not cards:
            people = self.write.people(_("I do not know this. These people can help:"), answer.id)
            return replace(people, buttons=shown.buttons)
        return replace(
            shown,
            text=self._opening(wish),
            points=tuple(self.write.point(point) for point in telling),
            warnings=(),
            cards=cards,
            notes=shown.notes if telling else (),
        )

    def _cards(self, answer: Answer, wish: str) -> Iterator[Card]:
        """First the services that say it, then the best of those that do not, with the ways to ask them."""
        services = services_for(self.write.content, answer, self.write.city)
        saying = [service for service in services if self._said(service, wish)]
        silent = [service for service in services[:CARDS_AT_ONCE] if service not in saying]
        for service in (saying[:CARDS_AT_ONCE] + silent)[:CARDS_AT_ONCE]:
            card, said = self.write.card(service), self._said(service, wish)
            ask = tuple(fact for fact in card.facts if fact.href)
            if said:
                yield replace(card, body="", facts=(*said, *ask))
            else:
                doubt = self.write.phrases.say(self.write.language, "I do not know this. Ask them before you go.")
                yield replace(card, body="", facts=ask, warnings=(doubt,))

    def _said(self, service: Service, wish: str) -> tuple[Fact, ...]:
        """The lines of the service's card that answer the wish; none where nothing is known."""
        _ = self.write.phrases.speaker(self.write.language)
        labels = {
            "ask_cost": {_("Cost")},
            "ask_place": {_("Address"), _("How far"), _("How to get there")},
            "ask_times": {_("Now"), _("Times")},
            "ask_documents": {_("How to get in"), _("Who it is for"), _("In their words"), _("You may need")},
        }[wish]
        return tuple(fact for fact in self.write.card(service).facts if fact.label in labels)

    def _opening(self, wish: str) -> str:
        _ = self.write.phrases.speaker(self.write.language)
        return {
            "ask_cost": _("This is what I know about the cost:"),
            "ask_place": _("This is what I know about the place:"),
            "ask_times": _("This is what I know about the times:"),
            "ask_documents": _("This is what I know about papers and how to get in:"),
        }[wish]
