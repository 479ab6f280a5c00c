"""The stand-in for Telegram: a small, strict Bot API for a real client to talk to. Never serve it outside loopback."""

import json
import socket
import threading
import time
from dataclasses import fields as dataclass_fields
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.channels.telegram.bot_api.errors import ApiError, bad_request
from tests.channels.telegram.bot_api.fields import parse_fields
from tests.channels.telegram.bot_api.methods import ACTIONS
from tests.channels.telegram.bot_api.webhook import start_pushing
from tests.channels.telegram.bot_api.world import Call, Fault, World

TOKEN = "700000001:test-token-that-opens-nothing-anywhere"


class BotApi:
    """The server; `with BotApi() as server` runs it on loopback in threads of its own, on a free port or a given one.

    base_url: what a client takes as the address of the Bot API. calls: all calls so far, oldest first.
    """

    def __init__(self, token: str = TOKEN, username: str = "coventry_desk_bot", port: int = 0) -> None:
        self.world = World(token, username)
        self._socket = socket.create_server(("127.0.0.1", port))
        app = Starlette(routes=[Route("/bot{token}/{method}", self._endpoint, methods=["GET", "POST"])])
        config = uvicorn.Config(
            app,
            loop="asyncio",
            ws="none",  # Rasa's old websockets library does not fit uvicorn
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)

    @property
    def token(self) -> str:
        """The only token that is let in."""
        return self.world.token

    @property
    def base_url(self) -> str:
        """Such as "http://127.0.0.1:40123/bot"; the token follows at once."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/bot"

    def __enter__(self) -> "BotApi":
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="bot-api", daemon=True)
        self._thread.start()
        start_pushing(self.world)
        while not self._server.started:
            assert self._thread.is_alive(), "The stand-in did not start."
            time.sleep(0.005)
        return self

    def __exit__(self, *_error: object) -> None:
        self.world.close()
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self._socket.close()

    def start_anew(self) -> None:
        """Forget all people, messages, calls and faults, as if the server had just begun; open questions end."""
        self.world.close()
        self.world = World(self.world.token, self.world.username)
        start_pushing(self.world)

    def calls(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The calls of one method so far, of one chat where it is given."""
        with self.world.changed:
            return [call for call in self.world.calls if call.method == method and chat_id in (None, call.chat_id)]

    def fail(self, method: str, code: int | None = None, **how: Any) -> None:
        """Order a fault: the next call of the method gets `code`; the other fields of `Fault` say more."""
        known = {field.name for field in dataclass_fields(Fault)}
        assert set(how) <= known, f"no such fault: {set(how) - known}"
        with self.world.changed:
            self.world.faults.append(Fault(method, code, **how))

    def repeat_last_update(self) -> None:
        """Give the newest confirmed update to the bot once more."""
        with self.world.changed:
            self.world.repeats.append(self.world.confirmed[-1])
            self.world.changed.notify_all()

    async def _endpoint(self, request: Request) -> Response:
        path, body = request.path_params, await request.body()
        content_type, query = request.headers.get("content-type", ""), dict(request.query_params)
        return await run_in_threadpool(self._answer, path["token"], path["method"], query, body, content_type)

    def _answer(self, token: str, method: str, query: dict[str, Any], body: bytes, content_type: str) -> Response:
        world = self.world  # a call stays with the world that it began in
        given: dict[str, Any] = {}
        fault = None
        try:
            self._let_in(token, method)
            given = {**query, **_read_body(body, content_type)}
            fault = world.next_fault(method, given)
            result = _act(world, method, given, fault)
            answer, code = {"ok": True, "result": result}, 200
        except ApiError as error:
            answer, code = error.body(), error.code
        with world.changed:
            world.calls.append(Call(method, given, time.monotonic(), code))
            text = json.dumps(answer)
        if fault and fault.garbled:
            text = text[:-1]
        return Response(text, code, media_type="application/json")

    def _let_in(self, token: str, method: str) -> None:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in ACTIONS:
            raise ApiError(404, "Not Found: method not found")


def _act(world: World, method: str, given: dict[str, Any], fault: Fault | None) -> Any:
    """The result of a call. Raises `ApiError` for a faulty call, and where a test ordered it."""
    error = fault.error() if fault else None
    late = bool(fault and fault.afterwards)
    if fault and not late:
        world.closing.wait(fault.hang)
    result = None
    if late or not error:
        with world.changed:
            result = json.loads(json.dumps(ACTIONS[method](world, parse_fields(method, given))))
    if fault and late:
        world.closing.wait(fault.hang)
    if error:
        raise error
    return result


def _read_body(body: bytes, content_type: str) -> dict[str, Any]:
    if not body:
        return {}
    if content_type.startswith("application/json"):
        try:
            found = json.loads(body)
        except ValueError:
            raise bad_request("the body is no JSON") from None
        if not isinstance(found, dict):
            raise bad_request("the body is no JSON object")
        return found
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    raise bad_request("the stand-in reads forms and JSON only")
