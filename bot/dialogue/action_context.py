"""What the assistant's actions are given. Apart from the actions, so that nobody imports Rasa to name it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.content.records import Content
from bot.content.safety_texts import SafetyTexts
from bot.skills.phrases import Phrases


@dataclass(frozen=True)
class ActionContext:
    """What actions may use: the present content, the phrases, the fixed safety texts, and the time with its zone."""

    content: Callable[[], Content]
    phrases: Phrases
    safety: SafetyTexts
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
