"""What the desk needs before it serves: a port, a secret key, and the line that holds whatever else is broken."""

import asyncio
import re
import signal
import socket
import stat
from collections.abc import Awaitable, Callable

import httpx
import pytest

from bot.app.server import emergency_line, reserve_port, secret_key, serve, telegram_channel, tell_where
from bot.app.settings import Settings
from bot.channels.telegram.keys import conversation_key
from bot.dialogue.front_desk import FrontDesk
from bot.errors import ChannelError, StoreError
from tests.channels.telegram.bot_api.person import Person
from tests.channels.telegram.bot_api.server import TOKEN, BotApi


def settings(tmp_path, **more) -> Settings:
    """Settings with a data folder of their own, and Telegram off whatever the environment says."""
    return Settings(**{"data": tmp_path / "var", "port": 0, "telegram_bot_token": None, **more})


# ---- the port


def test_port_0_gives_a_port_that_is_free_and_listens(tmp_path):
    with reserve_port(settings(tmp_path)) as listening:
        socket.create_connection(listening.getsockname(), timeout=5).close()


def test_a_port_in_use_is_told_in_a_sentence_with_a_way_out(tmp_path):
    with reserve_port(settings(tmp_path)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ChannelError) as error:
            reserve_port(settings(tmp_path, port=port))
        assert f"127.0.0.1:{port}" in str(error.value)
        assert "choose another port: DESK_PORT=" in str(error.value)
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_an_address_of_another_machine_is_told_in_the_same_way(tmp_path):
    with pytest.raises(ChannelError, match=r"cannot listen on 203\.0\.113\.1:"):
        reserve_port(settings(tmp_path, host="203.0.113.1"))


def test_the_port_can_be_reserved_again_at_once_after_a_stop(tmp_path):
    with reserve_port(settings(tmp_path)) as listening:
        port = listening.getsockname()[1]
        person = socket.create_connection(("127.0.0.1", port), timeout=5)
        listening.accept()[0].close()
    reserve_port(settings(tmp_path, port=port)).close()
    person.close()


# ---- the secret key


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    key = secret_key(tmp_path / "var")
    path = tmp_path / "var" / "secret.key"
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_key(tmp_path / "var") == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_desks_have_two_keys(tmp_path):
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")


def test_a_key_that_cannot_be_kept_is_told_in_a_sentence(tmp_path):
    (tmp_path / "var").write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(StoreError, match="secret.key cannot be read or written"):
        secret_key(tmp_path / "var")


def test_a_key_that_was_left_half_written_does_not_keep_telegram_off_for_good(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret.key").touch()
    assert conversation_key(secret_key(tmp_path / "var"), 1)


# ---- telegram and what is said


def test_telegram_is_off_without_a_token_and_no_key_is_made(tmp_path, pack_store, phrases, safety):
    desk = FrontDesk(pack_store, phrases, safety)
    assert telegram_channel(settings(tmp_path), desk) is None
    assert telegram_channel(settings(tmp_path, telegram_bot_token=""), desk) is None
    assert not (tmp_path / "var").exists()


def test_with_a_token_there_is_a_channel_that_has_not_connected_yet(tmp_path, pack_store, phrases, safety):
    desk = FrontDesk(pack_store, phrases, safety)
    assert telegram_channel(settings(tmp_path, telegram_bot_token="1:x"), desk) is not None
    assert (tmp_path / "var" / "secret.key").exists()


def test_the_emergency_line_has_999_in_every_language_and_in_unknown_ones(phrases):
    for language in (*phrases.languages, "xx"):
        assert "999" in emergency_line(phrases, language)
    assert emergency_line(phrases, "xx") == "In danger? Call 999. It is free."


@pytest.mark.parametrize("telegram", [True, False])
def test_where_the_desk_is_how_telegram_is_turned_on_and_how_to_stop_is_told(tmp_path, telegram):
    lines: list[str] = []
    with reserve_port(settings(tmp_path)) as listening:
        tell_where(settings(tmp_path), listening, telegram, lines.append)
        port = listening.getsockname()[1]
    told = "\n".join(lines)
    assert f"http://127.0.0.1:{port}/" in told
    assert "Ctrl-C" in told
    assert bool(re.search(r"Telegram:\s+on$", told, re.MULTILINE)) is telegram
    assert ("TELEGRAM_BOT_TOKEN" in told) is not telegram


def test_an_address_of_the_new_kind_is_shown_as_browsers_want_it(tmp_path):
    lines: list[str] = []
    with reserve_port(settings(tmp_path, host="::1")) as listening:
        tell_where(settings(tmp_path, host="::1"), listening, False, lines.append)
        port = listening.getsockname()[1]
    assert f"http://[::1]:{port}/" in "\n".join(lines)


# ---- serving while Telegram is away

AMINA = 424_242_301
AWAY = "Telegram does not answer: check the internet connection. The desk tries again every 0.3 seconds."


def serving(given: Settings, store, desk: FrontDesk, steps: Callable[[list[str], str], Awaitable[None]]) -> list[str]:
    """Serve, run `steps` with the lines told so far and the address, then stop by SIGTERM; all lines told."""
    lines: list[str] = []

    async def run() -> None:
        with reserve_port(given) as listening:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            served = asyncio.create_task(serve(given, desk, store, listening, lines.append, telegram_again=0.3))
            try:
                await told(lines, "To stop:", unless=served)
                await steps(lines, address)
            finally:
                if not served.done():
                    signal.raise_signal(signal.SIGTERM)
                await asyncio.wait_for(served, 10)
        assert len(asyncio.all_tasks()) == 1, "nothing goes on after the stop"

    asyncio.run(run())
    return lines


async def told(lines: list[str], words: str, unless: asyncio.Task | None = None) -> None:
    """Wait until a line begins with these words, or until the task has ended."""
    end = asyncio.get_running_loop().time() + 10
    while not any(line.startswith(words) for line in lines) and not (unless and unless.done()):
        assert asyncio.get_running_loop().time() < end, lines
        await asyncio.sleep(0.01)


async def is_open(address: str) -> bool:
    """Whether the web service answers."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(address + "/api/health", timeout=10)).status_code == 200


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
def test_telegram_that_fails_at_the_start_is_on_when_it_is_back(tmp_path, pack_store, phrases, safety, method):
    with BotApi() as api:
        amina = Person(api, AMINA)
        api.fail(method, 502, times=3)

        async def steps(lines: list[str], address: str) -> None:
            assert await is_open(address)
            await told(lines, "Telegram answers now")
            amina.say("/start")
            await amina.receives(1)

        given = settings(tmp_path, telegram_bot_token=api.token, telegram_api=api.base_url)
        lines = serving(given, pack_store, FrontDesk(pack_store, phrases, safety), steps)
        tries = [call for call in api.calls(method) if call.code == 502]
    assert len(tries) == 3
    assert tries[2].at - tries[1].at >= 0.3
    assert lines[-3:] == [AWAY, "Telegram answers now: it is on.", "Stopping."]
    assert lines.count(AWAY) == 1


def test_the_web_service_is_open_without_a_network_and_telegram_follows(tmp_path, pack_store, phrases, safety):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    async def steps(lines: list[str], address: str) -> None:
        assert await is_open(address)
        await told(lines, AWAY)
        with BotApi(port=port):
            await told(lines, "Telegram answers now")
            assert await is_open(address)

    given = settings(tmp_path, telegram_bot_token=TOKEN, telegram_api=f"http://127.0.0.1:{port}/bot")
    serving(given, pack_store, FrontDesk(pack_store, phrases, safety), steps)


def test_a_stop_ends_the_tries_also_in_the_middle_of_one(tmp_path, pack_store, phrases, safety):
    with BotApi() as api:
        api.fail("getMe", 502)
        api.fail("getMe", hang=60)

        async def steps(lines: list[str], _address: str) -> None:
            await told(lines, AWAY)
            await asyncio.sleep(0.6)
            with api.world.changed:
                assert all(fault.times == 0 for fault in api.world.faults), "the second try is under way"

        given = settings(tmp_path, telegram_bot_token=api.token, telegram_api=api.base_url)
        lines = serving(given, pack_store, FrontDesk(pack_store, phrases, safety), steps)
    assert lines[-2:] == [AWAY, "Stopping."]


def test_a_token_that_is_refused_later_is_told_and_the_web_service_stays(tmp_path, pack_store, phrases, safety):
    with BotApi() as api:
        api.fail("getMe", 502)
        api.fail("getMe", 401)

        async def steps(lines: list[str], address: str) -> None:
            await told(lines, "Telegram stays off.")
            assert await is_open(address)

        given = settings(tmp_path, telegram_bot_token=api.token, telegram_api=api.base_url)
        lines = serving(given, pack_store, FrontDesk(pack_store, phrases, safety), steps)
        assert len(api.calls("getMe")) == 2
    assert "copy it again from @BotFather" in lines[-2]


def test_a_token_that_is_refused_at_the_start_ends_it(tmp_path, pack_store, phrases, safety):
    async def steps(lines: list[str], _address: str) -> None:
        assert lines == [], "the desk is not open"

    with BotApi() as api:
        given = settings(tmp_path, telegram_bot_token="1:wrong", telegram_api=api.base_url)
        with pytest.raises(ChannelError, match="copy it again from @BotFather"):
            serving(given, pack_store, FrontDesk(pack_store, phrases, safety), steps)
