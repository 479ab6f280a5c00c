"""A question with a word that stands nowhere else goes through every channel; nothing that stays behind may hold it."""

import asyncio
import logging
from pathlib import Path

import httpx
import pytest

from bot.app.server import emergency_line, secret_key
from bot.channels.console import converse
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.application import create_web
from bot.content.packs import import_pack
from bot.content.store import Store
from bot.dialogue.front_desk import FrontDesk
from tests.channels.telegram.bot_api.person import Person
from tests.channels.telegram.bot_api.server import BotApi
from tests.channels.web.conftest import serving
from tests.journeys.test_telegram_journey import newest

pytestmark = pytest.mark.model
CANARY = "zanzibarquince"
WORDS = (
    f"my name is {CANARY} and I want to learn English for free",
    f"{CANARY}",
    f"my baby is not breathing {CANARY}",
    f"what are my chances with the Home Office {CANARY}",
    f"/{CANARY} what is this",
    f"\x00{CANARY}\u202e {{0}} %s",
    f"{CANARY} " * 400,
)
PRESSED = f"answer:{CANARY}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of this desk alone."""
    return tmp_path / "var"


@pytest.fixture
def own_desk(data: Path, project, phrases, safety, trained_engine):
    """The whole desk over a database in that folder, still open while the test looks at its files."""
    with Store(f"sqlite:///{data / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
        yield FrontDesk(store, phrases, safety, trained_engine)


@pytest.fixture
def nothing_stays(data: Path, caplog, capfd):
    """After the test: no log record, no line on the screen and no file of the data folder holds the word."""
    caplog.set_level(logging.DEBUG)
    yield
    for record in caplog.records:
        assert CANARY not in f"{record.getMessage()} {record.args} {record.exc_text} {record.__dict__}".casefold(), (
            record
        )
    screen = capfd.readouterr()
    assert CANARY not in (screen.out + screen.err).casefold()
    files = [path for path in data.rglob("*") if path.is_file()]
    assert data / "desk.db" in files
    for path in files:
        assert CANARY.encode() not in path.read_bytes().lower(), path


def test_the_web_keeps_no_word(own_desk, nothing_stays):
    web = create_web(own_desk, own_desk.phrases, version="1.2.3", messages_per_minute=1000)
    with serving(web) as address, httpx.Client(base_url=address, timeout=30) as client:
        token = client.post("/api/chat", json={}).json()["conversation"]
        for words in WORDS:
            answer = client.post("/api/chat", json={"conversation": token, "text": words})
            assert answer.status_code in (200, 422)
        client.post("/api/chat", json={"conversation": token, "button": PRESSED})
        client.post("/api/chat", json={"conversation": CANARY, "text": "hello"})
        client.post("/api/chat", content=f'{{"text": "{CANARY}', headers={"Content-Type": "application/json"})
        client.get(f"/{CANARY}")
        client.get("/", params={"language": CANARY})


@pytest.mark.slow  # Telegram lets a bot write to one person once a second
def test_telegram_keeps_no_word(own_desk, data, nothing_stays):
    async def visit(server: BotApi) -> None:
        channel = TelegramChannel(
            server.token,
            own_desk,
            secret=secret_key(data),
            say=own_desk.phrases.say,
            base_url=server.base_url,
            emergency_line=lambda language: emergency_line(own_desk.phrases, language),
            timeout=2.0,
            poll_seconds=5,
        )
        await channel.start()
        try:
            person = Person(server, 424_242_201, name=CANARY)
            for words in WORDS:
                seen = len(person.messages)
                person.say(words.replace("\x00", "")[:4000])
                await newest(person, seen)
            seen = len(person.messages)
            person.press_data(PRESSED, person.messages[-1])
            await newest(person, seen)
            seen = len(person.messages)
            person.send("photo", caption=CANARY)
            await newest(person, seen)
        finally:
            await channel.stop(grace=5)

    with BotApi() as server:
        asyncio.run(visit(server))


def test_the_console_keeps_no_word(own_desk, nothing_stays):
    typed = list(WORDS)
    lines: list[str] = []

    def read() -> str:
        if not typed:
            raise EOFError
        return typed.pop(0)

    asyncio.run(converse(own_desk, read, lines.append))
    assert len(lines) > 20


def test_a_conversation_that_goes_on_keeps_only_language_city_and_ids(own_desk, data, nothing_stays):
    from bot.dialogue.messages import Incoming

    async def visit() -> None:
        for words in WORDS:
            await own_desk.handle(Incoming("kept-conversation", words))
        await own_desk.handle(Incoming("kept-conversation", f"I live in Coventry {CANARY}"))

    asyncio.run(visit())
    with Store(f"sqlite:///{data / 'desk.db'}") as store:
        kept = store.read_conversation("kept-conversation")
    assert (kept.language, kept.city) == ("en", "coventry")
    ids = {"answer", "topic", "shown", "listed", "candidates", "twins", "pending", "audience_asked", "on_screen"}
    assert set(kept.slots) <= ids
