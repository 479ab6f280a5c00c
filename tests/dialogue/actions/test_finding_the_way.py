"""Choices when the desk is unsure, other choices, topics, the menu, and what it does not know."""

import pytest

pytestmark = pytest.mark.model


def test_an_unclear_message_gets_choices_or_topics_and_nothing_is_forced(newcomers):
    outcomes = set()
    for text in (
        "help paper thing",
        "blue seven letter",
        "it is about the house and the school and work",
        "qwrtz plmk",
    ):
        person = newcomers()
        outcomes.add(person.say(text).outcome)
        assert "person:" in person.buttons
    assert outcomes & {"choices", "unknown"}


def test_a_choice_that_is_pressed_shows_its_answer(newcomers):
    for text in (
        "paper letter",
        "I have a problem with it",
        "something about school money",
        "what about my status thing",
    ):
        person = newcomers()
        if person.say(text).outcome == "choices" and person.buttons[0].startswith("answer:"):
            answer = person.buttons[0].removeprefix("answer:")
            person.press("answer", answer)
            assert person.about[0] == answer
            return
    pytest.fail("none of the unclear messages led to choices")


def test_not_what_i_meant_offers_other_questions_until_only_topics_are_left(person):
    person.say("how do I rent a room?")
    offered = ["housing/rent_room"]
    for _step in range(4):
        person.press("not_this") if "not_this:" in person.buttons else person.say("not what I meant")
        if person.about != ["choices"]:
            break
        new = [each.removeprefix("answer:") for each in person.buttons if each.startswith("answer:")]
        assert new and not set(new) & set(offered)
        offered += new
    assert len(offered) > 3
    assert any(each.startswith("topic:") for each in person.buttons)


@pytest.mark.parametrize(
    "text", ["who won the football yesterday", "write me a poem about the sea", "what is the capital of Peru"]
)
def test_what_no_desk_answers_gets_the_topics_and_people(person, text):
    turn = person.say(text)
    assert turn.outcome == "unknown" and person.about == ["out_of_scope"] * 2
    assert any(each.startswith("topic:") for each in person.buttons) and person.cards


def test_topics_lead_to_questions_and_questions_to_answers(person, content):
    person.say("what can you do?")
    assert {f"topic:{answer.topic}" for answer in content.answers.values()} <= set(person.buttons)
    person.press("topic", "health")
    assert person.about == ["topic/health"] and person.turn.outcome == "menu"
    answer = person.buttons[0].removeprefix("answer:")
    person.press("answer", answer)
    assert person.about == [answer] and person.turn.outcome == "answer"


def test_a_greeting_is_answered_and_leads_to_the_topics(person):
    turn = person.say("good morning")
    assert person.about == ["greet", "menu"] and turn.outcome == "talk"
    assert turn.replies[0].text.startswith("Hello.")


@pytest.mark.parametrize(("text", "about"), [("thank you so much", "thanks"), ("goodbye, see you", "goodbye")])
def test_thanks_and_goodbyes_are_answered_in_the_persons_language(newcomers, phrases, text, about):
    assert newcomers().say(text).replies[0].about == about
    ukrainian = newcomers()
    ukrainian.press("language", "uk")
    reply = ukrainian.say({"thanks": "щиро дякую вам", "goodbye": "до побачення"}[about]).replies[0]
    assert (reply.about, reply.language) == (about, "uk") and reply.text
