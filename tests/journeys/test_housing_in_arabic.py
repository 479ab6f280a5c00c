"""A room, in Arabic: the answer, the labels and the buttons are Arabic and run from right to left."""

import re

import pytest

from tests.journeys.visitor import check_cards, check_way_on

pytestmark = pytest.mark.model
ARABIC = re.compile("[\u0600-\u06ff]")


def test_housing_in_arabic(visit, content, pack_store):
    person = visit("ar")

    welcome = person.arrives().replies[0]
    assert (welcome.language, welcome.direction) == ("ar", "rtl")
    assert list(person.buttons)[0] == "language:ar"

    person.presses("language", "ar")
    assert all((reply.language, reply.direction) == ("ar", "rtl") for reply in person.screen.replies)
    assert ARABIC.search(person.buttons["topic:housing"].label)

    turn = person.says("أريد استئجار غرفة للسكن")
    reply, question = turn.replies
    assert all(ARABIC.search(text) for text in (question.text, *(button.label for button in question.buttons)))
    assert (turn.outcome, turn.language, reply.about) == ("answer", "ar", "housing/rent_room")
    assert (reply.language, reply.direction) == ("ar", "rtl")
    assert all(ARABIC.search(text) for text in (reply.heading, *reply.points, *reply.warnings, reply.notes[0]))
    assert all(ARABIC.search(button.label) for button in reply.buttons)
    check_cards(person.cards, content)
    assert all(fact.ltr for card in person.cards for fact in card.facts if fact.href.startswith("tel:"))
    check_way_on(reply)

    person.presses("near")
    assert ARABIC.search(person.screen.replies[0].text)
    assert all(ARABIC.search(button.label) for button in person.buttons.values())
    person.presses("city", "birmingham")
    assert person.abouts == ["housing/rent_room"]
    assert all("birmingham" in content.services[card.id].areas for card in person.cards)

    person.presses("person")
    assert person.abouts == ["talk_to_human"]
    assert person.screen.replies[0].direction == "rtl"
    check_cards(person.cards, content)
    assert pack_store.read_conversation(person.conversation).language == "ar"


def test_numbers_of_the_answer_are_the_same_in_arabic_as_in_english(visit):
    arabic, english = visit(), visit()
    arabic.says("أريد استئجار غرفة للسكن")
    english.says("How can I rent a room?")
    assert arabic.abouts == english.abouts == ["housing/rent_room", "audience"]

    def numbers(person) -> list[list[str]]:
        reply = person.screen.replies[0]
        return [sorted(re.findall(r"\d+", text)) for text in (*reply.points, *reply.warnings)]

    assert numbers(arabic) == numbers(english)


def test_one_english_question_does_not_move_the_conversation_away_from_arabic(visit, pack_store):
    person = visit()
    person.says("أريد استئجار غرفة للسكن")
    person.says("where can I learn English for free")
    assert person.screen.replies[0].language == "en"
    assert {"language:en", "language:ar"} <= set(person.buttons)
    assert pack_store.read_conversation(person.conversation).language == "ar"
    person.presses("language", "ar")
    assert person.screen.replies[0].language == "ar"
