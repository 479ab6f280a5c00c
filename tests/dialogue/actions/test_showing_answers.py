"""A question gets its answer, more of its services, and those near the person."""

import pytest

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how do I rent a room?", "housing/rent_room"),
        ("how can i register with a doctor", "health/register_gp"),
        ("як зареєструватися в лікаря", "health/register_gp"),
        ("how do i join the council list for a house", "housing/council_house_list"),
    ],
)
def test_a_question_gets_its_answer_whole(person, content, phrases, text, answer):
    turn = person.say(text)
    assert (turn.outcome, person.about[0]) == ("answer", answer)
    reply = turn.replies[0]
    assert reply.heading == phrases.find("answers", turn.language, content.answers[answer].question).text
    assert reply.points and reply.notes and {"near:", "not_this:", "person:"} <= set(person.buttons)


def test_an_answer_names_how_it_was_understood_best_first(person):
    ranking = person.say("how do I rent a room?").ranking
    assert ranking[0][0] == "housing/rent_room"
    assert [confidence for _, confidence in ranking] == sorted((c for _, c in ranking), reverse=True)


def test_another_likely_reading_is_offered_beside_the_answer(newcomers, content):
    seen = 0
    for text in (
        "council house",
        "my house is cold and broken",
        "help with money for a baby",
    ):
        person = newcomers()
        turn = person.say(text)
        if turn.outcome == "answer":
            likely = [key for key, confidence in turn.ranking if confidence >= 0.1 and key in content.answers][1:3]
            extra = [each for each in person.buttons if each.startswith("answer:")]
            assert extra == [f"answer:{key}" for key in likely]
            seen += bool(extra)
    assert seen


def test_more_shows_other_services_and_never_the_same_again(person):
    person.say("how do I rent a room?")
    seen = person.cards
    for _step in range(3):
        if "more:" not in person.buttons:
            break
        person.press("more")
        assert person.about == ["housing/rent_room"] and not set(person.cards) & set(seen)
        seen = seen + person.cards


def test_more_can_be_asked_for_in_words(person):
    person.say("how do I rent a room?")
    first = person.cards
    person.say("show me more")
    assert person.about == ["housing/rent_room"] and person.cards and not set(person.cards) & set(first)


def test_near_me_asks_the_city_and_then_shows_what_is_there(person, content):
    person.say("how do I rent a room?")
    person.press("near")
    assert person.buttons == [f"city:{city}" for city in content.cities]
    turn = person.press("city", "coventry")
    assert person.about == ["housing/rent_room"] and turn.replies[0].text == "In Coventry:"
    assert person.cards and all("coventry" in content.services[each].areas for each in person.cards)


def test_the_city_may_be_typed_when_it_is_asked_for(person, content):
    person.say("how do I rent a room?")
    person.press("near")
    person.say("wolverhampton")
    assert person.cards and all(
        {"wolverhampton", "west_midlands", "national"} & set(content.services[each].areas) for each in person.cards
    )
    assert person.about == ["housing/rent_room"]


def test_a_known_city_is_not_asked_again(person, content):
    person.say("how do I rent a room in Birmingham?")
    assert all({"birmingham", "west_midlands", "national"} & set(content.services[each].areas) for each in person.cards)
    person.press("near")
    assert person.about == ["housing/rent_room"] and "city:coventry" not in person.buttons


def test_near_me_without_an_answer_leads_to_the_menu(person):
    person.say("I live in Coventry")
    person.say("near me")
    assert any(each.startswith("topic:") for each in person.buttons)
