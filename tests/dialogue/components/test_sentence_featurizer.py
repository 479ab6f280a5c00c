"""The sentence encoder as a Rasa featurizer, on Rasa's own messages and in a trained model."""

import tarfile

import numpy as np
import pytest

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def featurizer(small_agent):
    """The featurizer with the "characters" encoder; the agent is there only so that Rasa is prepared."""
    from bot.dialogue.components.sentence_featurizer import SentenceFeaturizer

    return SentenceFeaturizer(
        "featurizer", {**SentenceFeaturizer.get_default_config(), "encoder": "characters", "scale": 10.0}
    )


def message(text: str, tokens: int = 0):
    from rasa.nlu.tokenizers.tokenizer import Token
    from rasa.shared.nlu.training_data.message import Message

    made = Message({"text": text})
    if tokens:
        made.set("text_tokens", [Token("x", number) for number in range(tokens)])
    return made


def features(processed):
    sequence, sentence = processed.get_dense_features("text", [])
    return sequence.features, sentence.features


def test_a_message_gets_one_row_for_the_sentence_and_one_for_each_token(featurizer):
    [processed] = featurizer.process([message("rent a room", tokens=3)])
    sequence, sentence = features(processed)
    assert sentence.shape == (1, 384) and sequence.shape == (3, 384)
    assert np.allclose(sequence, sentence)


def test_the_vector_has_the_length_of_the_configuration(featurizer):
    [processed] = featurizer.process([message("rent a room", tokens=3)])
    assert np.linalg.norm(features(processed)[1]) == pytest.approx(10.0, abs=1e-3)


def test_a_message_without_tokens_has_a_row_too(featurizer):
    [processed] = featurizer.process([message("🏠")])
    assert features(processed)[0].shape == (1, 384)


@pytest.mark.parametrize("text", ["", '/show_answer{"answer": "housing/rent_room"}'])
def test_nothing_and_the_payload_of_a_button_get_no_vector(featurizer, text):
    [processed] = featurizer.process([message(text)])
    assert processed.get_dense_features("text", []) == (None, None)


def test_several_messages_get_their_own_vectors_in_order(featurizer):
    from bot.dialogue.components.sentence_encoder import CharacterEncoder

    texts = ["rent a room", "/help", "see a doctor"]
    processed = featurizer.process([message(text) for text in texts])
    wanted = CharacterEncoder().encode([texts[0], texts[2]]) * 10
    assert np.allclose([features(processed[0])[1][0], features(processed[2])[1][0]], wanted, atol=1e-4)


def test_an_unknown_encoder_is_refused_with_a_sentence(featurizer):
    from bot.dialogue.components.sentence_featurizer import SentenceFeaturizer
    from bot.errors import ModelError

    wrong = SentenceFeaturizer("featurizer", {**SentenceFeaturizer.get_default_config(), "encoder": "glove"})
    with pytest.raises(ModelError, match="'glove'"):
        wrong.process([message("rent a room")])


def test_the_trained_model_holds_no_weights_of_the_encoder(small_model):
    with tarfile.open(small_model) as archive:
        assert max(member.size for member in archive.getmembers()) < 1_000_000
