"""A bill from the hospital, in Ukrainian: the answer, what else was near, and people to talk to."""

import re

import pytest

from tests.journeys.visitor import check_cards, check_way_on

pytestmark = pytest.mark.model
UKRAINIAN = re.compile("[а-яіїєґ]", re.IGNORECASE)


def test_health_in_ukrainian(visit, content, pack_store):
    person = visit()

    person.says("добрий день")
    assert person.abouts == ["greet", "menu"]
    assert {reply.language for reply in person.screen.replies} == {"uk"}

    turn = person.says("лікарня виставить мені рахунок?")
    reply, question = turn.replies
    assert (question.about, question.language) == ("audience", "uk")
    assert (turn.outcome, turn.language, reply.about) == ("answer", "uk", "health/hospital_charges")
    assert (reply.language, reply.direction) == ("uk", "ltr")
    assert all(UKRAINIAN.search(text) for text in (reply.heading, *reply.points, *reply.warnings))
    check_cards(person.cards, content)
    check_way_on(reply)

    person.presses("not_this")
    offered = [name for name in person.buttons if name.startswith("answer:")]
    assert 1 <= len(offered) <= 3
    assert "answer:health/hospital_charges" not in offered
    person.presses("answer", offered[0].removeprefix("answer:"))
    assert person.abouts[0] == offered[0].removeprefix("answer:")
    assert person.screen.outcome == "answer"

    person.presses("person")
    check_cards(person.cards, content)
    assert UKRAINIAN.search(person.screen.replies[0].text)
    assert pack_store.read_conversation(person.conversation).language == "uk"


def test_the_city_typed_in_ukrainian_is_understood_and_confirmed(visit, pack_store, phrases):
    person = visit()
    person.says("лікарня виставить мені рахунок?")
    person.presses("near")
    person.says(phrases.say("uk", "Coventry"))
    assert pack_store.read_conversation(person.conversation).city == "coventry"
    assert person.abouts == ["health/hospital_charges"], "it asks for the city again"
