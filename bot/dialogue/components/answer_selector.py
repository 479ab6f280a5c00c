"""Chooses the answer: every answer and every small-talk intent gets a probability, from one head on the sentence vector.

Writes Rasa's standard `response_selector` output and agrees the intent with it. No texts and no fallback rule here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.answer_head import AnswerHead
from bot.dialogue.components.follow_ups import AFTER_ANSWER, FollowUps
from bot.dialogue.components.sentence_encoder import encoder_named
from bot.skills.language_guess import identify
from bot.skills.needs import LONG, split_needs, words_in

NEEDS = "needs"  # the rankings of the parts of a message that may hold several needs; read by bot/dialogue/actions/
RESPONSE_SELECTOR = "response_selector"
# Measured on 1,107 messages of danger: none is lost by it, and some questions on one's home are alarms no longer.
SURE_READING = 0.6
FAINT_LABEL = 0.15


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerSelector(GraphComponent, IntentClassifier):
    """Ranks `topic/answer` keys and plain intents together; the topic is that of the best answer.

    enough: intent -> probability from which on it is chosen even if another is likelier; enough_in: language -> the same,
    for a language where it is known better. follow_ups, alone: see `FollowUps`. A message whose best reading is less sure than `one_need` (probability) or that has `long` words is read
    in its parts too, with the `encoder` of that name.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "strength": 5.0,
            "neighbours_weight": 0.4,
            "ranking_length": 10,
            "enough": {},
            "enough_in": {},
            "follow_ups": [],
            "alone": {},
            "encoder": "",
            "one_need": 0.8,
            "long": LONG,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerSelector:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerSelector:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, AnswerHead.load(folder / "answer_head.npz"))

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, head: AnswerHead | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._head = config, storage, resource, head
        self._follow_ups = FollowUps(frozenset(config["follow_ups"]), dict(config["alone"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the head on all examples that have an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        vectors = np.stack([_vector(example) for example in examples])
        languages = [_written_in(example.get(TEXT)) for example in examples]
        self._head = AnswerHead.fit(
            vectors,
            labels,
            languages,
            strength=self._config["strength"],
            neighbours_weight=self._config["neighbours_weight"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._head.save(folder / "answer_head.npz")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the answers for each message that has text, and set intent and `response_selector`."""
        for message in messages:
            if (message.get(TEXT) or "").startswith("/"):
                # The payload of a button: Rasa itself reads it later; until then nobody may take it for unclear.
                message.set(INTENT, {"name": None, "confidence": 1.0}, add_to_output=True)
            elif message.get(TEXT) and self._head is not None:
                self._rank(message)
        return messages

    def _rank(self, message: Message) -> None:
        after_answer = (message.get("metadata") or {}).get(AFTER_ANSWER, True)
        language = _written_in(message.get(TEXT))
        ranked = self._follow_ups.settle(self._head.rank(_vector(message), language), after_answer)
        intents: dict[str, float] = {}
        for key, probability in ranked:
            intents[key.split("/")[0]] = intents.get(key.split("/")[0], 0.0) + probability
        best, probability = ranked[0][0].split("/")[0], ranked[0][1]
        if self._follow_ups.has(best):
            probability = self._follow_ups.confidence(ranked)
        for intent, enough in (self._config["enough"] | self._config["enough_in"].get(language, {})).items():
            # What may cost a life or a case wins before it is the likeliest reading; of two such, the first named wins.
            if intents.get(intent, 0.0) >= enough and not _is_faint(intent, ranked):
                best, probability = intent, 1.0
                break
        ranking = [
            {"name": name, "confidence": share} for name, share in sorted(intents.items(), key=lambda one: -one[1])
        ]
        message.set(INTENT, {"name": best, "confidence": probability}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)  # whole: the front desk asks for danger in it
        message.set(RESPONSE_SELECTOR, self._selection(ranked), add_to_output=True)
        message.set(NEEDS, self._needs(message.get(TEXT), language, ranked), add_to_output=True)

    def _needs(self, text: str, language: str, ranked: list[tuple[str, float]]) -> list[list[tuple[str, float]]]:
        """The ranking of each part of the message, as if nothing were remembered; [] where it is one need."""
        one = ranked[0][1] >= self._config["one_need"] and words_in(text) < self._config["long"]
        parts = [] if one or not self._config["encoder"] else split_needs(text, language)
        vectors = encoder_named(self._config["encoder"]).encode(parts) if parts else ()
        settled = [self._follow_ups.settle(self._head.rank(vector, language), after_answer=False) for vector in vectors]
        return [ranking[: self._config["ranking_length"]] for ranking in settled]

    def _selection(self, ranked: list[tuple[str, float]]) -> dict[str, Any]:
        ranking = [
            {"intent_response_key": key, "confidence": probability}
            for key, probability in ranked[: self._config["ranking_length"]]
        ]
        key, probability = ranked[0]
        response = {"intent_response_key": key, "confidence": probability, "utter_action": f"utter_{key}"}
        return {"all_retrieval_intents": [], "default": {"response": response, "ranking": ranking}}


def _is_faint(intent: str, ranked: list[tuple[str, float]]) -> bool:
    """Whether an intent has its probability from many faint labels, while one reading outside it is sure."""
    within = max((probability for key, probability in ranked if key.split("/")[0] == intent), default=0.0)
    beside = max((probability for key, probability in ranked if key.split("/")[0] != intent), default=0.0)
    return beside >= SURE_READING and within < FAINT_LABEL


def _written_in(text: str) -> str:
    """The language of a text as the head knows it: BCP 47, with -Latn for one typed in Latin letters out of need."""
    guess = identify(text)
    return f"{guess.code}-Latn" if guess.romanised else guess.code


def _vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT, [])
    return sentence.features[0] if sentence else np.zeros(1, dtype=np.float32)
