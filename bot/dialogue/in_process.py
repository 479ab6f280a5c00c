"""What Rasa usually does over HTTP, inside our process: actions, their validation, and collecting what is uttered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import fastjsonschema
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot.dialogue.action_context import ActionContext
from bot.dialogue.actions import ALL_ACTIONS
from bot.dialogue.messages import Reply


def action_executor(context: ActionContext) -> ActionExecutor:
    """Rasa's executor with all our actions, for our own process and for `desk actions`."""
    executor = ActionExecutor()
    for action in ALL_ACTIONS:
        executor.register_action(action(context))
    return executor


class InProcessActions(EndpointConfig):
    """Rasa's action endpoint without process, socket and JSON: the same calls and the same results."""

    def __init__(self, context: ActionContext) -> None:
        # With the selective domain Rasa does not send the whole domain with every call.
        super().__init__(url="inprocess://actions", enable_selective_domain=True)
        self._executor = action_executor(context)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = None,
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        try:
            return await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as error:
            body = {"error": error.message, "action_name": error.action_name}
            raise ClientResponseError(400, error.message, json.dumps(body)) from error
        except ActionNotFoundException as error:
            body = {"error": error.message, "action_name": error.action_name}
            raise ClientResponseError(404, error.message, json.dumps(body)) from error


def compile_action_validation() -> None:
    """Compile Rasa's check of action results once. Rasa checks its own schema again at every call: two thirds of a turn."""
    check = fastjsonschema.compile(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        check(result)
        return True

    RemoteAction._validate_action_result = validate


class ReplyCollector(OutputChannel):
    """Collects what the assistant utters, whole, without splitting it by kind as Rasa's own channels do."""

    def __init__(self) -> None:
        self._messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "desk"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self._messages.append(message)

    def replies(self, as_reply: Callable[[dict[str, Any]], Reply]) -> tuple[Reply, ...]:
        """All that was uttered, in order."""
        return tuple(as_reply(message) for message in self._messages)
