"""A wish for a person, and whatever only a person may advise on, leads to people who can be reached."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text", ["can I talk to a real person?", "I want to speak with a human", "хочу поговорити з людиною"]
)
def test_a_wish_for_a_person_shows_people_with_numbers(person, text):
    turn = person.say(text)
    assert person.about == ["talk_to_human"] and person.cards
    assert all(any(fact.href.startswith("tel:") for fact in card.facts) for card in turn.replies[0].cards)


@pytest.mark.parametrize(
    "text",
    [
        "do you think I will win my asylum case?",
        "what should I say in my interview so that they believe me",
        "is it better to say that I was never in Italy",
        "how much paracetamol can I give to my baby",
    ],
)
def test_advice_on_ones_own_case_is_never_given_but_goes_to_people(person, text):
    turn = person.say(text)
    assert person.about == ["personal_advice"] and person.cards
    assert "I must not advise on it" in turn.replies[0].text


def test_people_of_the_own_city_come_first(person, content):
    person.say("I live in Wolverhampton")
    person.say("I want to talk to a person")
    assert person.cards[0] == content.cities["wolverhampton"].contacts[0]


def test_the_way_to_people_is_a_button_under_every_answer(person):
    person.say("how do I rent a room?")
    person.press("person")
    assert person.about == ["talk_to_human"] and "menu:" in person.buttons
