"""Puts the web channel together: routes, headers and refused requests. It listens nowhere; a server runs it."""

import time
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.chat import Chat
from bot.channels.web.flood import MessageLimits
from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.languages_asked import is_tag
from bot.channels.web.open_api import open_api
from bot.channels.web.open_referral.routes import Lookups, open_referral_routes
from bot.channels.web.phrases import page_texts
from bot.channels.web.practices import practice_routes
from bot.channels.web.problems import Problem, ProblemAnswers, language_of
from bot.channels.web.static_files import StaticFiles
from bot.content.records import Content
from bot.dialogue.engine import Desk
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases

TEMPLATES = Path(__file__).parent / "templates"


def create_web(
    desk: Desk,
    phrases: Phrases,
    *,
    version: str,
    emergency_line: str = "999",
    health_line: str = "111",
    messages_per_minute: int = 30,
    clock: Callable[[], float] = time.monotonic,
    content: Callable[[], Content] | None = None,
    lookups: Lookups | None = None,
) -> Starlette:
    """The web channel as an ASGI application that shares nothing with any other one.

    version: of the desk, shown by /api/health. emergency_line, health_line: numbers that every page shows.
    messages_per_minute: how many one conversation may send; one internet address may send 20 times as many.
    clock: seconds that never run backwards. content: what is published now; without it only the chat is served.
    lookups: what the open data asks of the desk.
    """
    numbers = {"emergency": emergency_line, "health": health_line}
    problems = ProblemAnswers(phrases, numbers)
    files = StaticFiles()
    chat = Chat(desk, phrases, MessageLimits(messages_per_minute, clock))
    pages = Pages(phrases, files, numbers)
    described = open_api(version, list(phrases.languages))
    of_content = practice_routes(content, pages.environment, phrases, numbers) if content else []
    open_data = open_referral_routes(content, version=version, lookups=lookups) if content else []

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": version})

    async def description(request: Request) -> Response:
        return JSONResponse(described)

    return Starlette(
        routes=[
            Route("/", pages.chat),
            Route("/api/chat", chat.answer, methods=["POST"]),
            Route("/api/phrases", pages.texts),
            Route("/api/health", health),
            Route("/api/openapi.json", description),
            Route("/static/{name}", files.send),
            *of_content,
            *open_data,
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=500)],
        exception_handlers={
            Problem: problems.refused,
            HTTPException: problems.http_error,
            Exception: problems.unforeseen,
        },
    )


class Pages:
    """What is made out of templates and page texts."""

    def __init__(self, phrases: Phrases, files: StaticFiles, numbers: dict[str, str]) -> None:
        """`numbers`: the telephone lines by their name in the texts."""
        self._phrases = phrases
        self._numbers = numbers
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self.environment.globals.update(url=files.url, numbers=numbers)

    async def chat(self, request: Request) -> Response:
        """Answer GET /: the chat page in the language of the browser, or of ?language=."""
        page = self._texts_for(request)
        html = self.environment.get_template("chat.html").render(page=page, **page)
        return HTMLResponse(html, headers={"Content-Language": page["language"], "Vary": "Accept-Language"})

    async def texts(self, request: Request) -> Response:
        """Answer GET /api/phrases: the texts of the page in the language of ?language=."""
        return JSONResponse(self._texts_for(request))

    def _texts_for(self, request: Request) -> dict:
        wanted = request.query_params.get("language", "")
        request.state.language_hint = wanted if is_tag(wanted) else None
        language = language_of(request, self._phrases) or SOURCE_LANGUAGE
        return page_texts(self._phrases, language, self._numbers)
