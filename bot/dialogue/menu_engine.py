"""The engine that needs no model: buttons, topics and people. It stands in while Rasa is missing, loading or broken."""

from collections.abc import Callable
from typing import Any

from bot.content.records import Content
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter
from bot.skills.phrases import Phrases


class MenuEngine:
    """Answers every button as the Rasa engine does; a typed question gets the topics and people."""

    def __init__(self, content: Callable[[], Content], phrases: Phrases) -> None:
        self._content, self._phrases = content, phrases

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
        language, city = asked.slots.get("language") or "en", asked.slots.get("city")
        return ReplyWriter(self._content(), self._phrases, language, city)

    def _cannot_read(self, writer: ReplyWriter) -> tuple[Reply, ...]:
        _ = self._phrases.speaker(writer.language)
        return writer.unknown(_("I cannot read questions right now. The buttons work, and these people can help."))

    def _press(self, writer: ReplyWriter, asked: Asked) -> tuple[tuple[Reply, ...], dict[str, Any]]:
        content, argument = writer.content, asked.press.argument
        current = content.answers.get(asked.slots.get("answer") or "")
        match asked.press.kind:
            case "answer" if argument in content.answers:
                return (writer.answer(content.answers[argument]),), {"answer": argument, "shown": CARDS_AT_ONCE}
            case "topic" if argument in content.topics:
                return (writer.topic(argument),), {"topic": argument}
            case "language" if argument in self._phrases.languages:
                spoken = ReplyWriter(content, self._phrases, argument, writer.city)
                return (spoken.menu(about="change_language"),), {"language": argument}
            case "languages":
                return (writer.ask_language(),), {}
            case "city" if argument in content.cities:
                there = ReplyWriter(content, self._phrases, writer.language, argument)
                return (there.near(current) if current else there.menu(about="change_city"),), {"city": argument}
            case "cities":
                return (writer.ask_city(),), {}
            case "near" if current:
                return (writer.near(current) if writer.city else writer.ask_city(),), {}
            case "more" if current:
                reply, shown = writer.more(current, asked.slots.get("shown") or CARDS_AT_ONCE)
                return (reply,), {"shown": shown}
            case "forget":
                return (writer.forgotten(),), {}
            case "unsafe":
                return writer.not_safe(), {}
            case "person":
                return (
                    writer.people(self._phrases.say(writer.language, "You can talk to these people. It is free.")),
                ), {}
        return (writer.menu(),), {}
