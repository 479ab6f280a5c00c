"""The sentence encoder as a Rasa featurizer: one dense vector for the whole message."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.sentence_encoder import encoder_named

log = logging.getLogger(__name__)

CHUNK = 500  # examples between two lines of progress


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the encoder's vector as sentence feature, and the same row for each token, as Rasa's interfaces ask."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # Rasa's own classifiers have no strength setting; vectors of length 10 give them usable confidences.
        return {**DenseFeaturizer.get_default_config(), "alias": None, "encoder": "e5", "scale": 10.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check beforehand: an unknown encoder name is refused with a sentence when it is loaded."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        return cls(execution_context.node_name, config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = training_data.training_examples
        for start in range(0, len(examples), CHUNK):
            self.process(examples[start : start + CHUNK])
            log.info("turned %d of %d examples into numbers", min(start + CHUNK, len(examples)), len(examples))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to every message that has text; the payload of a button (a leading slash) has no meaning."""
        with_text = [message for message in messages if message.get(TEXT) and not message.get(TEXT).startswith("/")]
        if with_text:
            vectors = encoder_named(self._config["encoder"]).encode([message.get(TEXT) for message in with_text])
            for message, vector in zip(with_text, vectors, strict=True):
                self._add(message, vector * self._config["scale"])
        return messages

    def _add(self, message: Message, vector: np.ndarray) -> None:
        tokens = max(len(message.get(TOKENS_NAMES[TEXT]) or []), 1)
        row = vector[np.newaxis, :]
        self.add_features_to_message(np.repeat(row, tokens, axis=0), row, TEXT, message)
