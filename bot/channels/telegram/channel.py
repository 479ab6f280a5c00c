"""The Telegram channel: starts and stops the bot, and takes each update to the desk and the answer back.

How updates are read, replies drawn and messages sent is in the modules beside this one.
"""

import asyncio
import logging
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import Updater
from telegram.request import HTTPXRequest

from bot.channels.telegram import phrases
from bot.channels.telegram.hearing import UPDATE_TYPES, Heard, hear
from bot.channels.telegram.introduction import Say, introduce
from bot.channels.telegram.keys import conversation_key
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.quiet import quieten_libraries
from bot.channels.telegram.render import Outgoing, messages_of, plain
from bot.channels.telegram.sending import Clock, Delivery, Patience, Sleep
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming, Turn
from bot.errors import ChannelAway, ChannelError

LOG = logging.getLogger(__name__)
REMEMBERED_LANGUAGES = 10_000  # conversations whose language is kept in memory for the channel's own phrases
CONNECTIONS = 64


class TelegramChannel:
    """The desk on Telegram.

    token: the bot's token from @BotFather. desk: who answers. secret: at least 16 bytes, keys the conversation names.
    say(language, message): one of the sentences of `phrases` in that language, in English where it is not translated.
    emergency_line(language): what to do in danger, shown when the desk fails.
    languages: BCP 47 codes in which to set the menu of commands.
    base_url: of another Bot API server, such as "http://127.0.0.1:8081/bot"; None: Telegram's own.
    timeout: seconds to wait for Telegram; poll_seconds: how long one question for news stays open.
    """

    def __init__(
        self,
        token: str,
        desk: Desk,
        *,
        secret: bytes,
        say: Say,
        emergency_line: Callable[[str], str],
        languages: Iterable[str] = (),
        base_url: str | None = None,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        timeout: float = 10.0,
        poll_seconds: int = 25,
    ) -> None:
        self._token, self._desk, self._secret = token, desk, secret
        self._say, self._emergency_line, self._languages = say, emergency_line, tuple(languages)
        self._base_url, self._clock, self._sleep = base_url, clock, sleep
        self._timeout, self._poll_seconds = timeout, poll_seconds
        self._spoken: OrderedDict[str, str] = OrderedDict()  # conversation -> the language that it is in
        self._lanes = Lanes()
        self._bot: Bot | None = None
        self._updater: Updater | None = None
        self._introduction: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Check the token, then ask Telegram for messages in the background.

        Raises `ChannelAway` where Telegram does not answer, after which `start` can be called again, and another
        `ChannelError` where it refuses.
        """
        quieten_libraries()
        conversation_key(self._secret, 0)  # a secret that is too short shows now and not at the first message
        try:
            self._bot = self._connect()
            self._delivery = Delivery(self._bot, self._clock, self._sleep)
            self._updater = Updater(self._bot, Intake(self._receive))
            await self._updater.initialize()
            await self._updater.start_polling(
                timeout=self._poll_seconds, allowed_updates=UPDATE_TYPES, error_callback=_note_polling_error
            )
        except TelegramError as error:
            await self._disconnect()
            raise _why_not_started(error) from None  # the library's own message shows the token
        self._introduction = asyncio.create_task(
            introduce(self._bot, Patience(self._sleep), self._say, self._languages)
        )

    async def stop(self, grace: float = 10.0) -> None:
        """Take no more messages, finish those under way within `grace` seconds, and close all connections.

        Does nothing where `start` was not called or did not succeed.
        """
        with suppress(TelegramError):  # what broke the polling is already in the log
            if self._updater and self._updater.running:
                await self._updater.stop()
        if self._introduction:
            self._introduction.cancel()
            await asyncio.gather(self._introduction, return_exceptions=True)
        if not await self._lanes.drain(grace):
            LOG.warning("Some answers were not sent before the stop.")
        await self._disconnect()

    def _connect(self) -> Bot:
        def request(connections: int) -> HTTPXRequest:
            wait = self._timeout
            return HTTPXRequest(
                connections, read_timeout=wait, write_timeout=wait, connect_timeout=wait, pool_timeout=wait
            )

        server = {"base_url": self._base_url} if self._base_url else {}
        return Bot(self._token, request=request(CONNECTIONS), get_updates_request=request(1), **server)

    async def _disconnect(self) -> None:
        if self._updater:
            await self._updater.shutdown()
        if self._bot:
            await self._bot.shutdown()

    async def _receive(self, update: Update) -> None:
        """Queue one update behind the others of its chat. Telegram gets no second chance to send it after this."""
        heard = hear(update, self._bot.bot)
        if heard is None:
            return
        self._delivery.reopen(heard.chat_id)
        # The button stops spinning at once, even while earlier messages of this chat still wait for their answers.
        released = asyncio.create_task(self._release(heard.callback))
        self._lanes.submit(heard.chat_id, lambda: self._attend(heard, released))

    async def _release(self, callback: str | None) -> None:
        """Answer the press of a button, tried only once, because Telegram refuses late answers."""
        if callback:
            with suppress(TelegramError):
                await self._bot.answer_callback_query(callback)

    async def _attend(self, heard: Heard, released: asyncio.Task[None]) -> None:
        """Answer what was heard. This is the channel's edge: whatever goes wrong, the person gets a human contact."""
        await released
        if self._delivery.is_closed(heard.chat_id):
            return
        try:
            await self._answer(heard)
        except Exception as error:  # because a person in trouble always gets a reply
            LOG.error("A message could not be answered: %s.", _where(error))
            await self._apologise(heard)

    async def _answer(self, heard: Heard) -> None:
        conversation = conversation_key(self._secret, heard.chat_id)
        if turn := await self._ask_desk(conversation, heard):
            self._remember_language(conversation, turn)
            await self._send(heard.chat_id, messages_of(turn.replies))
        if heard.unreadable:
            await self._send(heard.chat_id, plain(self._say(self._language(heard), heard.unreadable)))

    async def _ask_desk(self, conversation: str, heard: Heard) -> Turn | None:
        if heard.start:
            return await self._desk.welcome(conversation, language_hint=heard.language_hint)
        if not heard.text and heard.button is None and heard.position is None:
            return None
        incoming = Incoming(
            conversation, heard.text, heard.button, heard.language_hint, channel="telegram", position=heard.position
        )
        return await self._desk.handle(incoming)

    async def _apologise(self, heard: Heard) -> None:
        language = self._language(heard)
        try:
            sorry = f"{self._say(language, phrases.TROUBLE)}\n{self._emergency_line(language)}"
            await self._send(heard.chat_id, plain(sorry))
        except Exception as error:  # because the next messages of the chat must still be answered
            LOG.error("The apology could not be sent either: %s.", _where(error))

    async def _send(self, chat_id: int, messages: Iterable[Outgoing]) -> None:
        for message in messages:
            if not await self._delivery.send(chat_id, message):
                return

    def _language(self, heard: Heard) -> str:
        return self._spoken.get(conversation_key(self._secret, heard.chat_id)) or heard.language_hint or "en"

    def _remember_language(self, conversation: str, turn: Turn) -> None:
        self._spoken[conversation] = turn.spoken
        self._spoken.move_to_end(conversation)
        if len(self._spoken) > REMEMBERED_LANGUAGES:
            self._spoken.popitem(last=False)


class Intake(asyncio.Queue[object]):
    """What the library takes for its queue of updates: `put` hands each one over.

    The library asks Telegram for the next updates, and so confirms these, only when `put` has returned. An inbox that
    stores updates before they are confirmed has its place here.
    """

    def __init__(self, receive: Callable[[Update], object]) -> None:
        super().__init__()
        self._receive = receive

    async def put(self, item: object) -> None:
        """Hand over one `Update`; errors are logged, since one that escapes would end the polling for good."""
        try:
            await self._receive(item)
        except Exception as error:  # because the other chats must still be served
            LOG.error("An update could not be taken in: %s.", _where(error))


def _why_not_started(error: TelegramError) -> ChannelError:
    if isinstance(error, InvalidToken):
        return ChannelError("Telegram refuses the bot's token: copy it again from @BotFather, then start again.")
    if isinstance(error, BadRequest):
        return ChannelError("Telegram refuses to start the bot: look for a newer version of the desk.")
    return ChannelAway("Telegram does not answer: check the internet connection.")


def _note_polling_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        LOG.warning("Another program uses the same Telegram bot: stop it, or give this desk a bot of its own.")
    else:
        LOG.warning("Telegram does not answer (%s); the desk keeps trying.", type(error).__name__)


def _where(error: Exception) -> str:
    """The kind of an error and the line that raised it, without its message, which can hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
