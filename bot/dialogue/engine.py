"""The port through which a channel talks to the desk, and the port behind which Rasa (or its stand-in) answers."""

from typing import Protocol

from bot.dialogue.messages import Incoming, Turn


class Desk(Protocol):
    """What every channel is given. One object serves all conversations; calls for one conversation are kept in order."""

    async def handle(self, incoming: Incoming) -> Turn:
        """Answer one message. Never raises for anything a person can send; the worst case is a menu and human contacts."""

    async def welcome(self, conversation: str, language_hint: str | None = None) -> Turn:
        """The first thing a person sees: the language picker, then what the desk is. Starts the conversation anew."""

    async def forget(self, conversation: str) -> None:
        """Remove all that is kept of the conversation."""
