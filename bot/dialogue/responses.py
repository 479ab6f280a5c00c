"""Rasa's hook for utterances: the texts of domain.yml in the person's language."""

from typing import Any

from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.skills.phrases import Phrases


class TranslatedResponses(NaturalLanguageGenerator):
    """Utters a response of the domain in the language of the `language` slot."""

    def __init__(self, responses: dict[str, list[dict[str, Any]]], phrases: Phrases) -> None:
        self._responses, self._phrases = responses, phrases

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        variations = self._responses.get(utter_action)
        if not variations:
            return None
        language = tracker.get_slot("language") or "en"
        said = self._phrases.find("messages", language, variations[0]["text"])
        direction = self._phrases.direction(said.language)
        return {"text": said.text, "language": said.language, "direction": direction, "utter_action": utter_action}
