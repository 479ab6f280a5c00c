"""What all actions share: how they read a tracker and utter replies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.content.records import Answer
from bot.dialogue.action_context import ActionContext
from bot.dialogue.messages import Reply, as_lines, to_dict
from bot.dialogue.replies import ReplyWriter

REPLY = "reply"  # the key under which a `Reply` travels through Rasa beside its plain text


class DeskAction(Action):
    """Base of all actions. A subclass gives `action_name` and `act`, which returns the slots to set."""

    action_name = ""

    def __init__(self, context: ActionContext) -> None:
        self._context = context

    def name(self) -> str:
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict]:
        slots = self.act(Request(self._context, tracker, dispatcher))
        return [SlotSet(name, value) for name, value in slots.items()]

    def act(self, request: Request) -> dict[str, Any]:
        raise NotImplementedError


class Request:
    """One call of an action: what the person wants and remembers, and the way to reply."""

    def __init__(self, context: ActionContext, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self._tracker, self._dispatcher = tracker, dispatcher
        self.phrases, self.safety = context.phrases, context.safety
        self.content, self._moment = context.content(), context.now()
        self.write = self.writer(self.slot("language") or "en", self.slot("city"), self.slot("audience"))

    def writer(self, language: str, city: str | None, audience: str | None) -> ReplyWriter:
        """A reply writer for that language, city and situation."""
        about = {name: self.slot(name) for name in ("outcode", "here")}
        return ReplyWriter(self.content, self.phrases, language, city, audience, moment=self._moment, **about)

    def slot(self, name: str) -> Any:
        return self._tracker.get_slot(name)

    @property
    def text(self) -> str:
        """The message as typed; a payload such as "/help" for a button."""
        return self._tracker.latest_message.get("text") or ""

    @property
    def intent(self) -> str:
        """What the person wants, by its name in domain.yml."""
        return self._tracker.latest_message.get("intent", {}).get("name") or ""

    def argument(self, entity: str) -> str | None:
        """The argument of a pressed button; None for typed text."""
        found = [each["value"] for each in self._tracker.latest_message.get("entities", []) if each["entity"] == entity]
        return found[0] if found else None

    def ranking(self) -> list[tuple[str, float]]:
        """(answer id or intent, confidence) as understood from the text, best first; empty for a button."""
        selected = self._tracker.latest_message.get("response_selector", {}).get("default", {})
        return [(entry["intent_response_key"], entry["confidence"]) for entry in selected.get("ranking", [])]

    def needs(self) -> list[list[tuple[str, float]]]:
        """The ranking of each part of a message that may hold several needs; empty where it is one need."""
        return [[(key, share) for key, share in part] for part in self._tracker.latest_message.get("needs") or []]

    def answers(self, ids: Iterable[str]) -> list[Answer]:
        """The published answers among these ids."""
        return [self.content.answers[each] for each in ids if each in self.content.answers]

    def utter(self, *replies: Reply) -> None:
        """Utter replies: as plain text for any Rasa channel, and whole for the desk's own."""
        for reply in replies:
            self._dispatcher.messages.append({"text": "\n".join(as_lines(reply)), REPLY: to_dict(reply)})
