"""'This is wrong': a button below answers and services, and what follows on it. Only what is pressed is kept, no words.

The front desk itself sees to these buttons, so that they work with every engine and without one. The table of reports
is in bot/content/reports.py; docs/decisions/0012-reports.md says why there is no free text.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.content.records import Answer, Content, Service
from bot.content.reports import CLOSED, NO_HELP, OTHER, PHONE, TIMES, WRONG, Report
from bot.content.store import Store
from bot.dialogue.buttons import Press, button_id
from bot.dialogue.engine import Answered
from bot.dialogue.messages import Button, Incoming, Reply
from bot.dialogue.unanswered import DATABASE_SECONDS
from bot.errors import InputRefused, StoreError
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases

KINDS = ("wrong", "wrong_in", "wrong_as")  # of buttons: what is wrong, in which record, and for which reason
ON_SCREEN = "on_screen"  # the slot with the ids of the answer and the services that were shown last
REPORTED = "reported"  # the slot with the ids of what the conversation reported already
MOST_SHOWN = 7  # an answer and two screens of services
MOST_REPORTED = 10  # records that one conversation may report: more is no longer somebody who met a mistake
LONGEST_NAME = 44  # bytes that are left for a record in a button; a longer id goes as a digest
SAFETY = "safety"  # the topic whose readers may be in danger while they report

Record = Answer | Service


class Reporting:
    """Offers the button, asks what is wrong, and keeps the report. `now` gives the time, with a time zone."""

    def __init__(
        self, store: Store, content: Callable[[], Content], phrases: Phrases, now: Callable[[], datetime]
    ) -> None:
        self._store, self._content, self._phrases, self._now = store, content, phrases, now

    def offer(self, answered: Answered, slots: dict[str, Any]) -> Answered:
        """The same with the button below what it shows, and with what was shown in its slots.

        slots: those from before. Nothing is offered beside an emergency text, where every button more is one too many.
        """
        # The engines know nothing of these slots, and would drop them.
        kept = answered.slots | {name: slots[name] for name in (ON_SCREEN, REPORTED) if name in slots}
        try:
            content = self._content()
        except StoreError:  # what the engine could say without the database must still be said
            return replace(answered, slots=kept)
        places = [at for at, reply in enumerate(answered.replies) if shown_in((reply,), content)]
        if not places or any(reply.urgent for reply in answered.replies):
            return replace(answered, slots=kept)
        replies = list(answered.replies)
        last = replies[places[-1]]
        label = self._phrases.say(answered.slots.get("language") or SOURCE_LANGUAGE, "This is wrong")
        replies[places[-1]] = replace(last, buttons=(*last.buttons, Button(button_id("wrong"), label)))
        shown = shown_in(answered.replies, content)[:MOST_SHOWN]
        return replace(answered, replies=tuple(replies), slots=kept | {ON_SCREEN: shown})

    async def press(
        self, press: Press, incoming: Incoming, slots: dict[str, Any], language: str
    ) -> tuple[dict[str, Any], Reply]:
        """What a press of one of these buttons leads to: slots that change, and the reply. Raises StoreError where the
        report cannot be kept, InputRefused for a button whose record is gone."""
        if press.kind == "wrong_as":
            reason, _, name = press.argument.partition(":")
            record = self._found(name)
            if reason not in self._reasons(record, language):
                raise InputRefused(
                    "This button is from an older time. Please use the newest buttons or write your question."
                )
            return await self._keep(record, reason, incoming, slots, language)
        if press.kind == "wrong_in":
            return {}, self._ask_reason(self._found(press.argument), language)
        shown = [record for each in slots.get(ON_SCREEN) or [] if (record := find_record(self._content(), each))]
        if len(shown) == 1:
            return {}, self._ask_reason(shown[0], language)
        return {}, self._ask_record(shown, language)

    # ---- parts

    def _ask_record(self, shown: list[Record], language: str) -> Reply:
        _ = self._phrases.speaker(language)
        if not shown:  # the button outlived the memory of its conversation
            told = _("I no longer know what you saw. Ask your question again, then press “This is wrong”.")
            return self._reply(told, language, self._way_on(language))
        buttons = [Button(button_id("wrong_in", short_name(each.id)), self._title(each, language)) for each in shown]
        return self._reply(_("Which one is wrong?"), language, (*buttons, *self._way_on(language)[:1]))

    def _ask_reason(self, record: Record, language: str) -> Reply:
        _ = self._phrases.speaker(language)
        told = _("What is wrong with “{name}”?", name=self._title(record, language))
        note = _("I keep only what you press here. I do not keep who you are.")
        buttons = [
            Button(button_id("wrong_as", f"{reason}:{short_name(record.id)}"), label)
            for reason, label in self._reasons(record, language).items()
        ]
        reply = self._reply(told, language, (*buttons, *self._way_on(language)[:1]))
        return replace(reply, notes=(note,))

    async def _keep(
        self, record: Record, reason: str, incoming: Incoming, slots: dict[str, Any], language: str
    ) -> tuple[dict[str, Any], Reply]:
        _ = self._phrases.speaker(language)
        before = slots.get(REPORTED) or []
        changed: dict[str, Any] = {}
        if record.id in before:
            told = _("You told me this already. The people who look after it will see it.")
        elif len(before) >= MOST_REPORTED:
            told = _("You told me of many things. Please tell a person of this one.")
        else:
            table = "answers" if isinstance(record, Answer) else "services"
            report = Report(table, record.id, reason, incoming.channel[:30], language)
            await self._store_in_time(report)
            told = _("Thank you. The people who look after it will see it.")
            changed = {REPORTED: [*before, record.id]}
        reply = self._reply(told, language, (*self._others(slots, language), *self._way_on(language)))
        if SAFETY in (record.topics if isinstance(record, Service) else (record.topic,)):
            reply = replace(reply, points=(_("In danger? Call 999. It is free."),))
        return changed, reply

    async def _store_in_time(self, report: Report) -> None:
        storing = asyncio.to_thread(self._store.add_report, report, self._now().date())
        try:
            await asyncio.wait_for(storing, DATABASE_SECONDS)
        except TimeoutError:
            raise StoreError("A report could not be kept: the database is busy. Look at what else uses it.") from None

    def _reasons(self, record: Record, language: str) -> dict[str, str]:
        """What may be wrong with a record, by the codes of reports."""
        _ = self._phrases.speaker(language)
        ends = {NO_HELP: _("It did not help, or it is not for me"), OTHER: _("Something else")}
        if isinstance(record, Answer):
            return {WRONG: _("The answer is wrong"), **ends}
        return {
            PHONE: _("The phone does not work"),
            CLOSED: _("It is closed, or it moved"),
            TIMES: _("The times are wrong"),
            **ends,
        }

    def _others(self, slots: dict[str, Any], language: str) -> tuple[Button, ...]:
        """Other services for the same question; none where there is no question."""
        if slots.get("answer") not in self._content().answers:
            return ()
        return (Button(button_id("more"), self._phrases.say(language, "Other places that can help")),)

    def _way_on(self, language: str) -> tuple[Button, Button]:
        _ = self._phrases.speaker(language)
        return Button(button_id("menu"), _("Topics")), Button(button_id("person"), _("Talk to a person"))

    def _title(self, record: Record, language: str) -> str:
        if isinstance(record, Service):
            return record.name
        return self._phrases.find("answers", language, record.question).text

    def _found(self, name: str) -> Record:
        record = find_record(self._content(), name)
        if record is None:
            raise InputRefused(
                "This button is from an older time. Please use the newest buttons or write your question."
            )
        return record

    def _reply(self, text: str, language: str, buttons: Iterable[Button]) -> Reply:
        direction = self._phrases.direction(language)
        return Reply("report", text, buttons=tuple(buttons), language=language, direction=direction)


def shown_in(replies: Iterable[Reply], content: Content) -> list[str]:
    """The ids of the answers and services that the replies show, each once, in their order."""
    ids = [each for reply in replies for each in (reply.about, *(card.id for card in reply.cards))]
    return [each for each in dict.fromkeys(ids) if each in content.answers or each in content.services]


def short_name(record_id: str) -> str:
    """A name for a record that fits into a button: its id, or a digest where the id is too long."""
    if len(record_id.encode()) <= LONGEST_NAME:
        return record_id
    return "~" + sha256(record_id.encode()).hexdigest()[:16]


def find_record(content: Content, name: str) -> Record | None:
    """The inverse of `short_name`; None where there is no such record any more."""
    if name.startswith("~"):
        name = next((each for each in (*content.answers, *content.services) if short_name(each) == name), "")
    return content.answers.get(name) or content.services.get(name)
