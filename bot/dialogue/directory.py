"""The directory in the conversation: what "Find a place" finds, and services that a message calls by name.

How services are found is in skills/service_search.py; what a card shows in service_cards.py. A search is never made
unasked: docs/decisions/0013-directory.md says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.content.records import Content
from bot.content.store import Store
from bot.dialogue.components.sentence_encoder import SentenceEncoder
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter
from bot.dialogue.service_meaning import service_vectors
from bot.errors import StoreError
from bot.skills.needs import words_in
from bot.skills.phrases import Phrases
from bot.skills.service_names import Names, service_names, services_named
from bot.skills.service_search import Found, ServiceQuery, search_services
from bot.skills.service_vectors import ServiceVectors

log = logging.getLogger(__name__)

FIND = "find"  # what is pending while the person is asked what to look for
SHORT = 7  # words; a message that is hardly more than a name asks for whom it names, and a longer one tells of them
FIRST_TIME_SECONDS = 10.0  # so long a person waits for the meaning of all services to be read, and then not again


class Directory:
    """Finds services for people. `now` gives the time, with a time zone. Without an encoder it finds by words alone."""

    def __init__(
        self, store: Store, content: Callable[[], Content], phrases: Phrases, now: Callable[[], datetime]
    ) -> None:
        self._store, self._content, self._phrases, self._now = store, content, phrases, now
        self._names: tuple[int, Names] = (-1, {})
        self.encoder: SentenceEncoder | None = None
        self._vectors: tuple[int, ServiceVectors | None] = (-1, None)
        self._learning: asyncio.Task[None] | None = None

    async def find(self, asked: Asked) -> Answered:
        """What a person looks for, by meaning and words, in any language. Raises StoreError."""
        content = self._content()
        self.learn_beside()
        if self._learning and self._vectors[1] is None:  # the first time; without it only English words are found
            await asyncio.wait({self._learning}, timeout=FIRST_TIME_SECONDS)
        found = await asyncio.to_thread(self._search, asked, content)
        slots = {**asked.slots, "pending": None}
        return Answered((self._found(asked, content, found),), slots, "find_service")

    async def add_named(self, asked: Asked, answered: Answered, outcome: str) -> tuple[Reply, ...]:
        """The engine's replies, and cards of the services that a typed message calls by name."""
        replies = answered.replies
        if asked.press or answered.intent == "find_service" or any(reply.urgent for reply in replies):
            return replies
        try:
            content = self._content()
            named, beside = services_named(asked.text, self._names_of(content))
            if not named:
                return replies
            order = await asyncio.to_thread(self._search, replace(asked, text=beside), content, len(content.services))
        except StoreError as error:  # the engine's replies help without the directory too
            log.error("The directory could not be searched: %s", error)
            return replies
        about = [hit.service.id for hit in order.hits if hit.service.id in named and "WORDS" in hit.reasons]
        ids = list(dict.fromkeys([*about, *_best_known_first(named, content)]))[:CARDS_AT_ONCE]
        writer = self._writer(asked, content)
        _ = self._phrases.speaker(writer.language)
        cards = tuple(writer.card(content.services[each]) for each in ids)
        told = writer.reply("services", _("This is what I know about them:"), cards=cards, buttons=writer.way_on())
        if words_in(asked.text) > SHORT:
            return (*replies, told)
        return (told, *(replies if outcome == "answer" else ()))

    def learn(self, encoder: SentenceEncoder) -> None:
        """Read the meaning of all services with this encoder: seconds the first time, later only what changed.

        Raises StoreError.
        """
        content = self._content()
        self._vectors = (content.revision, service_vectors(content, encoder, self._store, self._phrases))

    def learn_beside(self) -> None:
        """The same beside the conversations, where it is needed; until it is done, the last meaning known is used.

        To be called where a loop runs.
        """
        busy = self._learning and not self._learning.done()
        if self.encoder and not busy and self._vectors[0] != self._content().revision:
            self._learning = asyncio.create_task(self._learn_quietly(self.encoder))

    async def _learn_quietly(self, encoder: SentenceEncoder) -> None:
        try:
            await asyncio.to_thread(self.learn, encoder)
        except StoreError as error:
            log.error("The meaning of the services could not be read: %s", error)

    def _search(self, asked: Asked, content: Content, limit: int = CARDS_AT_ONCE) -> Found:
        writer, vectors = self._writer(asked, content), self._vectors[1]
        here = (writer.place.latitude, writer.place.longitude) if writer.place else None
        meaning = self.encoder.encode([asked.text])[0] if self.encoder and vectors else None
        query = ServiceQuery(
            self._now(),
            asked.text,
            meaning,
            city=writer.city,
            position=here,
            audience=writer.audience,
            language=writer.language,
            limit=limit,
        )
        return search_services(query, content, self._store.find_services, vectors)

    def _found(self, asked: Asked, content: Content, found: Found) -> Reply:
        """What was found, each with the reason, and what was left out."""
        writer = self._writer(asked, content)
        _ = self._phrases.speaker(writer.language)
        again = writer.button("find", "🔎 " + _("Find a place"))
        if not found.hits:
            sorry = writer.people(_("I found no place for this. These people can help:"), "services")
            return replace(sorry, buttons=(again, *sorry.buttons))
        sure = "WORDS" in found.hits[0].reasons  # by meaning alone something is always nearest
        text = _("I found these:") if sure else _("I am not sure. Perhaps one of these helps:")
        text = _("None in your city. These may help too:") if "city" in found.widened else text
        untold = () if sure else ("MEANING",)
        reasons = ([code for code in hit.reasons if code not in untold] for hit in found.hits)
        cards = tuple(writer.cards.card(hit.service, tuple(why)) for hit, why in zip(found.hits, reasons, strict=True))
        notes = writer.left_out([each for each in found.left_out if each.reason == "audience"])
        return writer.reply("services", text, cards=cards, notes=notes, buttons=(again, *writer.way_on()))

    def _writer(self, asked: Asked, content: Content) -> ReplyWriter:
        return ReplyWriter.for_slots(content, self._phrases, asked.slots, self._now())

    def _names_of(self, content: Content) -> Names:
        if self._names[0] != content.revision:
            self._names = (content.revision, service_names(content.services.values()))
        return self._names[1]


def _best_known_first(ids: Iterable[str], content: Content) -> list[str]:
    """Services of one organization: those that are people to talk to, then those that most answers point to."""
    contacts = {*content.everywhere_contacts, *(each for city in content.cities.values() for each in city.contacts)}
    pointed = Counter(service for answer in content.answers.values() for service in answer.services)
    return sorted(ids, key=lambda each: (each not in contacts, -pointed[each]))
