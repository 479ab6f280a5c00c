"""The ports of the conversation: the desk that every channel is given, and the engine behind it (Rasa or its stand-in)."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.dialogue.buttons import Press
from bot.dialogue.messages import Incoming, Reply, Turn

# Confidence of the intent personal_advice from which a message may tell of one person's case.
MAYBE_ONES_OWN_CASE = 0.08


class Desk(Protocol):
    """What every channel is given. One object serves all conversations; calls for one conversation are kept in order."""

    async def handle(self, incoming: Incoming) -> Turn:
        """Answer one message. Never raises for anything a person can send; the worst case is a menu and human contacts."""

    async def welcome(self, conversation: str, language_hint: str | None = None) -> Turn:
        """The first thing a person sees: the language picker, then what the desk is. Starts the conversation anew."""

    async def forget(self, conversation: str) -> None:
        """Remove all that is kept of the conversation."""


@dataclass(frozen=True)
class Asked:
    """What the engine is asked: a text or a pressed button, and what is remembered of the conversation.

    slots: JSON values by the slot names of domain.yml; `language` (BCP 47) and `city` among them.
    """

    conversation: str
    text: str = ""
    press: Press | None = None
    slots: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """What the engine says: the replies, the slots from now on, the intent, and how the text was understood.

    danger: probability (0 to 1) that the text tells of an emergency of any group; None where nobody judged it.
    """

    replies: tuple[Reply, ...]
    slots: dict[str, Any]
    intent: str
    ranking: tuple[tuple[str, float], ...] = ()
    danger: float | None = None


class DialogueEngine(Protocol):
    """Understands a message and answers it. Language, safety, memory and privacy are the front desk's part."""

    async def respond(self, asked: Asked) -> Answered:
        """Answer one message. Raises ModelError when it cannot; the front desk then uses the stand-in."""
