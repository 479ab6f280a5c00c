"""What is remembered of a conversation between two messages: slots, and no words. Read and written on another thread,
because a busy database must not hold up other conversations."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.content.store import ConversationState, Store
from bot.dialogue.unanswered import DATABASE_SECONDS
from bot.errors import StoreError

log = logging.getLogger(__name__)

HERE = "here"  # the slot of where the person is exactly: for the message that tells it, and never written
TOUCH_AFTER = timedelta(hours=1)  # after which an unchanged conversation is written again, so that it counts as used


@dataclass
class Memory:
    """What is known of a conversation while a message is handled: JSON values by slot name, and when it was written."""

    slots: dict[str, Any]
    written: datetime | None

    @property
    def language(self) -> str | None:
        return self.slots.get("language")


class Memories:
    """The memories of all conversations, in the store. `now` gives the time, with a time zone."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    async def recall(self, conversation: str) -> Memory:
        """What is known of a conversation; nothing where the database cannot say within its time."""
        try:
            reading = asyncio.to_thread(self._store.read_conversation, conversation)
            state = await asyncio.wait_for(reading, DATABASE_SECONDS)
        except (StoreError, TimeoutError) as error:  # without its database the desk still gives safety texts
            log.error("A conversation could not be read: %s", error)
            state = None
        if state is None:
            return Memory({}, written=None)
        slots = {**state.slots, "language": state.language, "city": state.city}
        return Memory({name: value for name, value in slots.items() if value is not None}, state.updated_at)

    async def remember(self, conversation: str, slots: dict[str, Any], memory: Memory) -> bool:
        """Write the slots where they differ from `memory` or were written long ago; returns whether they are safe."""
        kept = {name: value for name, value in slots.items() if value is not None and name != HERE}
        if kept == memory.slots and memory.written and self._now() - memory.written < TOUCH_AFTER:
            return True
        others = {name: value for name, value in kept.items() if name not in ("language", "city")}
        state = ConversationState(conversation, kept.get("language"), kept.get("city"), self._now(), others)
        try:
            await asyncio.wait_for(asyncio.to_thread(self._store.write_conversation, state), DATABASE_SECONDS)
        except (StoreError, TimeoutError) as error:  # the person still gets the answer; only the memory is lost
            log.error("A conversation could not be written: %s", error)
            return False
        return True

    async def forget(self, conversation: str) -> None:
        """Delete all that is kept of a conversation. Raises StoreError."""
        await asyncio.to_thread(self._store.forget_conversation, conversation)
