"""Refused requests: one exception, and its answer as application/problem+json (RFC 9457) in the person's language."""

import logging
import traceback
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web import phrases as texts
from bot.channels.web.headers import SECURITY_HEADERS
from bot.channels.web.languages_asked import accepted, first_spoken
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases

LOG = logging.getLogger(__name__)
CODES = {404: ("not_found", texts.NOT_FOUND), 405: ("wrong_method", texts.WRONG_METHOD)}


@dataclass(eq=False)
class Problem(Exception):
    """A request that is not answered.

    code: short name for programs. message: English sentence for the person, a msgid. values: what `{name}` stands for.
    part: the part of the request that is wrong, and `fault` what is wrong with it, in English for programmers.
    """

    status: int
    code: str
    message: str
    values: dict[str, str | int] = field(default_factory=dict)
    part: str = ""
    fault: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class ProblemAnswers:
    """Turns what was raised into an answer. One object serves an application."""

    def __init__(self, phrases: Phrases, numbers: texts.Numbers) -> None:
        """`numbers`: the telephone lines that a sentence may name."""
        self._phrases = phrases
        self._numbers = numbers

    async def refused(self, request: Request, problem: Problem) -> Response:
        """The answer to a `Problem`."""
        return self._answer(request, problem)

    async def http_error(self, request: Request, error: HTTPException) -> Response:
        """The answer where no route fits the address or the method."""
        code, message = CODES.get(error.status_code, ("wrong_request", texts.WRONG_PART))
        return self._answer(request, Problem(error.status_code, code, message, headers=dict(error.headers or {})))

    async def unforeseen(self, request: Request, error: Exception) -> Response:
        """The answer to a fault of our own. It carries the headers itself, because it is made outside of them."""
        log_fault(error)
        return self._answer(request, trouble(dict(SECURITY_HEADERS)))

    def _answer(self, request: Request, problem: Problem) -> Response:
        language = language_of(request, self._phrases) or SOURCE_LANGUAGE
        said = self._phrases.find("messages", language, problem.message)
        body: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(problem.status).phrase,
            "status": problem.status,
            "code": problem.code,
            "detail": self._phrases.say(language, problem.message, **self._numbers, **problem.values),
            "language": said.language,
            "direction": self._phrases.direction(said.language),
        }
        if problem.part:
            body["errors"] = [{"pointer": f"#/{problem.part}", "detail": problem.fault}]
        headers = {**problem.headers, "Content-Language": said.language}
        return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


def trouble(headers: dict[str, str] | None = None) -> Problem:
    """The problem for any fault of our own."""
    return Problem(500, "trouble", texts.TROUBLE, headers=headers or {})


def language_of(request: Request, phrases: Phrases) -> str | None:
    """The language to answer in: the one the request named, else the browser's. None where the desk speaks neither."""
    hint = getattr(request.state, "language_hint", None)
    asked = accepted(request.headers.get("accept-language", ""))
    return first_spoken([hint, *asked] if hint else asked, phrases)


def log_fault(error: Exception) -> None:
    """Log which error it was and where, never its message, for a message can hold what the person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
    LOG.error("A request could not be answered: %s at %s.", type(error).__name__, place)
