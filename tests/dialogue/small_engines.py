"""Small honest engines for tests of the front desk: each understands a little, and says what reached it."""

import asyncio

from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply
from bot.errors import ModelError

ROOM = "housing/rent_room"


class RoomEngine:
    """Knows the word "room" and the wish to be forgotten; speaks the language of the slots. `heard`: what it was asked."""

    def __init__(self) -> None:
        """An engine that was asked nothing yet."""
        self.heard: list[Asked] = []

    async def respond(self, asked: Asked) -> Answered:
        """A room, being forgotten, or choices."""
        self.heard.append(asked)
        language = asked.slots.get("language") or "en"
        if asked.press and asked.press.entity in ("language", "city"):
            language = asked.press.argument if asked.press.entity == "language" else language
            reply = Reply("change_language", text="Done.", language=language)
            return Answered((reply,), {**asked.slots, asked.press.entity: asked.press.argument}, asked.press.intent)
        if "forget" in asked.text or (asked.press and asked.press.kind == "forget"):
            return Answered((Reply("forget_me", text="Forgotten.", language=language),), asked.slots, "forget_me")
        if "room" in asked.text:
            ranking = ((ROOM, 0.9), ("housing/rights", 0.05))
            return Answered(
                (Reply(ROOM, text="A room.", language=language),), {**asked.slots, "answer": ROOM}, "housing", ranking
            )
        return Answered((Reply("choices", text="Which?", language=language),), asked.slots, "nlu_fallback")


class SwitchingEngine(RoomEngine):
    """Takes any text for the wish to go on in Ukrainian."""

    async def respond(self, asked: Asked) -> Answered:
        """The new language."""
        self.heard.append(asked)
        reply = Reply("change_language", text="Готово.", language="uk")
        return Answered((reply,), {**asked.slots, "language": "uk"}, "change_language")


class BrokenEngine:
    """Fails on everything, as the assistant does when its model is damaged."""

    async def respond(self, asked: Asked) -> Answered:
        """Raises ModelError."""
        raise ModelError("The assistant failed on a message (ValueError).")


class HangingEngine:
    """Thinks for ever."""

    async def respond(self, asked: Asked) -> Answered:
        """Never ends by itself."""
        await asyncio.Event().wait()
        raise AssertionError("an event that nobody sets was set")


class SilentEngine:
    """Understands, and says nothing."""

    async def respond(self, asked: Asked) -> Answered:
        """No reply at all."""
        return Answered((), asked.slots, "housing")


class CountingEngine:
    """Counts the messages of each conversation in its slots, slowly; `steps` says what began and ended when."""

    def __init__(self) -> None:
        """An engine that has counted nothing yet."""
        self.steps: list[tuple[str, str, str]] = []

    async def respond(self, asked: Asked) -> Answered:
        """How many messages the conversation had."""
        self.steps.append(("begin", asked.conversation, asked.text))
        await asyncio.sleep(0.02)
        count = asked.slots.get("shown", 0) + 1
        self.steps.append(("end", asked.conversation, asked.text))
        return Answered((Reply(ROOM, text=str(count)),), {**asked.slots, "shown": count}, "housing")
