"""A person with Telegram in hand: writes, presses what is on the screen, and reads what comes back."""

import asyncio
import itertools
import time
from dataclasses import dataclass
from typing import Any

from tests.channels.telegram.bot_api.entities import commands_and_mentions
from tests.channels.telegram.bot_api.server import BotApi

LONG_ENOUGH = 5.0  # seconds to wait for an answer before a test fails
_presses = itertools.count(1)


@dataclass(frozen=True)
class Received:
    """A message of the bot as the person sees it."""

    message_id: int
    text: str
    rows: tuple[tuple[str, ...], ...]  # labels of the buttons
    links: tuple[tuple[str, str], ...]  # (words, address) of the links in the text
    bold: tuple[str, ...]
    raw: dict[str, Any]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons in reading order."""
        return [label for row in self.rows for label in row]


class Person:
    """One person in one chat: private where `chat_id` is positive, a group where it is negative."""

    def __init__(
        self,
        server: BotApi,
        chat_id: int,
        *,
        user_id: int | None = None,
        name: str = "Amina",
        language_code: str = "en",
    ) -> None:
        self._server, self._world, self.chat_id = server, server.world, chat_id
        self.user = {
            "id": user_id or abs(chat_id),
            "is_bot": False,
            "first_name": name,
            "language_code": language_code,
        }
        group = {"id": chat_id, "type": "supergroup", "title": "Newcomers"}
        private = {"id": chat_id, "type": "private", "first_name": name}
        with self._world.changed:
            self._world.chats.setdefault(chat_id, group if chat_id < 0 else private)

    def say(self, text: str, reply_to: Received | None = None) -> dict[str, Any]:
        """Write a message; the update as the bot gets it. A reply where `reply_to` is given."""
        content: dict[str, Any] = {"text": text}
        if entities := commands_and_mentions(text):
            content["entities"] = entities
        if reply_to:
            content["reply_to_message"] = reply_to.raw
        return self._send(content)

    def send(self, kind: str, caption: str = "") -> dict[str, Any]:
        """Send a "photo", "voice", "sticker", "location" or "document", with a caption where one is given."""
        return self._send({kind: _ATTACHMENTS[kind]} | ({"caption": caption} if caption else {}))

    def edit(self, update: dict[str, Any], text: str) -> dict[str, Any] | None:
        """Change the words of a message that was sent before; the update, or None where the bot wants none."""
        edited = {**update["message"], "text": text, "edit_date": int(time.time())}
        return self._world.add_update("edited_message", edited)

    def press(self, label: str) -> str:
        """Press the newest button with this label; the id of the press."""
        for message in reversed(self.messages):
            for row in message.raw.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return self.press_data(button["callback_data"], message)
        raise AssertionError(f"There is no button {label!r} on the screen.")

    def press_data(self, data: str, message: Received) -> str:
        """Press with data of one's own, as a changed client can; the id of the press."""
        press = str(next(_presses))
        with self._world.changed:
            self._world.presses[press] = False
            self._world.add_update(
                "callback_query",
                {"id": press, "from": self.user, "message": message.raw, "chat_instance": "1", "data": data},
            )
        return press

    def was_released(self, press: str) -> bool:
        """Whether the bot answered a press, so that the button stopped waiting."""
        with self._world.changed:
            return self._world.presses[press]

    def block_bot(self) -> None:
        """Let nothing of the bot through."""
        with self._world.changed:
            self._world.blocked.add(self.chat_id)

    def unblock_bot(self) -> None:
        """Let the bot write again."""
        with self._world.changed:
            self._world.blocked.discard(self.chat_id)

    @property
    def messages(self) -> list[Received]:
        """All messages of the bot in this chat, oldest first."""
        with self._world.changed:
            return [_received(dict(message)) for message in self._world.messages.get(self.chat_id, [])]

    @property
    def texts(self) -> list[str]:
        """The words of those messages."""
        return [message.text for message in self.messages]

    async def receives(self, count: int, within: float = LONG_ENOUGH) -> list[Received]:
        """Wait until the bot wrote `count` messages in all, and return all. Fails after `within` seconds."""
        end = time.monotonic() + within
        while len(self.messages) < count:
            assert time.monotonic() < end, f"{len(self.messages)} messages came, not {count}: {self.texts}"
            await asyncio.sleep(0.01)
        return self.messages

    def _send(self, content: dict[str, Any]) -> dict[str, Any]:
        message = {
            "message_id": self._world.next_message_id(),
            "from": self.user,
            "chat": self._world.chats[self.chat_id],
            "date": int(time.time()),
            **content,
        }
        update = self._world.add_update("message", message)
        assert update, "The bot does not ask for messages."
        return update


def _received(message: dict[str, Any]) -> Received:
    text = message.get("text", "")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    marked = [(entity, _part(text, entity)) for entity in message.get("entities", [])]
    return Received(
        message["message_id"],
        text,
        tuple(tuple(button["text"] for button in row) for row in rows),
        tuple((words, entity["url"]) for entity, words in marked if entity["type"] == "text_link"),
        tuple(words for entity, words in marked if entity["type"] == "bold"),
        message,
    )


def _part(text: str, entity: dict[str, Any]) -> str:
    units, start, length = text.encode("utf-16-le"), entity["offset"], entity["length"]
    return units[2 * start : 2 * (start + length)].decode("utf-16-le")


_FILE = {"file_id": "file", "file_unique_id": "unique"}
_ATTACHMENTS: dict[str, Any] = {
    "photo": [{**_FILE, "width": 90, "height": 90}],
    "voice": {**_FILE, "duration": 3},
    "sticker": {
        **_FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "document": _FILE,
    "location": {"latitude": 52.4, "longitude": -1.5},
}
