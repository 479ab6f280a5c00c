"""The page of good ideas of other cities, and the same for programs. What fits a search is told in skills/practices.py.

The ideas are written in English; only what stands around them is said in the reader's language.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.languages_asked import is_tag
from bot.channels.web.phrases import PAGE, _
from bot.channels.web.problems import language_of
from bot.content.records import Content, Practice
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases
from bot.skills.practices import find_practices

THEMES: dict[str, str] = {
    "work": _("Work"),
    "live": _("Daily life"),
    "learn": _("Learning"),
    "connect": _("Meeting people"),
    "plan": _("City plans"),
}
TEXTS: dict[str, str] = {
    "danger": PAGE["danger"],
    "to_list": _("Go to the list"),
    "to_chat": PAGE["title"],
    "title": _("Good ideas from cities"),
    "about": _("What cities do for people who arrive, and where that is written. The ideas are in English."),
    "words": _("Words to look for"),
    "theme": _("Theme"),
    "city": _("City"),
    "every": _("All"),
    "search": _("Search"),
    "found": _("Ideas found: {count}"),
    "none": _("No idea fits. Try fewer words, or another city."),
    "evidence": _("Signs that it works"),
    "contact": _("Whom to ask"),
    "source": _("Source"),
    "not_told": _("Not told in the source"),
}
"""The texts of the page by their key; those of a theme are in `THEMES`."""


def practice_routes(
    content: Callable[[], Content], environment: Environment, phrases: Phrases, numbers: dict[str, str]
) -> list[Route]:
    """/practices and /practices.json.

    content: gives what is published now. environment: knows the templates. numbers: the lines that the page names.
    """
    pages = PracticePages(content, environment, phrases, numbers)
    return [Route("/practices", pages.page), Route("/practices.json", pages.listed)]


class PracticePages:
    """The two answers. They are plain functions, so that reading the database holds nobody else up."""

    def __init__(
        self, content: Callable[[], Content], environment: Environment, phrases: Phrases, numbers: dict[str, str]
    ) -> None:
        """As for `practice_routes`."""
        self._content = content
        self._environment = environment
        self._phrases = phrases
        self._numbers = numbers

    def page(self, request: Request) -> Response:
        """Answer GET /practices: what fits ?text=, ?city=, ?country= and ?theme= as a page."""
        practices = list(self._content().practices.values())
        asked = asked_for(request)
        found = find_practices(practices, **asked)
        language = self._language(request)
        html = self._environment.get_template("practices.html").render(
            asked=asked,
            cities=sorted({practice.city for practice in practices}),
            found=found,
            themes={theme: self._said(language, message) for theme, message in THEMES.items()},
            texts={key: self._said(language, message, count=len(found)) for key, message in TEXTS.items()},
            language=language,
            direction=self._phrases.direction(language),
        )
        return HTMLResponse(html, headers={"Content-Language": language, "Vary": "Accept-Language"})

    def listed(self, request: Request) -> Response:
        """Answer GET /practices.json: the same as {"count", "practices"}."""
        found: list[Practice] = find_practices(self._content().practices.values(), **asked_for(request))
        return JSONResponse({"count": len(found), "practices": [asdict(practice) for practice in found]})

    def _language(self, request: Request) -> str:
        wanted = request.query_params.get("language", "")
        request.state.language_hint = wanted if is_tag(wanted) else None
        return language_of(request, self._phrases) or SOURCE_LANGUAGE

    def _said(self, language: str, message: str, **values: int) -> dict[str, Any]:
        """{"text", "language", "direction"}: a text that is not translated yet stays English, and the page says so."""
        said = self._phrases.find("messages", language, message)
        return {
            "text": self._phrases.say(language, message, **self._numbers, **values),
            "language": said.language,
            "direction": self._phrases.direction(said.language),
        }


def asked_for(request: Request) -> dict[str, str]:
    """What a request looks for: text, city, country and theme, "" where it does not say."""
    return {name: request.query_params.get(name, "").strip() for name in ("text", "city", "country", "theme")}
