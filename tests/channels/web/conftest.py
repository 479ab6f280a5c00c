"""What the tests of the web channel share: the texts, a client without a network, a real server, and a real browser."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.application import create_web
from bot.dialogue.engine import Desk
from bot.skills.phrases import Phrases
from tests.channels.web.stand_in_desk import StandInDesk
from tests.channels.web.visit import Visit

HERE = Path(__file__).parent
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    """Six languages, of which Arabic has translations."""
    return Phrases(HERE / "translations")


@pytest.fixture
def desk() -> StandInDesk:
    """A desk that nobody has talked to."""
    return StandInDesk()


@pytest.fixture
def web_for(phrases: Phrases) -> Callable[..., Starlette]:
    """Makes the web channel of a desk."""
    return lambda desk, **options: create_web(desk, phrases, version="1.2.3", **options)


@pytest.fixture
def client_for(web_for: Callable[..., Starlette]) -> Callable[..., TestClient]:
    """Makes a client of a desk's web channel."""
    return lambda desk, **options: TestClient(web_for(desk, **options), raise_server_exceptions=False)


@pytest.fixture
def client(client_for: Callable[..., TestClient], desk: Desk) -> TestClient:
    """A client of the web channel of `desk`."""
    return client_for(desk)


@contextlib.contextmanager
def serving(web: Starlette) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    # ws="none": the websockets library that Rasa needs is too old for uvicorn, and nobody here speaks that protocol.
    server = uvicorn.Server(
        uvicorn.Config(web, host="127.0.0.1", port=0, ws="none", log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def serve(web_for: Callable[..., Starlette]) -> Iterator[Callable[..., str]]:
    """Serves the web channel of a desk until the test ends; gives its address."""
    with contextlib.ExitStack() as stack:
        yield lambda desk, **options: stack.enter_context(serving(web_for(desk, **options)))


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """A real browser, one for all tests."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, serve: Callable[..., str]) -> Iterator[Callable[..., Visit]]:
    """Opens the chat page of a desk in a fresh browser; when the test ends, nothing may have gone wrong unseen."""
    visits: list[Visit] = []

    def opened(desk: Desk, *, messages_per_minute: int = 1000, **options) -> Visit:
        context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 360, "height": 640}, **options})
        visits.append(Visit(context, serve(desk, messages_per_minute=messages_per_minute)))
        return visits[-1]

    yield opened
    for each in visits:
        each.context.close()
        assert each.outside == []
        assert each.complaints == []
