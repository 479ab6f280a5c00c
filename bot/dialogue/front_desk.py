"""The front desk: what happens to every message before and after the engine. Limits, order, language, safety, memory.

Safety comes first and needs neither model nor database. No answer is decided here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from weakref import WeakValueDictionary

from bot.content.records import Content
from bot.content.safety_texts import SafetyTexts
from bot.content.store import Store
from bot.dialogue.action_context import ActionContext
from bot.dialogue.alarms import WORRY_FROM, doubt_below, groups_to_show, with_words_of_danger
from bot.dialogue.basic_help import BasicHelp
from bot.dialogue.buttons import Press, button_id, read_button
from bot.dialogue.directory import FIND, Directory
from bot.dialogue.engine import Answered, Asked, DialogueEngine
from bot.dialogue.language_choice import (
    in_own_language,
    language_for,
    spoken_candidates,
    with_apology,
    with_candidates,
    with_way_back,
)
from bot.dialogue.memory import Memories, Memory
from bot.dialogue.menu_engine import MenuEngine
from bot.dialogue.messages import Button, Incoming, Reply, Turn
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.place_told import PlaceTold, Told
from bot.dialogue.replies import ReplyWriter, emergency_reply, soft_reply
from bot.dialogue.reporting import KINDS as REPORT_BUTTONS
from bot.dialogue.reporting import Reporting
from bot.dialogue.unanswered import UnansweredQuestions
from bot.errors import InputRefused, ModelError, StoreError
from bot.skills.audiences import GROUPS
from bot.skills.language_guess import UNDECIDED, Guess, identify
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases
from bot.skills.places import city_named, city_spellings
from bot.skills.safety import watch_over

log = logging.getLogger(__name__)

MAX_TEXT = 4000  # characters; Telegram's own limit is 4096 units
OTHER_MEANING_FROM = 0.5  # confidence from which another reading is offered under an alarm
SECOND_OPINION_SECONDS = 0.5
# docs/decisions/0006-emergencies.md says how these were found.
CERTAIN_FROM = 0.65  # danger from which words of mere worry no longer soften an alarm found by meaning
# The same sentence as the web page's, so that it is translated once.
TROUBLE = (
    "Sorry, something went wrong on our side. It is not your fault. "
    "Please try again in a few minutes. In danger, call {emergency}."
)
NEAR, CITIES = button_id("near"), button_id("cities")
# What a person may always ask for, also where they were asked what to look for.
OBEYED = ("forget_me", "change_language", "change_city", "talk_to_human", "not_safe", "greet", "thanks", "goodbye")
NO_CONTENT = Content(0, {}, {}, {}, {})
OUTCOMES = {
    "nlu_fallback": "choices",
    "out_of_scope": "unknown",
    "unknown": "unknown",
    "help": "menu",
    "show_topic": "menu",
    "not_what_i_meant": "choices",
}


class FrontDesk:
    """The `Desk` of all channels. `now` gives the time, with a time zone."""

    def __init__(
        self,
        store: Store,
        phrases: Phrases,
        safety: SafetyTexts,
        engine: DialogueEngine | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self.phrases, self._safety, self._now = store, phrases, safety, now
        self._memories = Memories(store, now)
        self._watch = watch_over(safety)
        self._menu = MenuEngine(self._content, phrases, now)
        self.basic_help = BasicHelp(self._content, phrases)
        self.unanswered = UnansweredQuestions(store, self._content, phrases, now)
        self.reporting = Reporting(store, self._content, phrases, now)
        self.places = PlaceTold(store, self._content)
        self.directory = Directory(store, self._content, phrases, now)
        self.engine = engine
        self._last_content: Content | None = None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def action_context(self) -> ActionContext:
        """What the assistant's actions may use."""
        return ActionContext(self._content, self.phrases, self._safety, self._now)

    @property
    def cities(self) -> tuple[str, ...]:
        """The ids of the cities served."""
        return tuple(self._content().cities)

    # ---- the Desk protocol

    async def handle(self, incoming: Incoming) -> Turn:
        async with self._lock(incoming.conversation):
            memory = await self._memories.recall(incoming.conversation)
            try:
                return await self._handle(incoming, memory)
            except InputRefused as refused:
                return self._refusal(str(refused), memory)
            except StoreError as error:
                log.error("%s", error)
                return self._refusal(TROUBLE, memory)

    async def welcome(self, conversation: str, language_hint: str | None = None) -> Turn:
        async with self._lock(conversation):
            try:
                await self._forget(conversation)
            except StoreError as error:  # a new visitor has nothing to be forgotten, and must see the languages
                log.error("%s", error)
            language = self.phrases.nearest(language_hint) or SOURCE_LANGUAGE
            _ = self.phrases.speaker(language)
            welcome = _(
                "Welcome. I am the orientation desk: I answer questions about living here. It is free. "
                "You need no name. Choose your language:"
            )
            picker = ReplyWriter(NO_CONTENT, self.phrases, language).ask_language()
            hinted = sorted(picker.buttons, key=lambda button: button.id != button_id("language", language))
            reply = replace(picker, about="welcome", text=welcome, buttons=tuple(hinted))
            return Turn((reply,), outcome="menu", spoken=language)

    async def forget(self, conversation: str) -> None:
        async with self._lock(conversation):
            await self._forget(conversation)

    # ---- one message

    async def _handle(self, incoming: Incoming, memory: Memory) -> Turn:
        if incoming.position is not None:
            # Rounded before anything is done with it; a place that is far away leaves the choice of a city.
            told = self.places.shared(incoming.position)
            button = NEAR if told.slots else CITIES
            found = replace(memory, slots={**memory.slots, **told.slots})
            return await self._handle_press(replace(incoming, button=button, position=None), found)
        if incoming.button is not None:
            return await self._handle_press(incoming, memory)
        text = incoming.text.encode("utf-8", "replace").decode().strip()  # JSON may carry half a character
        if not text:
            raise InputRefused("There was no text in this message. Please write your question.")
        # Safety first: nothing that follows may hold back a number to call.
        signs = self._watch.find_signs(text)
        groups = signs.emergencies
        guess = with_words_of_danger(identify(text[:MAX_TEXT]), signs)
        known = self.phrases.nearest(incoming.language)
        language = known or language_for(guess, self.phrases, memory.language, incoming.language_hint)
        if len(text) > MAX_TEXT and not groups:
            raise InputRefused("This message is too long. Please write your question in a few sentences.")
        if groups:  # an alarm waits for no place
            asked = Asked(
                incoming.conversation, text, slots={**memory.slots, "language": language, **self._city_in(text)}
            )
        else:
            told = await self.places.in_text(text)
            asked = Asked(incoming.conversation, text, slots=self._slots(text, language, memory, told))
            return await self._ordinary(asked, guess, memory, signs.worried, told)
        second = await self._second_opinion(asked)
        if second is not None and second.danger is not None and second.danger < doubt_below(guess, signs):
            return await self._answer(asked, second, guess, memory, True, Told())
        return await self._emergency(groups, asked, guess, memory, second)

    def _slots(self, text: str, language: str, memory: Memory, told: Told) -> dict[str, Any]:
        """What is known for this message: what is remembered, and the place or the city that it names."""
        named = self._city_in(text)
        elsewhere = {"outcode": None} if named and not told.slots else {}
        return {**memory.slots, "language": language, **elsewhere, **told.slots, **named}

    async def _ordinary(self, asked: Asked, guess: Guess, memory: Memory, worried: bool, told: Told) -> Turn:
        """The turn of a message without words of danger: a place, what to look for, or a question for the engine."""
        if (told.alone or told.unknown) and not worried:
            near = Asked(asked.conversation, press=read_button(NEAR), slots=asked.slots)
            answered = await self._respond(near)
            if told.unknown:
                answered = replace(answered, replies=(self._unknown_place(asked),))
            return await self._answer(near, answered, guess, memory, False, told)
        answered = await self._respond(asked)  # also where a place is looked for, because it may tell of danger
        if memory.slots.get("pending") == FIND and not worried and answered.intent not in OBEYED:
            found = await self.directory.find(asked)
            urgent = any(reply.urgent for reply in answered.replies)
            answered = answered if urgent else replace(found, danger=answered.danger, ranking=answered.ranking)
        return await self._answer(asked, answered, guess, memory, worried, told)

    def _unknown_place(self, asked: Asked) -> Reply:
        writer = ReplyWriter(self._content(), self.phrases, asked.slots["language"])
        return NearWriter(writer).ask(unknown=True)

    async def _answer(
        self, asked: Asked, answered: Answered, guess: Guess, memory: Memory, worried: bool, place: Told
    ) -> Turn:
        """The turn of an ordinary message: what is remembered of it, and what is added to the engine's replies."""
        answered = self.basic_help.limit(asked, answered, guess)
        outcome = self._outcome(answered)
        answered = replace(answered, replies=await self.directory.add_named(asked, answered, outcome))
        answered = self.reporting.offer(answered, memory.slots)
        before, language = memory.language, asked.slots["language"]
        chosen = answered.slots.get("language") or language
        # Answering one message in another language does not move the conversation to it, unless it was asked for.
        asked_for = answered.intent == "change_language" or chosen != language
        lasting = chosen if asked_for or before is None else before
        added, told = await self.unanswered.after(asked, answered, outcome, guess, worried)
        if answered.intent == "forget_me":
            await self._forget(asked.conversation)
        else:
            kept = {**answered.slots, **added, "language": lasting}
            if not place.lasting and answered.intent != "change_city":
                kept["outcode"] = memory.slots.get("outcode")
                if memory.slots.get("city"):
                    kept["city"] = memory.slots["city"]  # a city that is only mentioned counts for this answer
            written = await self._memories.remember(asked.conversation, kept, memory)
            told = await self.unanswered.told_if(written, added, told)
        replies = answered.replies
        if before is not None and language != before and chosen == language and lasting == before:
            replies = with_way_back(replies, self.phrases, language, before)
        if guess.sure and not spoken_candidates(guess, self.phrases):
            replies = with_apology(replies, self.phrases, language, guess.code)
        if not any(reply.urgent for reply in replies):
            replies = with_candidates(replies, guess, self.phrases, before)
        replies, outcome = self._with_care(replies, outcome, asked, answered.danger or 0.0, worried)
        replies = in_own_language(replies, guess, self.phrases, self._safety)
        return Turn((*replies, *told), guess.code, outcome, answered.ranking, lasting)

    def _with_care(
        self, replies: tuple[Reply, ...], outcome: str, asked: Asked, danger: float, worried: bool
    ) -> tuple[tuple[Reply, ...], str]:
        """Ask whether the person is safe where the words or the meaning of a message give cause, short of an alarm."""
        if outcome == "emergency":
            if not worried or danger >= CERTAIN_FROM:
                return replies, outcome
            # "I am so tired" is close to an emergency in meaning, and is none.
            replies, outcome = self._menu.people(asked), "talk"
        if not worried and danger < WORRY_FROM:
            return replies, outcome
        # Who may be in danger is not asked for papers at the same time.
        replies = tuple(reply for reply in replies if reply.about != "audience") or replies
        soft = soft_reply(self._safety, self.phrases, asked.slots["language"])
        return ((soft, *replies) if worried else (*replies, soft)), outcome

    async def _handle_press(self, incoming: Incoming, memory: Memory) -> Turn:
        press = self._checked(read_button(incoming.button or ""))
        if memory.slots.get("pending") == FIND:  # who presses something else does not look for a place any more
            memory = replace(memory, slots={**memory.slots, "pending": None})
        language = memory.language or self.phrases.nearest(incoming.language_hint) or SOURCE_LANGUAGE
        if press.kind == "do_not_keep":
            changed, reply = await self.unanswered.object(incoming.conversation, memory.slots, language)
            await self._memories.remember(incoming.conversation, {**memory.slots, **changed}, memory)
            return Turn((reply,), UNDECIDED, spoken=language)
        if press.kind in REPORT_BUTTONS:
            changed, reply = await self.reporting.press(press, incoming, memory.slots, language)
            await self._memories.remember(incoming.conversation, {**memory.slots, **changed}, memory)
            return Turn((reply,), UNDECIDED, spoken=language)
        asked = Asked(incoming.conversation, press=press, slots={**memory.slots, "language": language})
        answered = self.reporting.offer(await self._respond(asked), memory.slots)
        added, told = await self.unanswered.after(asked, answered, self._outcome(answered), UNDECIDED)
        spoken = answered.slots.get("language") or language
        if press.kind == "forget":
            await self._forget(incoming.conversation)
        else:
            # A language that was only assumed is not kept: the first message in words may still decide it.
            chosen = spoken if memory.language or press.kind == "language" else None
            kept = {**answered.slots, **added, "language": chosen}
            written = await self._memories.remember(asked.conversation, kept, memory)
            told = await self.unanswered.told_if(written, added, told)
        return Turn((*answered.replies, *told), UNDECIDED, self._outcome(answered), spoken=spoken)

    async def _respond(self, asked: Asked) -> Answered:
        """Ask the engine; where it is not there or fails, the stand-in answers, so that nobody gets silence."""
        if self.engine is not None:
            try:
                answered = await self.engine.respond(asked)
                if answered.replies:
                    return answered
                log.error("The engine gave no reply for the intent %s", answered.intent)
            except ModelError as error:
                log.error("%s", error)
        return await self._menu.respond(asked)

    async def _second_opinion(self, asked: Asked) -> Answered | None:
        """How the engine reads a message that has the words of an emergency; None where it cannot say within half a
        second. It can only take back an alarm that it holds for next to impossible, and even then the person is asked.
        """
        if self.engine is None or len(asked.text) > MAX_TEXT:
            return None
        try:
            second = await asyncio.wait_for(self.engine.respond(asked), SECOND_OPINION_SECONDS)
        except Exception as error:  # an alarm must survive whatever happens to the opinion on it
            log.error("No second opinion on an alarm (%s)", type(error).__name__)
            return None
        return second if second.replies else None

    async def _emergency(
        self, groups: tuple[str, ...], asked: Asked, guess: Guess, memory: Memory, second: Answered | None
    ) -> Turn:
        self.unanswered.let_go(asked.conversation)
        language = asked.slots["language"]
        known = {group.id: group for group in self._safety.groups}
        try:
            questions = {key: answer.question for key, answer in self._content().answers.items()}
        except StoreError:
            questions = {}
        read = second.ranking if second else ()
        groups = groups_to_show(groups, read)
        shown = [known[group] for group in groups if group in known]
        replies = tuple(emergency_reply(group, self.phrases, language, questions) for group in shown)
        # If it was a false alarm, the person must not be at a dead end.
        for other in (key for key, confidence in read[:1] if confidence >= OTHER_MEANING_FROM and key in questions):
            label = self.phrases.find("answers", language, questions[other]).text
            button = Button(button_id("answer", other), label)
            kept = tuple(one for one in replies[-1].buttons if one.id != button.id)
            replies = (*replies[:-1], replace(replies[-1], buttons=(button, *kept)))
        if memory.language is None:
            await self._memories.remember(asked.conversation, {**memory.slots, "language": language}, memory)
        replies = in_own_language(replies, guess, self.phrases, self._safety)
        ranking = tuple((group, 1.0) for group in groups)
        return Turn(replies, guess.code, "emergency", ranking, memory.language or language)

    @staticmethod
    def _outcome(answered: Answered) -> str:
        if any(reply.urgent for reply in answered.replies):
            return "emergency"
        about = answered.replies[0].about if answered.replies else ""
        if "/" in about and not about.startswith("topic/"):
            return "answer"
        if about in ("choices", "unknown", "menu"):
            return about
        return OUTCOMES.get(answered.intent, "talk")

    # ---- parts

    async def _forget(self, conversation: str) -> None:
        """Raises StoreError: nobody may be told that all is forgotten while it is not."""
        self.unanswered.let_go(conversation)
        await self._memories.forget(conversation)

    def _lock(self, conversation: str) -> asyncio.Lock:
        """One lock a conversation, which lives as long as somebody holds or waits for it."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    def _city_in(self, text: str) -> dict[str, str]:
        """The city that a message names, as a slot; {} where it names none or the content cannot be read."""
        try:
            city = city_named(text, city_spellings(self._content().cities.values(), self.phrases))
        except StoreError:
            return {}
        return {"city": city} if city else {}

    def _content(self) -> Content:
        """The present content; the last one known while the database cannot be read."""
        try:
            self._last_content = self._store.content()
        except StoreError as error:
            if self._last_content is None:
                raise
            log.error("%s", error)
        return self._last_content

    def _checked(self, press: Press) -> Press:
        content = self._content()
        known = {
            "answer": content.answers,
            "topic": content.topics,
            "city": content.cities,
            "language": self.phrases.languages,
            "audience": GROUPS.values(),
        }.get(press.entity)
        if known is not None and press.argument not in known:
            raise InputRefused(
                "This button is from an older time. Please use the newest buttons or write your question."
            )
        return press

    def _refusal(self, message: str, memory: Memory) -> Turn:
        language = memory.language or SOURCE_LANGUAGE
        reply = Reply(
            about="refused",
            text=self.phrases.say(language, message, emergency="999"),
            language=language,
            direction=self.phrases.direction(language),
            buttons=(
                Button(button_id("menu"), self.phrases.say(language, "Topics")),
                Button(button_id("person"), self.phrases.say(language, "Talk to a person")),
            ),
        )
        return Turn((reply,), UNDECIDED, "menu", spoken=language)
