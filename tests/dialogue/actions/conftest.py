"""A conversation with the whole desk and its trained assistant."""

import asyncio
from itertools import count

import pytest

from bot.dialogue.buttons import button_id
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming, Turn

_numbers = count(1)


class Conversation:
    """One person at the desk. `turn` is what the last message led to."""

    def __init__(self, desk: FrontDesk, hint: str | None = None) -> None:
        """A person who was never there before."""
        self._desk, self._hint, self.key = desk, hint, f"person-{next(_numbers)}"
        self.turn = Turn(())

    def say(self, text: str) -> Turn:
        """Type a message."""
        return self._send(text=text)

    def press(self, kind: str, argument: str = "") -> Turn:
        """Press a button; after the first message it must be one of those just shown."""
        pressed = button_id(kind, argument)
        assert not self.turn.replies or pressed in self.buttons, f"{pressed} is not among {self.buttons}"
        return self._send(button=pressed)

    def _send(self, **parts: str) -> Turn:
        incoming = Incoming(self.key, language_hint=self._hint, channel="test", **parts)
        self.turn = asyncio.run(self._desk.handle(incoming))
        return self.turn

    @property
    def about(self) -> list[str]:
        """What each reply is about."""
        return [reply.about for reply in self.turn.replies]

    @property
    def buttons(self) -> list[str]:
        """The ids of all buttons shown."""
        return [button.id for reply in self.turn.replies for button in reply.buttons]

    @property
    def cards(self) -> list[str]:
        """The ids of all services shown."""
        return [card.id for reply in self.turn.replies for card in reply.cards]


@pytest.fixture
def person(desk):
    """A person at the desk."""
    return Conversation(desk)


@pytest.fixture
def newcomers(desk):
    """A function that sends another person to the desk."""

    def arrive(hint: str | None = None) -> Conversation:
        return Conversation(desk, hint)

    return arrive
