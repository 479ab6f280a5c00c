"""A person who talks to the desk: says things, presses only what is on the screen, and looks at what came."""

import asyncio
import secrets
from types import TracebackType
from typing import Self

from bot.content.records import Content
from bot.dialogue.buttons import button_id
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Button, Card, Incoming, Reply, Turn


class Visitor:
    """One conversation. `screen`: the last turn. Used with `with`, so that the visit ends with the test."""

    def __init__(self, desk: Desk, language_hint: str | None = None) -> None:
        self.conversation = f"journey-{secrets.token_hex(8)}"
        self.screen = Turn(())
        self._desk, self._hint = desk, language_hint
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._desk.forget(self.conversation))
        self._runner.close()

    def arrives(self) -> Turn:
        """Open the desk for the first time."""
        return self._see(self._desk.welcome(self.conversation, self._hint))

    def says(self, text: str) -> Turn:
        """Type a message."""
        return self._see(self._desk.handle(Incoming(self.conversation, text, language_hint=self._hint)))

    def presses(self, kind: str, argument: str = "") -> Turn:
        """Press a button, which must be on the screen."""
        wanted = button_id(kind, argument)
        assert wanted in self.buttons, f"{wanted} is not on the screen, only {list(self.buttons)}"
        return self.chooses(wanted)

    def chooses(self, button: str) -> Turn:
        """Press a button by its id, also one that stands in the channel's own menu, such as /forget in Telegram."""
        return self._see(self._desk.handle(Incoming(self.conversation, button=button, language_hint=self._hint)))

    @property
    def buttons(self) -> dict[str, Button]:
        """The buttons on the screen by their ids."""
        return {button.id: button for reply in self.screen.replies for button in reply.buttons}

    @property
    def abouts(self) -> list[str]:
        """What the replies on the screen are about."""
        return [reply.about for reply in self.screen.replies]

    @property
    def cards(self) -> list[Card]:
        """All cards on the screen."""
        return [card for reply in self.screen.replies for card in reply.cards]

    def _see(self, coming) -> Turn:
        self.screen = self._runner.run(coming)
        assert self.screen.replies, "nobody may get silence"
        return self.screen


def check_cards(cards: list[Card], content: Content) -> None:
    """Each card shows a service that the desk knows, with its own numbers, its source, and a warning where unchecked."""
    assert cards
    for card in cards:
        service = content.services[card.id]
        assert card.title == service.name
        shown = {fact.value: fact.href for fact in card.facts if fact.href.startswith("tel:")}
        assert shown == {phone.number: phone.href for phone in service.phones if phone.href}
        assert card.source
        assert bool(card.warnings) is not service.provenance.verified


def check_way_on(reply: Reply) -> None:
    """From an answer a person can always go on: to other questions and to people."""
    ids = [button.id for button in reply.buttons]
    assert "person:" in ids
    assert {"not_this:", "menu:"} & set(ids)
