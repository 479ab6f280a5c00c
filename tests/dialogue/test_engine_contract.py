"""One contract for every engine: the assistant, and the menu that stands in for it. Buttons answer alike in both."""

import asyncio
import json

import pytest

from bot.dialogue.buttons import KINDS, button_id, read_button
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.menu_engine import MenuEngine

ROOM = "housing/rent_room"
ARGUMENTS = {"answer": ROOM, "topic": "health", "language": "uk", "city": "coventry", "audience": "AS"}
TO_ENGINES = sorted(kind for kind, (intent, _entity) in KINDS.items() if intent)  # the front desk sees to the others
WORK = "jobs/allowed_to_work"  # has points for each situation


@pytest.fixture(params=["menu", pytest.param("rasa", marks=pytest.mark.model)])
def engine(request, pack_store, phrases):
    """Each engine in turn, over the project's own content."""
    if request.param == "rasa":
        return request.getfixturevalue("trained_engine")
    return MenuEngine(pack_store.content, phrases)


@pytest.fixture
def press(engine):
    """A function that presses a button with some slots and gives what the engine says."""

    def press_one(kind: str, argument: str = "", **slots) -> Answered:
        asked = Asked("contract", press=read_button(button_id(kind, argument)), slots={"language": "en", **slots})
        return asyncio.run(engine.respond(asked))

    return press_one


def ids(answered: Answered) -> list[str]:
    return [button.id for reply in answered.replies for button in reply.buttons]


def card_ids(answered: Answered) -> list[str]:
    return [card.id for reply in answered.replies for card in reply.cards]


@pytest.mark.parametrize(
    "slots", [{}, {"city": "coventry", "answer": ROOM, "shown": 3}], ids=["at the start", "after an answer"]
)
@pytest.mark.parametrize("kind", TO_ENGINES)
def test_every_button_answers_with_words_and_a_way_on(press, kind, slots):
    answered = press(kind, ARGUMENTS.get(kind, ""), **slots)
    assert answered.intent == KINDS[kind][0]
    assert answered.replies and all(reply.text or reply.heading or reply.points for reply in answered.replies)
    assert ids(answered) and all(read_button(each) for each in ids(answered))
    json.dumps(answered.slots)


@pytest.mark.parametrize("kind", TO_ENGINES)
def test_a_button_keeps_language_and_city_unless_it_is_there_to_change_them(press, kind):
    slots = press(kind, ARGUMENTS.get(kind, ""), city="birmingham", answer=ROOM).slots
    assert slots["language"] == ("uk" if kind == "language" else "en")
    assert slots["city"] == ("coventry" if kind == "city" else "birmingham")


def test_an_answer_is_shown_whole_and_remembered(press, content):
    answered = press("answer", ROOM)
    reply = answered.replies[0]
    assert (reply.about, reply.heading) == (ROOM, content.answers[ROOM].question)
    assert answered.slots["answer"] == ROOM and {"near:", "not_this:", "person:"} <= set(ids(answered))


@pytest.mark.parametrize("answer", ["health/register_gp", "housing/council_help", "housing/rent_room"])
def test_both_engines_show_the_same_answer(pack_store, phrases, press, answer):
    asked = Asked(
        "contract", press=read_button(button_id("answer", answer)), slots={"language": "uk", "city": "coventry"}
    )
    from_menu = asyncio.run(MenuEngine(pack_store.content, phrases).respond(asked))
    assert press("answer", answer, language="uk", city="coventry").replies == from_menu.replies


def test_the_situation_is_asked_for_below_an_answer_that_depends_on_it_twice_at_most(press):
    slots: dict = {}
    for times in (1, 2):
        answered = press("answer", WORK, **slots)
        slots = answered.slots
        assert [reply.about for reply in answered.replies] == [WORK, "audience"] and slots["audience_asked"] == times
    assert [each.split(":")[0] for each in ids(answered)[-6:]] == ["audience"] * 5 + ["skip"]
    assert [reply.about for reply in press("answer", WORK, **slots).replies] == [WORK]


def test_the_situation_is_not_asked_for_where_it_changes_nothing_or_is_known(press):
    assert [reply.about for reply in press("answer", "health/register_gp").replies] == ["health/register_gp"]
    assert [reply.about for reply in press("answer", WORK, audience="VH").replies] == [WORK]


def test_a_situation_that_is_pressed_is_remembered_and_shows_the_answer_for_it(press):
    before = press("answer", WORK)
    told = press("audience", "AS", **before.slots)
    (reply,) = told.replies
    assert told.slots["audience"] == "AS" and reply.about == WORK
    assert reply.points[0] == "Asylum seeker: no, until you get permission."
    assert "No papers: no." in before.replies[0].points and "No papers: no." not in reply.points
    assert reply.notes[0].startswith("You told me: “I asked for asylum”.") and "audiences:" in ids(told)


def test_an_answer_for_people_in_another_situation_says_so_and_is_shown_all_the_same(press, content):
    (reply,) = press("answer", ROOM, audience="AS").replies
    assert reply.text.startswith("This answer is mostly for people in another situation than yours.")
    assert reply.points and content.answers[ROOM].audience_note in reply.notes


def test_a_situation_can_be_changed_and_dropped_and_is_then_not_asked_for_again(press):
    slots = press("answer", WORK, audience="AS").slots
    assert [reply.about for reply in press("audiences", **slots).replies] == ["audience"]
    dropped = press("skip", **slots)
    assert not dropped.slots.get("audience") and "No papers: no." in dropped.replies[0].points
    assert dropped.replies[0].text == "All right. I show everything."
    slots = {name: value for name, value in dropped.slots.items() if value is not None}
    assert [reply.about for reply in press("answer", WORK, **slots).replies] == [WORK]


def test_a_situation_told_before_any_question_is_kept_and_leads_on(press):
    told = press("audience", "EU")
    assert told.slots["audience"] == "EU" and any(each.startswith("topic:") for each in ids(told))


def test_a_topic_lists_its_questions(press, content):
    wanted = [f"answer:{each.id}" for each in content.answers.values() if each.topic == "health"]
    assert ids(press("topic", "health")) == [*wanted, "menu:"]


def test_a_language_button_changes_the_language_of_the_reply_too(press, phrases):
    answered = press("language", "uk")
    assert {reply.language for reply in answered.replies} == {"uk"}
    assert phrases.say("uk", "Talk to a person") in [
        button.label for reply in answered.replies for button in reply.buttons
    ]


def test_languages_and_cities_offer_all_there_are(press, phrases, content):
    assert ids(press("languages")) == [f"language:{code}" for code in phrases.languages]
    assert ids(press("cities")) == [f"city:{city}" for city in content.cities]


def test_more_shows_other_services_than_before_until_there_are_none(press):
    seen = card_ids(press("answer", ROOM))
    slots = press("answer", ROOM).slots
    for _step in range(60):
        answered = press("more", **slots)
        slots = answered.slots
        if not card_ids(answered):
            break
        assert not set(card_ids(answered)) & set(seen)
        seen += card_ids(answered)
    assert answered.replies[0].text == "That is all I have on this."


def test_near_me_asks_for_the_city_first_and_goes_on_with_it(press, content):
    slots = press("answer", ROOM).slots
    asked = press("near", **slots)
    assert ids(asked) == [f"city:{city}" for city in content.cities]
    shown = press("city", "coventry", **asked.slots)
    assert shown.replies[0].about == ROOM and card_ids(shown)
    assert all("coventry" in content.services[each].areas for each in card_ids(shown))


def test_near_me_uses_the_city_that_is_known(press, content):
    shown = press("near", answer=ROOM, city="wolverhampton")
    assert shown.replies[0].about == ROOM
    assert all(
        {"wolverhampton", "national", "west_midlands"} & set(content.services[each].areas) for each in card_ids(shown)
    )


@pytest.mark.parametrize("kind", ["more", "near"])
def test_more_and_near_me_without_an_answer_lead_on_all_the_same(press, kind):
    assert ids(press(kind, city="coventry"))


def test_an_answer_that_is_gone_since_leads_to_the_menu_or_to_people(press):
    assert ids(press("more", answer="housing/long_gone"))
    assert ids(press("answer", "housing/long_gone"))


def test_a_wish_for_a_person_shows_people_of_the_city_with_numbers(press, content):
    answered = press("person", city="wolverhampton")
    assert card_ids(answered)[0] == content.cities["wolverhampton"].contacts[0]
    assert all(
        any(fact.href.startswith("tel:") for fact in card.facts) for reply in answered.replies for card in reply.cards
    )


def test_who_is_not_safe_gets_the_number_to_call_first_and_then_people(press):
    urgent, people = press("unsafe", city="coventry").replies
    assert urgent.urgent and [fact.href for card in urgent.cards for fact in card.facts] == ["tel:999"]
    assert people.cards and not people.urgent


def test_a_typed_question_gets_a_reply_and_a_way_on(engine):
    asked = Asked("contract", "how can i rent a room for my family", slots={"language": "en"})
    answered = asyncio.run(engine.respond(asked))
    assert answered.replies and ids(answered) and answered.slots["language"] == "en"


def test_being_forgotten_is_told(press):
    assert [reply.about for reply in press("forget").replies] == ["forget_me"]
