"""POST /api/chat: checks a message, hands it to the desk and sends the answer back. Message text is never logged."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web import phrases as texts
from bot.channels.web.flood import MessageLimits
from bot.channels.web.languages_asked import accepted, is_tag
from bot.channels.web.problems import Problem, log_fault, trouble
from bot.channels.web.tokens import conversation_key, is_token, mint_token
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming, Turn, to_dict
from bot.skills.phrases import Phrases

LARGEST_BODY = 32 * 1024  # bytes
LONGEST_TEXT = 4000  # characters; the desk reads as much, and looks for danger in all of it
LONGEST_BUTTON = 64  # bytes, as in bot/dialogue/messages.py
FIELDS = ("conversation", "text", "button", "language")


@dataclass(frozen=True)
class Asked:
    """A checked request. `token`: new where none or a bad one was sent. Text and button are never both there."""

    token: str
    is_new: bool
    text: str = ""
    button: str | None = None
    language: str | None = None
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class Chat:
    """The endpoint, given all that it needs."""

    desk: Desk
    phrases: Phrases
    limits: MessageLimits

    async def answer(self, request: Request) -> Response:
        """Answer one message. Raises Problem for what cannot be taken."""
        # The address comes first, because the conversation is known only after the body has been read.
        _refuse_flood(self.limits.take_from_address(request.client.host if request.client else ""))
        asked = read_asked(await read_object(request), request)
        if not asked.is_new:
            _refuse_flood(self.limits.take_from_conversation(conversation_key(asked.token)))
        turn = await self._turn(asked)
        return JSONResponse(
            {
                "conversation": asked.token,
                "language": turn.spoken,
                "outcome": turn.outcome,
                "replies": [to_dict(reply) for reply in turn.replies],
            }
        )

    async def _turn(self, asked: Asked) -> Turn:
        key = conversation_key(asked.token)
        try:
            if not asked.text and asked.button is None and asked.position is None:
                return await self.desk.welcome(key, asked.language)
            incoming = Incoming(key, asked.text, asked.button, asked.language, channel="web", position=asked.position)
            return await self.desk.handle(incoming)
        except Exception as error:  # The channel's edge: a person always gets a kind answer with a number to call.
            log_fault(error)
            raise trouble() from None


def _refuse_flood(wait: int) -> None:
    if wait:
        headers = {"Retry-After": str(wait)}
        raise Problem(429, "too_many_messages", texts.TOO_MANY, {"seconds": wait}, headers=headers)


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body. Raises Problem 413, 415, 400 or 422."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "not_json", texts.NOT_JSON)
    try:
        # RecursionError: thousands of brackets within each other.
        read = json.loads(await _read_body(request))
    except (ValueError, RecursionError):
        raise Problem(400, "not_json", texts.NOT_JSON) from None
    if not isinstance(read, dict):
        raise Problem(422, "wrong_part", texts.WRONG_PART, fault="must be an object")
    return read


async def _read_body(request: Request) -> bytes:
    """The body, read no further than its limit, whatever Content-Length says. Raises Problem 413."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise Problem(413, "too_long", texts.TOO_LONG)
    return body


def read_asked(read: dict[str, Any], request: Request) -> Asked:
    """The checked request. Leaves the language hint in `request.state` for a later problem. Raises Problem 422."""
    given = {name: read[name] for name in FIELDS if read.get(name) is not None}
    hint = given.get("language")
    request.state.language_hint = hint if isinstance(hint, str) and is_tag(hint) else None
    for name, value in given.items():
        if not isinstance(value, str):
            raise _wrong(name, "must be a string")
    text, button, token = _storable(given.get("text", "")), given.get("button") or None, given.get("conversation", "")
    _check(text, button)
    browser = next(iter(accepted(request.headers.get("accept-language", ""))), None)
    language = request.state.language_hint or browser
    position = _position(read.get("position"), text or button)
    is_new = not is_token(token)
    return Asked(mint_token() if is_new else token, is_new, text.strip(), button, language, position)


def _position(given: Any, beside: str | None) -> tuple[float, float] | None:
    """The shared position, in degrees. Raises Problem 422 where it is none, or stands beside a text or a button."""
    if given is None:
        return None
    if beside:
        raise _wrong("position", "cannot be sent together with text or a button")
    if not isinstance(given, dict) or set(given) != {"latitude", "longitude"}:
        raise _wrong("position", "must be an object with latitude and longitude")
    for name, limit in (("latitude", 90), ("longitude", 180)):
        number = given[name]
        if isinstance(number, bool) or not isinstance(number, int | float) or not -limit <= number <= limit:
            raise _wrong(f"position.{name}", f"must be a number of degrees from {-limit} to {limit}")
    return float(given["latitude"]), float(given["longitude"])


def _check(text: str, button: str | None) -> None:
    if len(text) > LONGEST_TEXT:
        raise Problem(422, "too_long", texts.TOO_LONG, part="text", fault=f"has more than {LONGEST_TEXT} characters")
    if text and not text.strip():
        raise Problem(422, "empty", texts.EMPTY, part="text", fault="has no visible character")
    if text and button:
        raise _wrong("button", "cannot be sent together with text")
    if button and (len(button.encode("utf-8", "replace")) > LONGEST_BUTTON or not button.isprintable()):
        raise _wrong("button", f"has more than {LONGEST_BUTTON} bytes, or cannot be printed")


def _wrong(name: str, fault: str) -> Problem:
    return Problem(422, "wrong_part", texts.WRONG_PART, part=name, fault=fault)


def _storable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of characters that JSON can spell."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
