"""Rasa's Agent inside the desk's own process, with its actions called in-process too. The only module that runs Rasa.

Importing this module does not import Rasa: `RasaEngine.load` does, which takes some seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.dialogue.components.sentence_encoder import SentenceEncoder, encoder_named
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply, reply_from_dict
from bot.dialogue.without_tensorflow import keep_tensorflow_out
from bot.errors import ModelError

if TYPE_CHECKING:
    from bot.dialogue.action_context import ActionContext


def prepare_rasa() -> None:
    """Quiet Rasa and keep it from calling home. Must run before Rasa is first imported; a second call does nothing."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    keep_tensorflow_out()
    import sanic  # noqa: F401 - it turns deprecation warnings on again when it is imported, so it must come before

    warnings.simplefilter("ignore")  # dozens of deprecations of Rasa's old libraries, which nobody here can mend
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    # At WARNING Rasa writes a message that it cannot parse into the log; nothing of a message may be there.
    for name in ("rasa", "rasa_sdk", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)


_LEADING = re.compile(r"^[\s/]+")


class RasaEngine:
    """The trained assistant. Conversations are kept in order by the caller; different ones may run at once."""

    def __init__(self, agent: Any, tracker_store: Any) -> None:
        self._agent, self._trackers = agent, tracker_store
        steps = agent.processor.model_metadata.predict_schema.nodes.values()
        name = next((step.config["encoder"] for step in steps if "encoder" in step.config), None)
        self.encoder: SentenceEncoder | None = encoder_named(name) if name else None

    @classmethod
    def load(cls, model: Path, context: ActionContext) -> RasaEngine:
        """Load the model file. Raises ModelError with what to do when it is missing or does not fit."""
        if not model.is_file():
            raise ModelError(f"There is no model at {model}. Run `uv run desk train`.")
        prepare_rasa()
        from rasa.core.agent import Agent
        from rasa.core.lock_store import InMemoryLockStore
        from rasa.shared.core.domain import Domain

        from bot.dialogue.in_process import InProcessActions, compile_action_validation
        from bot.dialogue.responses import TranslatedResponses
        from bot.dialogue.slot_trackers import SlotTrackerStore

        compile_action_validation()
        trackers = SlotTrackerStore(Domain.empty())
        try:
            agent = Agent.load(
                model, action_endpoint=InProcessActions(context), tracker_store=trackers, lock_store=InMemoryLockStore()
            )
            agent.processor.nlg = TranslatedResponses(agent.domain.responses, context.phrases)
        except Exception as error:  # Rasa raises whatever its parts raise; every cause has the same cure
            raise ModelError(
                f"The model {model.name} cannot be loaded ({type(error).__name__}). Run `uv run desk train` to make a new one."
            ) from error
        return cls(agent, trackers)

    async def respond(self, asked: Asked) -> Answered:
        """Answer one message. Raises ModelError when Rasa fails on it."""
        from rasa.core.channels.channel import UserMessage

        from bot.dialogue.in_process import ReplyCollector

        if asked.press is None and self.encoder:
            # Encoding on another thread leaves this one free for other conversations; Rasa then finds the vector ready.
            await asyncio.to_thread(self.encoder.encode, [_as_plain_text(asked.text)])
        collector = ReplyCollector()
        self._trackers.begin(asked.conversation, asked.slots)
        try:
            message = UserMessage(_rasa_text(asked), collector, asked.conversation, input_channel="desk")
            await self._agent.handle_message(message)
        except Exception as error:  # one broken message must not take the desk down; the stand-in answers it
            raise ModelError(f"The assistant failed on a message ({type(error).__name__}).") from error
        finally:
            ended = self._trackers.end(asked.conversation)
        replies = collector.replies(_as_reply)
        return Answered(replies, ended.slots, ended.intent, ended.ranking, ended.danger)


def _as_plain_text(text: str) -> str:
    """Text that Rasa cannot take for a command: it reads a leading slash as an intent."""
    return _LEADING.sub("", text.replace("\x00", "")) or "?"


def _rasa_text(asked: Asked) -> str:
    if asked.press is None:
        return _as_plain_text(asked.text)
    argument = json.dumps({asked.press.entity: asked.press.argument}) if asked.press.entity else ""
    return f"/{asked.press.intent}{argument}"


def _as_reply(message: dict[str, Any]) -> Reply:
    if "reply" in message:
        return reply_from_dict(message["reply"])
    action = (message.get("utter_action") or "utter_talk").removeprefix("utter_")
    return Reply(
        about=action,
        text=message.get("text") or "",
        language=message.get("language") or "en",
        direction=message.get("direction") or "ltr",
    )
