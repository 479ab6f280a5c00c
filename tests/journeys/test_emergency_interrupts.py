"""Danger in the middle of a talk: the number comes first and at once, and the talk can go on afterwards."""

import pytest

from bot.dialogue.front_desk import FrontDesk
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.model


def test_an_emergency_interrupts_and_the_talk_goes_on_afterwards(visit):
    person = visit()
    person.says("How can I rent a room?")

    turn = person.says("my baby is not breathing")
    reply = turn.replies[0]
    assert (turn.outcome, reply.about, reply.urgent) == ("emergency", "emergency/medical", True)
    assert "999" in reply.points[0]
    assert "tel:999" in [fact.href for card in reply.cards for fact in card.facts]
    assert "person:" in person.buttons

    person.presses("answer", "health/which_service")
    assert person.abouts == ["health/which_service"]
    person.says("How can I rent a room?")
    assert person.abouts == ["housing/rent_room", "audience"]


def test_the_emergency_text_is_the_one_that_was_agreed_word_for_word(visit, safety):
    person = visit()
    person.says("my baby is not breathing")
    (group,) = [group for group in safety.groups if group.id == "emergency/medical"]
    assert person.screen.replies[0].points == tuple(group.text)


def test_an_emergency_within_a_question_comes_before_its_answer(visit):
    person = visit()
    person.says("where can I rent a room, my baby is not breathing")
    assert person.screen.outcome == "emergency"
    assert person.screen.replies[0].urgent


def test_an_emergency_in_a_very_long_message_is_not_missed(visit):
    for text in (
        "my baby is not breathing. " + "I wait and wait. " * 400,
        "I wait and wait. " * 400 + "baby not breathing",
    ):
        person = visit()
        assert person.says(text).outcome == "emergency"


def test_an_emergency_is_answered_as_well_while_the_assistant_is_away(pack_store, phrases, safety):
    with Visitor(FrontDesk(pack_store, phrases, safety)) as person:
        assert person.says("my baby is not breathing").outcome == "emergency"
        assert "999" in person.screen.replies[0].points[0]


def test_an_emergency_in_an_arabic_talk_leaves_the_talk_in_arabic(visit, pack_store):
    person = visit("ar")
    person.arrives()
    person.presses("language", "ar")
    person.says("my baby is not breathing")
    assert person.screen.outcome == "emergency"
    assert "999" in person.screen.replies[0].points[0]
    assert pack_store.read_conversation(person.conversation).language == "ar"


def test_a_worried_message_gets_a_kind_question_beside_its_answer(visit):
    person = visit()
    person.says("I am so tired and I am alone here")
    assert person.abouts[0] == "soft"
    assert not person.screen.replies[0].urgent
    assert "person:" in person.buttons
    assert len(person.abouts) > 1


def test_who_does_not_feel_safe_gets_numbers_to_call(visit):
    person = visit()
    person.says("I am so tired and I am alone here")
    (unsafe,) = [button for button in person.screen.replies[0].buttons if button.label == "I am not safe"]
    kind, _, argument = unsafe.id.partition(":")
    person.presses(kind, argument)
    assert any("999" in text for reply in person.screen.replies for text in (reply.text, *reply.points))
