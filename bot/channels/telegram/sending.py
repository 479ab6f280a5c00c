"""Sends messages as Telegram wants it: not too fast, again after a failure, never to who blocked the bot."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.render import Keyboard, Outgoing

LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
Clock = Callable[[], float]  # seconds that never run backwards
Sleep = Callable[[float], Awaitable[object]]  # waits so many seconds

TRIES = 6  # of one message; the waits between them add up to about half a minute
LONGEST_PAUSE = 30.0  # seconds between two tries
MOST_SLOWDOWNS = 20  # answers 429 in a row, each with its own wait, before a message is given up
CHATS_BEFORE_TIDYING = 1000


class Pace:
    """Spreads actions: `burst` at once, then one an `interval` (seconds), for each key by itself."""

    def __init__(self, interval: float, burst: int, clock: Clock) -> None:
        self._interval, self._slack, self._clock = interval, interval * (burst - 1), clock
        self._due: dict[Hashable, float] = {}

    def book(self, key: Hashable = None) -> float:
        """Take the next place of a key and return the seconds to wait for it."""
        now = self._clock()
        if len(self._due) > CHATS_BEFORE_TIDYING:
            self._due = {known: due for known, due in self._due.items() if due > now}
        due = max(self._due.get(key, now), now)
        self._due[key] = due + self._interval
        return max(0.0, due - self._slack - now)


class Patience:
    """Repeats a request to Telegram until it succeeds or there is no hope."""

    def __init__(self, sleep: Sleep = asyncio.sleep, chance: Callable[[], float] = random.random) -> None:
        self._sleep, self._chance = sleep, chance

    async def insist(self, request: Callable[[], Awaitable[Result]]) -> Result:
        """The result of the request; after 429 when Telegram allows it, after 5xx and timeouts with growing pauses.

        Raises the last `TelegramError` when the tries are used up, and any other error of Telegram at once.
        """
        failures = slowdowns = 0
        while True:
            try:
                return await request()
            except RetryAfter as error:
                slowdowns += 1
                if slowdowns > MOST_SLOWDOWNS:
                    raise
                pause = _seconds(error)
            except NetworkError as error:
                failures += 1
                if isinstance(error, BadRequest) or failures == TRIES:  # the library counts BadRequest as network error
                    raise
                pause = self._pause_after(failures)
            await self._sleep(pause)

    def _pause_after(self, failures: int) -> float:
        # Without chance, all the chats that failed together would come back together.
        return min(LONGEST_PAUSE, 2.0 ** (failures - 1)) * (0.5 + self._chance() / 2)


class Delivery:
    """Brings messages to chats. Calls for one chat must come one after the other, as `Lanes` sees to."""

    def __init__(self, bot: Bot, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._bot, self._sleep, self._patience = bot, sleep, Patience(sleep)
        self._all = Pace(1 / 30, 30, clock)  # Telegram's limits: 30 a second for a bot,
        self._person = Pace(1.0, 3, clock)  # 1 a second to a person, with a short burst,
        self._group = Pace(3.5, 3, clock)  # 20 a minute to a group
        self._closed: set[int] = set()

    def is_closed(self, chat_id: int) -> bool:
        """Whether the chat blocked the bot and has not written since."""
        return chat_id in self._closed

    def reopen(self, chat_id: int) -> None:
        """Note that the chat wrote again, and so can be written to."""
        self._closed.discard(chat_id)

    async def send(self, chat_id: int, message: Outgoing) -> bool:
        """Send one message; False when it could not be delivered. Raises `BadRequest` for a faulty message."""
        if self.is_closed(chat_id):
            return False
        pace = self._person if chat_id > 0 else self._group  # groups have negative ids
        pause = max(pace.book(chat_id), self._all.book())
        if pause:
            await self._sleep(pause)
        try:
            await self._patience.insist(lambda: self._send_once(chat_id, message))
        except BadRequest:
            raise
        except Forbidden:
            self._closed.add(chat_id)
            return False
        except TelegramError as error:
            LOG.error("A message could not be sent and was given up (%s).", type(error).__name__)
            return False
        return True

    async def _send_once(self, chat_id: int, message: Outgoing) -> None:
        await self._bot.send_message(
            chat_id,
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(message.keyboard),
            link_preview_options=LinkPreviewOptions(is_disabled=True),  # previews cost data and push the answer away
        )


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, url=button.url)
                if button.url
                else InlineKeyboardButton(button.label, callback_data=button.id)
                for button in row
            ]
            for row in keyboard
        ]
    )


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after  # seconds, or a timedelta where the library is told to use those
    return float(getattr(wait, "total_seconds", lambda: wait)())
