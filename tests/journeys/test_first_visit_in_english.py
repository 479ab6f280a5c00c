"""A first visit: a greeting, a question, the city, places near by, more of them, thanks, and being forgotten."""

import pytest

from tests.journeys.visitor import check_cards, check_way_on

pytestmark = pytest.mark.model


def test_a_first_visit_in_english(visit, content, pack_store):
    person = visit("en-GB")

    person.arrives()
    assert person.abouts == ["welcome"]
    assert list(person.buttons)[0] == "language:en"
    assert {"language:ar", "language:fa", "language:uk"} <= set(person.buttons)

    person.says("hello")
    assert person.abouts == ["greet", "menu"]
    assert {"topic:housing", "topic:health", "topic:jobs", "topic:language_classes", "topic:rights"} <= set(
        person.buttons
    )

    turn = person.says("where can I learn English for free")
    (reply,) = turn.replies
    assert (turn.outcome, turn.language, reply.about) == ("answer", "en", "language_classes/free_english")
    assert reply.heading == content.answers[reply.about].question
    assert reply.points
    assert len(reply.cards) == 3
    assert any(note.startswith("Source: ") for note in reply.notes)
    check_cards(person.cards, content)
    check_way_on(reply)

    person.presses("near")
    assert person.abouts == ["change_city"]
    assert set(person.buttons) == {"city:birmingham", "city:coventry", "city:wolverhampton"}

    person.presses("city", "coventry")
    assert person.abouts == ["language_classes/free_english"]
    assert person.screen.replies[0].text == "In Coventry:"
    near = person.cards
    check_cards(near, content)
    assert all("coventry" in content.services[card.id].areas for card in near)

    person.presses("more")
    check_cards(person.cards, content)
    assert all(
        {"coventry", "west_midlands", "national"} & set(content.services[card.id].areas) for card in person.cards
    )

    person.says("thank you so much")
    assert person.abouts[0] == "thanks"
    kept = pack_store.read_conversation(person.conversation)
    assert (kept.language, kept.city) == ("en", "coventry")
    assert "learn English" not in str(kept)

    person.says("please forget me")
    assert person.abouts == ["forget_me"]
    assert pack_store.read_conversation(person.conversation) is None


def test_pressing_more_never_shows_a_place_twice_and_comes_to_an_end(visit):
    person = visit()
    person.says("where can I learn English for free")
    seen = [card.id for card in person.cards]
    for _ in range(100):
        if "more:" not in person.buttons:
            break
        person.presses("more")
        seen += [card.id for card in person.cards]
    assert "more:" not in person.buttons
    assert len(seen) > 6
    assert len(set(seen)) == len(seen)


def test_a_city_typed_after_near_me_is_taken_as_the_answer_to_the_question(visit, content):
    person = visit()
    person.says("where can I learn English for free")
    person.presses("near")
    person.says("Wolverhampton")
    assert person.screen.replies[0].text == "In Wolverhampton:"
    assert all("wolverhampton" in content.services[card.id].areas for card in person.cards)


def test_a_city_named_in_the_question_is_remembered(visit, content, pack_store):
    person = visit()
    person.says("where can I learn English for free in Birmingham")
    assert person.abouts == ["language_classes/free_english"]
    assert pack_store.read_conversation(person.conversation).city == "birmingham"
    person.presses("near")
    assert all("birmingham" in content.services[card.id].areas for card in person.cards)
