"""The engine that needs no model: buttons, topics and people. It stands in while Rasa is missing, loading or broken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.content.records import Answer, Content
from bot.dialogue.directory import FIND
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.replies import ASKED_AT_MOST, CARDS_AT_ONCE, ReplyWriter
from bot.skills.phrases import Phrases


class MenuEngine:
    """Answers every button as the Rasa engine does; a typed question gets the topics and people."""

    def __init__(
        self,
        content: Callable[[], Content],
        phrases: Phrases,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._content, self._phrases, self._now = content, phrases, now

    async def respond(self, asked: Asked) -> Answered:
        writer = self._writer(asked)
        if asked.press is None:
            return Answered(self._cannot_read(writer), asked.slots, "unknown")
        replies, slots = self._press(writer, asked)
        return Answered(replies, {**asked.slots, **slots}, asked.press.intent)

    def people(self, asked: Asked) -> tuple[Reply, ...]:
        """Whom to talk to, for a person of that language and city."""
        writer = self._writer(asked)
        return (writer.people(self._phrases.say(writer.language, "These people can help:")),)

    def _writer(self, asked: Asked) -> ReplyWriter:
        return ReplyWriter.for_slots(self._content(), self._phrases, asked.slots, self._now())

    def _cannot_read(self, writer: ReplyWriter) -> tuple[Reply, ...]:
        _ = self._phrases.speaker(writer.language)
        return writer.unknown(_("I cannot read questions right now. The buttons work, and these people can help."))

    def _press(self, writer: ReplyWriter, asked: Asked) -> tuple[tuple[Reply, ...], dict[str, Any]]:
        content, argument = writer.content, asked.press.argument
        current = content.answers.get(asked.slots.get("answer") or "")
        match asked.press.kind:
            case "answer" if argument in content.answers:
                return self._answer(writer, content.answers[argument], asked)
            case "audience" | "audiences" | "skip":
                return self._audience(writer, current, asked)
            case "topic" if argument in content.topics:
                return (writer.topic(argument),), {"topic": argument}
            case "language" if argument in self._phrases.languages:
                spoken = ReplyWriter(content, self._phrases, argument, writer.city)
                return (spoken.menu(about="change_language"),), {"language": argument}
            case "languages":
                return (writer.ask_language(),), {}
            case "city" if argument in content.cities:
                there = replace(writer, city=argument, outcode=None, here=None)
                menu = (there.menu(about="change_city"), {})
                reply, slots = NearWriter(there).press(current) if current else menu
                return (reply,), {"city": argument, "outcode": None, **slots}
            case "cities":
                return (writer.ask_city(),), {}
            case "near" | "open_now":
                reply, slots = NearWriter(writer).press(current, asked.press.kind == "open_now")
                return (reply,), slots
            case "more" if current:
                reply, slots = NearWriter(writer).more(current, asked.slots.get("shown"), asked.slots.get("listed"))
                return (reply,), slots
            case "find":
                return (writer.ask_find(),), {"pending": FIND}
            case "forget":
                return (writer.forgotten(),), {}
            case "unsafe":
                return writer.not_safe(), {}
            case "person":
                return (
                    writer.people(self._phrases.say(writer.language, "You can talk to these people. It is free.")),
                ), {}
        return (writer.menu(),), {}

    @staticmethod
    def _answer(writer: ReplyWriter, answer: Answer, asked: Asked) -> tuple[tuple[Reply, ...], dict[str, Any]]:
        times = asked.slots.get("audience_asked") or 0
        question = writer.audience_question(answer, times)
        slots = {"answer": answer.id, "shown": CARDS_AT_ONCE, "listed": None}
        return (writer.answer(answer), *question), slots | ({"audience_asked": times + 1} if question else {})

    @staticmethod
    def _audience(
        writer: ReplyWriter, current: Answer | None, asked: Asked
    ) -> tuple[tuple[Reply, ...], dict[str, Any]]:
        """Keeps the person's situation, asks for it, or leaves it open, as the assistant does."""
        if asked.press.kind == "audiences":
            return (writer.ask_audience(),), {}
        if asked.press.kind == "audience":
            told = replace(writer, audience=asked.press.argument)
            return (told.answer(current) if current else told.audience_kept(),), {"audience": told.audience}
        open_ = replace(writer, audience=None)
        reply = open_.answer(current) if current and writer.audience else open_.sentence("audience", "")
        reply = replace(reply, text=open_.for_everyone())
        return (reply,), {"audience": None, "audience_asked": ASKED_AT_MOST}
