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

from bot.dialogue.components.follow_ups import AFTER_ANSWER
from bot.dialogue.components.sentence_encoder import RememberingEncoder, encoder_named
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.messages import Reply, reply_from_dict
from bot.dialogue.without_tensorflow import keep_tensorflow_out
from bot.errors import ModelError
from bot.skills.needs import LONG, split_needs, words_in

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
        name = next((step.config["encoder"] for step in steps if step.config.get("encoder")), None)
        self.encoder: RememberingEncoder | None = encoder_named(name) if name else None

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

    def try_out(self) -> None:
        """Answer one message of nobody, on a loop of its own: what is slow or broken shows before people meet it.

        Not to be called where a loop runs. Raises ModelError.
        """
        answered = asyncio.run(self.respond(Asked("try-out", "hello", slots={"language": "en"})))
        if not answered.replies:
            raise ModelError("The assistant has no reply to a greeting. Run `uv run desk train` to make a new model.")

    def make_ready(self, texts: list[str], keep: int) -> None:
        """Encode messages that will be asked soon, many at once; room is made for the vectors of `keep` texts."""
        if self.encoder:
            self.encoder.remember_at_least(2 * keep)
            self.encoder.encode([_as_plain_text(text.strip()) for text in texts])

    async def respond(self, asked: Asked) -> Answered:
        """Answer one message. Raises ModelError when Rasa fails on it."""
        from rasa.core.channels.channel import UserMessage

        from bot.dialogue.in_process import ReplyCollector

        collector = ReplyCollector()
        self._trackers.begin(asked.conversation, asked.slots)
        try:
            if asked.press is None and self.encoder:
                # On another thread, so that this one is free for other conversations; Rasa then finds the vector ready.
                await asyncio.to_thread(self._encode, _as_plain_text(asked.text))
            known = {AFTER_ANSWER: bool(asked.slots.get("answer"))}
            message = UserMessage(
                _rasa_text(asked), collector, asked.conversation, input_channel="desk", metadata=known
            )
            await self._agent.handle_message(message)
        except Exception as error:  # one broken message must not take the desk down; the stand-in answers it
            raise ModelError(f"The assistant failed on a message ({type(error).__name__}).") from error
        finally:
            ended = self._trackers.end(asked.conversation)
        replies = collector.replies(_as_reply)
        return Answered(replies, ended.slots, ended.intent, ended.ranking, ended.danger)

    def _encode(self, text: str) -> None:
        # The parts of a short message are rarely asked for.
        self.encoder.encode([text, *(split_needs(text) if words_in(text) >= LONG else ())])


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
