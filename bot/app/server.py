"""Running the desk: the web service, Telegram where a token is set, and the clock that removes what was kept long enough."""

import asyncio
import contextlib
import importlib.metadata
import logging
import os
import secrets
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from bot.app.model_watch import ModelWatch
from bot.app.settings import Settings
from bot.app.wiring import build_desk, feed_lookups, fitting_model, open_store
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.application import create_web
from bot.content.store import Store
from bot.dialogue.front_desk import FrontDesk
from bot.errors import ChannelAway, ChannelError, StoreError
from bot.skills.phrases import Phrases

log = logging.getLogger(__name__)

PURGE_EVERY_SECONDS = 600
TELEGRAM_AGAIN_SECONDS = 60
STOP_WITHIN_SECONDS = 5


def reserve_port(settings: Settings) -> socket.socket:
    """A listening socket. Raises ChannelError where the port is taken or not allowed."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ChannelError(
            f"The web service cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
            "Stop the other program, or choose another port: DESK_PORT=8081 uv run desk up"
        ) from error
    return listening


async def serve(
    settings: Settings,
    desk: FrontDesk,
    store: Store,
    listening: socket.socket,
    say: Callable[[str], None],
    *,
    watch: ModelWatch | None = None,
    telegram_again: float = TELEGRAM_AGAIN_SECONDS,
) -> None:
    """Serve until SIGINT or SIGTERM. Raises ChannelError when Telegram refuses the token at the start.

    watch: brings in newly trained models; SIGHUP makes it look at once.
    telegram_again: seconds between two tries, where Telegram does not answer at the start.
    """
    server = _web_server(settings, desk, store)
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, server.end)
    if watch:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, watch.check_now)
    telegram = telegram_channel(settings, desk)
    away = await _start_or_away(telegram) if telegram else None
    tell_where(settings, listening, telegram is not None, say)
    if away:
        say(f"{away} The desk tries again every {telegram_again:g} seconds.")
    trying = asyncio.create_task(_start_when_back(telegram, telegram_again, say)) if telegram and away else None
    purging = asyncio.create_task(_purge_for_ever(store, settings.keep_hours))
    watching = asyncio.create_task(watch.run()) if watch else None
    desk.directory.learn_beside()
    try:
        await server.serve(sockets=[listening])
    finally:
        say("Stopping.")
        purging.cancel()
        if watching:
            watching.cancel()
        if trying:
            trying.cancel()
            await asyncio.gather(trying, return_exceptions=True)  # a start under way must end before the stop
        if telegram:
            await telegram.stop()


async def _start_or_away(telegram: TelegramChannel) -> ChannelAway | None:
    """Start Telegram; the error where it does not answer now. Raises any other ChannelError."""
    try:
        await telegram.start()
    except ChannelAway as away:
        return away
    return None


async def _start_when_back(telegram: TelegramChannel, seconds: float, say: Callable[[str], None]) -> None:
    """Try every so many seconds until Telegram answers, and say how that ended."""
    try:
        await asyncio.sleep(seconds)
        while await _start_or_away(telegram):
            await asyncio.sleep(seconds)
    except ChannelError as refused:  # told only, because the web service is in use by now
        say(f"Telegram stays off. {refused}")
    else:
        say("Telegram answers now: it is on.")


class _WebServer(uvicorn.Server):
    """uvicorn without its own handling of signals, which would end the process before the desk has closed itself."""

    def end(self) -> None:
        """Answer what is under way, then stop; a second call stops at once."""
        self.force_exit = self.should_exit
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _web_server(settings: Settings, desk: FrontDesk, store: Store) -> _WebServer:
    application = create_web(
        desk,
        desk.phrases,
        version=importlib.metadata.version("orientation-desk"),
        messages_per_minute=settings.messages_a_minute,
        content=store.content,
        lookups=feed_lookups(store),
    )
    return _WebServer(
        uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",  # the desk has no web sockets, and Rasa holds back the library that uvicorn would need
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        )
    )


def telegram_channel(settings: Settings, desk: FrontDesk) -> TelegramChannel | None:
    """The Telegram channel, not yet started, or None where no token is set."""
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    if not token:
        return None
    return TelegramChannel(
        token,
        desk,
        secret=secret_key(settings.data),
        say=desk.phrases.say,
        emergency_line=lambda language: emergency_line(desk.phrases, language),
        languages=desk.phrases.languages,
        base_url=settings.telegram_api or None,
    )


def emergency_line(phrases: Phrases, language: str) -> str:
    """What holds whatever else is broken."""
    return phrases.say(language, "In danger? Call 999. It is free.")


def secret_key(folder: Path) -> bytes:
    """The key that makes pseudonyms of chats, made at the first start. Raises StoreError where it cannot be kept."""
    path = folder / "secret.key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists() or not path.stat().st_size:
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as made:  # readable by its owner only
                made.write(secrets.token_bytes(32))
            _put(made.name, path)
        return path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"{path} cannot be read or written ({error.strerror}). Check the rights of that folder."
        ) from error


def _put(made: str, path: Path) -> None:
    """Put a new key in place; of two processes that start at once, the second takes the key of the first."""
    if path.exists() and not path.stat().st_size:
        path.unlink()  # a stop between making and writing left it empty
    with contextlib.suppress(FileExistsError):
        os.link(made, path)
    os.unlink(made)


def tell_where(settings: Settings, listening: socket.socket, telegram: bool, say: Callable[[str], None]) -> None:
    """Say where the desk is open, whether Telegram is on, and how to stop."""
    host, port = listening.getsockname()[:2]
    say("")
    say(f"The desk is open:  http://{f'[{host}]' if ':' in host else host}:{port}/")
    say(
        "Telegram:          "
        + (
            "on"
            if telegram
            else "off. To turn it on, get a token from @BotFather and start with TELEGRAM_BOT_TOKEN=... uv run desk up"
        )
    )
    say("To stop:           Ctrl-C")


async def _purge_for_ever(store: Store, keep_hours: int) -> None:
    while True:
        try:
            now = datetime.now(UTC)
            await asyncio.to_thread(store.purge_conversations, now - timedelta(hours=keep_hours))
            await asyncio.to_thread(store.purge_questions, now.date())
            await asyncio.to_thread(store.purge_reports, now.date())
        except StoreError as error:
            log.error("Idle conversations, old questions and reports could not be removed now: %s", error)
        await asyncio.sleep(PURGE_EVERY_SECONDS)


def serve_actions(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """The actions over HTTP as Rasa's own action server offers them, on this machine only."""
    from rasa_sdk.interfaces import ActionNotFoundException
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from bot.dialogue.in_process import action_executor

    fitting_model(settings)
    store = open_store(settings)
    executor = action_executor(build_desk(settings, store).action_context)

    async def webhook(request: Request) -> JSONResponse:
        try:
            return JSONResponse(await executor.run(await request.json()))
        except ActionNotFoundException as error:
            return JSONResponse({"error": error.message, "action_name": error.action_name}, status_code=404)

    say(f"Actions are served on http://127.0.0.1:{port}/webhook. Now run `uv run rasa shell` in another window.")
    webhooks = Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])
    uvicorn.run(webhooks, port=port, log_level="warning", ws="none")
    store.close()
