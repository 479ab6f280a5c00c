"""The answer selector within a real Rasa model of a small project."""

import asyncio

import pytest

from bot.dialogue.components.answer_selector import _is_faint

pytestmark = pytest.mark.model


@pytest.fixture
def read(small_agent):
    """A function that lets Rasa read a message."""
    return lambda text: asyncio.run(small_agent.parse_message(text))


def ranking(parsed):
    return [
        (each["intent_response_key"], each["confidence"]) for each in parsed["response_selector"]["default"]["ranking"]
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("rent a room please", "housing/rent_room"),
        ("council help", "housing/council_help"),
        ("find a doctor", "health/which_service"),
        ("hello", "greet"),
        ("tell me a joke", "out_of_scope"),
    ],
)
def test_the_answer_and_its_topic_agree(read, text, key):
    parsed = read(text)
    assert ranking(parsed)[0][0] == key
    assert parsed["intent"]["name"] == key.split("/")[0]
    assert parsed["intent"]["confidence"] == pytest.approx(ranking(parsed)[0][1])


def test_the_output_has_the_form_that_rasa_gives_to_response_selectors(read):
    selected = read("rent a room")["response_selector"]
    assert set(selected) == {"all_retrieval_intents", "default"}
    response = selected["default"]["response"]
    assert response["utter_action"] == f"utter_{response['intent_response_key']}"
    assert response["intent_response_key"] == selected["default"]["ranking"][0]["intent_response_key"]


def test_the_ranking_is_best_first_and_as_long_as_the_configuration_says(read):
    confidences = [confidence for _, confidence in ranking(read("rent a room"))]
    assert len(confidences) == 4 and confidences == sorted(confidences, reverse=True) and sum(confidences) <= 1.00001


def test_the_topics_are_ranked_by_the_sum_of_their_answers(read):
    parsed = read("council room")
    topics = {each["name"]: each["confidence"] for each in parsed["intent_ranking"]}
    of_housing = [confidence for key, confidence in ranking(parsed) if key.startswith("housing/")]
    assert topics["housing"] >= sum(of_housing) - 1e-5 > max(of_housing)


def test_an_unsure_reading_is_left_to_the_fallback(read):
    assert read("зовсім інше")["intent"]["name"] == "nlu_fallback"


def test_the_payload_of_a_button_is_read_by_rasa_itself(read):
    parsed = read('/show_answer{"answer": "housing/rent_room"}')
    assert parsed["intent"] == {"name": "show_answer", "confidence": 1.0}
    assert [(each["entity"], each["value"]) for each in parsed["entities"]] == [("answer", "housing/rent_room")]
    assert "response_selector" not in parsed or not parsed["response_selector"].get("default")


@pytest.mark.parametrize("text", ["?", "🏠", "x" * 5000], ids=["sign", "picture", "long"])
def test_strange_texts_are_ranked_without_an_error(read, text):
    assert "intent" in read(text)


def test_a_danger_made_of_many_faint_groups_does_not_outweigh_a_sure_reading():
    faint = [("housing/rent_room", 0.7), ("emergency/medical", 0.12), ("emergency/scam_now", 0.11)]
    assert _is_faint("emergency", faint)
    assert not _is_faint("emergency", [("housing/rent_room", 0.5), *faint[1:]])
    assert not _is_faint("emergency", [faint[0], ("emergency/medical", 0.2)])
