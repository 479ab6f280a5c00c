"""What the stand-in remembers: people's chats, messages, waiting updates, calls, and the faults that tests order."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.channels.telegram.bot_api.errors import ApiError, bad_request

BOT_ID = 700_000_001
NOT_SENT_UNLESS_ASKED = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(frozen=True)
class Call:
    """One call of the bot. `at` is in seconds of the monotonic clock; `code` is the HTTP status of the answer."""

    method: str
    fields: dict[str, Any]
    at: float
    code: int

    @property
    def chat_id(self) -> int | None:
        """The chat that the call was about."""
        return int(self.fields["chat_id"]) if "chat_id" in self.fields else None


@dataclass
class Fault:
    """An order to answer a method wrongly, `times` times, only for `chat_id` where one is given.

    code: the HTTP status to give, None for none. hang: seconds to wait first. garbled: half of the right answer.
    afterwards: do what was asked, and fail then, as when only the answer gets lost.
    """

    method: str
    code: int | None = None
    chat_id: int | None = None
    times: int = 1
    retry_after: int | None = None
    hang: float = 0.0
    garbled: bool = False
    afterwards: bool = False

    def error(self) -> ApiError | None:
        """The error to answer with, if any."""
        words = {403: "Forbidden: bot was blocked by the user", 409: "Conflict: terminated by other getUpdates request"}
        words[429] = f"Too Many Requests: retry after {self.retry_after}"
        if self.code is None:
            return None
        return ApiError(self.code, words.get(self.code, "Internal Server Error"), self.retry_after)


@dataclass
class Webhook:
    """Where updates are pushed to; no url: nowhere."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


@dataclass
class World:
    """All state of the stand-in. Every reader and writer holds `changed`, which is also told of every change."""

    token: str
    username: str
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))
    closing: threading.Event = field(default_factory=threading.Event)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    messages: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    confirmed: list[dict[str, Any]] = field(default_factory=list)
    repeats: list[dict[str, Any]] = field(default_factory=list)
    presses: dict[str, bool] = field(default_factory=dict)  # callback query id -> answered
    actions: list[tuple[int, str]] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    allowed_updates: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    polls: int = 0
    _last_update_id: int = 100_000
    _last_message_id: int = 0

    def close(self) -> None:
        """End all waiting."""
        self.closing.set()
        with self.changed:
            self.changed.notify_all()

    @property
    def me(self) -> dict[str, Any]:
        """The bot as a User object."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "Desk", "username": self.username}

    def next_message_id(self) -> int:
        """A message id that was not given yet."""
        with self.changed:
            self._last_message_id += 1
            return self._last_message_id

    def add_update(self, kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """Let an update wait for the bot; None where the bot did not ask for this kind."""
        with self.changed:
            wanted = kind in self.allowed_updates if self.allowed_updates else kind not in NOT_SENT_UNLESS_ASKED
            if not wanted:
                return None
            self._last_update_id += 1
            update = {"update_id": self._last_update_id, kind: content}
            self.updates.append(update)
            self.changed.notify_all()
            return update

    def confirm_before(self, offset: int) -> None:
        """Forget the waiting updates below the offset; a negative one keeps only so many of the newest."""
        with self.changed:
            first = offset if offset >= 0 else ([0] * -offset + [u["update_id"] for u in self.updates])[offset]
            self.confirmed += [update for update in self.updates if update["update_id"] < first]
            self.updates = [update for update in self.updates if update["update_id"] >= first]

    def open_chat(self, chat_id: int) -> dict[str, Any]:
        """The chat, where the bot may write to it. Raises `ApiError` as Telegram does."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        if chat_id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return self.chats[chat_id]

    def add_message(self, chat_id: int, content: dict[str, Any]) -> dict[str, Any]:
        """Put a message of the bot into a chat that it may write to."""
        with self.changed:
            chat = self.open_chat(chat_id)
            number = self.next_message_id()
            message = {"message_id": number, "from": self.me, "chat": chat, "date": int(time.time()), **content}
            self.messages.setdefault(chat_id, []).append(message)
            self.changed.notify_all()
            return message

    def message(self, chat_id: int, message_id: int) -> dict[str, Any]:
        """A message of the bot. Raises `ApiError` 400 where there is none."""
        for message in self.messages.get(chat_id, []):
            if message["message_id"] == message_id:
                return message
        raise bad_request("message to edit not found")

    def next_fault(self, method: str, given: dict[str, Any]) -> Fault | None:
        """The first fault ordered for such a call; its count goes down by one."""
        with self.changed:
            for fault in self.faults:
                if fault.method == method and fault.chat_id in (None, int(given.get("chat_id", 0))) and fault.times:
                    fault.times -= 1
                    return fault
        return None
