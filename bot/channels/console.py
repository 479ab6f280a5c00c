"""The console channel: numbered buttons, plain lines. For developers, tests and people at a terminal."""

import secrets
from collections.abc import Callable

from bot.dialogue.engine import Desk
from bot.dialogue.messages import Button, Incoming, Turn, as_lines

Write = Callable[[str], None]


def print_turn(turn: Turn, write: Write) -> list[Button]:
    """Write a turn as lines, with its buttons numbered. Returns the buttons in the order of their numbers."""
    buttons: list[Button] = []
    for reply in turn.replies:
        write("")
        if reply.urgent:
            write("!" * 60)
        for line in as_lines(reply):
            write(line)
        for button in reply.buttons:
            buttons.append(button)
            write(f"  [{len(buttons)}] {button.label}")
    return buttons


async def converse(desk: Desk, read: Callable[[], str], write: Write, language_hint: str | None = None) -> None:
    """Talk until `read` raises EOFError or the person types an empty line twice. All is forgotten at the end."""
    conversation = f"console-{secrets.token_hex(8)}"
    buttons = print_turn(await desk.welcome(conversation, language_hint), write)
    empty = 0
    try:
        while empty < 2:
            typed = read().strip()
            empty = 0 if typed else empty + 1
            if typed:
                buttons = print_turn(await desk.handle(_incoming(conversation, typed, buttons)), write) or buttons
    except EOFError:
        pass
    finally:
        await desk.forget(conversation)


def _incoming(conversation: str, typed: str, buttons: list[Button]) -> Incoming:
    if typed.isdecimal() and 1 <= int(typed) <= len(buttons):
        return Incoming(conversation, button=buttons[int(typed) - 1].id)
    return Incoming(conversation, typed)
