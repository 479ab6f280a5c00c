"""How the Open Referral feed answers: open to pages of all sites, kept for a while, "not changed" where it is not."""

import hashlib
import json
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEEP = "public, max-age=300, must-revalidate"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Content-Type",
    "Access-Control-Max-Age": "86400",
}


class OpenToAll:
    """Lets pages of any site read the answers, refusals too, and answers the question whether they may."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(OPEN_TO_ALL)
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)


def json_answer(request: Request, body: Any, changed: datetime) -> Response:
    """The body as JSON, or 304 where the asker has it already. `changed`: when the feed last changed, with a time zone."""
    return _answer(request, _json(body).encode(), "application/json", changed)


def lines_answer(request: Request, records: list[Any], changed: datetime) -> Response:
    """The records as one line of JSON each."""
    text = "".join(f"{_json(record)}\n" for record in records)
    return _answer(request, text.encode(), "application/x-ndjson", changed)


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _answer(request: Request, content: bytes, media_type: str, changed: datetime) -> Response:
    # Weak, because the same tag also stands for the compressed form of the body.
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(changed, usegmt=True), "Cache-Control": KEEP}
    if _has_it(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _has_it(request: Request, tag: str, changed: datetime) -> bool:
    """Whether the asker has this answer. The tag decides where it is given, for moments are coarse (RFC 9110, 13.2.2)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        tags = {each.strip().removeprefix("W/") for each in known.split(",")}
        return "*" in tags or tag.removeprefix("W/") in tags
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, TypeError):
        return False
    return since.tzinfo is not None and changed <= since
