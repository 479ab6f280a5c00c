"""No model, or one that breaks: buttons, topics, answers, people and emergencies still work."""

import pytest

from bot.dialogue.engine import Answered, Asked
from bot.dialogue.front_desk import FrontDesk
from bot.errors import ModelError
from tests.journeys.visitor import Visitor, check_cards


class BrokenEngine:
    """Fails on every message, as the assistant does where its model is damaged."""

    async def respond(self, asked: Asked) -> Answered:
        """Raises ModelError."""
        raise ModelError("The assistant failed on a message.")


class SilentEngine:
    """Understands and says nothing."""

    async def respond(self, asked: Asked) -> Answered:
        """No reply at all."""
        return Answered((), asked.slots, "greet")


@pytest.fixture(params=[None, BrokenEngine, SilentEngine], ids=["no engine", "broken engine", "silent engine"])
def person(request, pack_store, phrases, safety):
    """A person at a desk that has lost its assistant."""
    engine = request.param() if request.param else None
    with Visitor(FrontDesk(pack_store, phrases, safety, engine)) as visitor:
        yield visitor


def test_a_desk_without_its_assistant_still_helps(person, content, pack_store):
    person.arrives()
    person.presses("language", "ar")
    assert person.screen.replies[0].language == "ar"

    person.presses("topic", "housing")
    person.presses("answer", "housing/rent_room")
    assert (person.abouts, person.screen.outcome) == (["housing/rent_room", "audience"], "answer")
    check_cards(person.cards, content)

    person.presses("near")
    person.presses("city", "coventry")
    assert all("coventry" in content.services[card.id].areas for card in person.cards)
    person.presses("more")
    check_cards(person.cards, content)

    person.presses("person")
    assert person.abouts == ["talk_to_human"]
    check_cards(person.cards, content)
    kept = pack_store.read_conversation(person.conversation)
    assert (kept.language, kept.city) == ("ar", "coventry")


def test_a_typed_question_gets_the_topics_and_people_instead_of_silence(person, content):
    turn = person.says("How can I rent a room?")
    assert turn.outcome == "unknown"
    assert turn.language == "en"
    assert {"topic:housing", "person:"} <= set(person.buttons)
    check_cards(person.cards, content)


def test_an_emergency_is_answered_as_always(person):
    turn = person.says("my baby is not breathing")
    assert (turn.outcome, turn.replies[0].about) == ("emergency", "emergency/medical")


def test_a_person_can_be_forgotten(person, pack_store):
    person.arrives()
    person.presses("language", "uk")
    assert pack_store.read_conversation(person.conversation)
    person.chooses("forget:")
    assert pack_store.read_conversation(person.conversation) is None


def test_being_forgotten_is_confirmed(person):
    person.chooses("forget:")
    assert person.abouts == ["forget_me"]
