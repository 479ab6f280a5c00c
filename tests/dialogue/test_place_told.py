"""Where the person is: read from words or a shared position, and no more of it kept than half a postcode."""

import asyncio
import sqlite3

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.memory import HERE
from bot.dialogue.messages import Incoming
from bot.dialogue.place_told import PlaceTold

PLACE = (52.41284, -1.50733)


@pytest.fixture
def store(tmp_path, project):
    with Store(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
        yield store


@pytest.fixture
def told(pack_store):
    """A function that reads the place of a text."""
    places = PlaceTold(pack_store, pack_store.content)
    return lambda text: asyncio.run(places.in_text(text))


@pytest.fixture
def say(store, phrases, safety):
    """A function that sends a message to a desk without a model, and gives its turn."""
    desk = FrontDesk(store, phrases, safety)
    return lambda text="", **more: asyncio.run(desk.handle(Incoming("one", text, **more)))


@pytest.mark.parametrize("text", ["CV1 5FX", "cv1", "near CV1 5", "I am in CV1"])
def test_half_a_postcode_is_all_that_is_taken_from_a_message(told, text):
    found = told(text)
    kept = {name: value for name, value in found.slots.items() if name != HERE}
    assert kept == {"outcode": "CV1", "city": "coventry"} and found.lasting


def test_a_postcode_in_a_question_is_kept_and_the_question_is_still_answered(told):
    found = told("where can my children go to school, we live in B18 5AA since last week")
    assert (found.slots["outcode"], found.slots["city"]) == ("B18", "birmingham")
    assert found.lasting and not found.alone


def test_a_district_in_a_question_counts_for_that_question_only(told):
    found = told("is there a good nursery for small children in Sparkhill or somewhere else")
    assert found.slots["city"] == "birmingham" and not found.lasting


@pytest.mark.parametrize(
    "text", ["I need a doctor", "B1 level English", "call me at 4 pm", "Coventry", "I live in Birmingham", ""]
)
def test_a_message_without_a_place_tells_none(told, text):
    assert told(text).slots == {}


@pytest.mark.parametrize("text", ["Walsall", "Dudley", "West Bromwich", "B70"])
def test_who_lives_in_another_council_is_not_put_into_one_of_the_cities(told, text):
    found = told(text)
    assert found.slots["outcode"] and found.slots["city"] is None


@pytest.mark.parametrize(
    "text",
    ["beaten in Foleshill", "he hit me CV6", "homeless in Foleshill", "deported from Foleshill", "food bank Foleshill"],
)
def test_a_need_beside_a_place_is_read_and_not_taken_for_a_place_alone(told, text):
    found = told(text)
    assert found.slots["outcode"] == "CV6" and not found.alone


@pytest.mark.parametrize("text", ["my grade is B10", "b17 visa", "need help with cv1 letter", "section 21 b8"])
def test_what_only_looks_like_a_postcode_is_not_kept(told, text):
    assert not told(text).lasting


def test_a_postcode_that_is_not_known_is_told(say):
    assert "I do not know this postcode" in say("SW1A 1AA").replies[0].text


def test_choosing_a_city_forgets_the_place_and_a_place_elsewhere_forgets_the_city(say, store):
    say("CV6")
    say(button="city:wolverhampton")
    assert store.read_conversation("one").city == "wolverhampton"
    assert "outcode" not in store.read_conversation("one").slots
    say("Walsall")
    assert store.read_conversation("one").city is None


def test_more_after_near_me_goes_on_with_what_is_near(say):
    say(button="answer:money/no_food_today")
    first = say("CV1").replies[0].cards
    second = say(button="more:").replies[0].cards
    assert second and not {card.id for card in first} & {card.id for card in second}


def test_an_alarm_waits_for_no_place(phrases, safety, store):
    class Slow(Store):
        def postcode(self, text):
            raise AssertionError("looked for a place during an alarm")

    with Slow(str(store.engine.url)) as slow:
        desk = FrontDesk(slow, phrases, safety)
        turn = asyncio.run(desk.handle(Incoming("one", "he is going to kill me, CV1 5FX")))
    assert turn.outcome == "emergency"


def test_a_shared_position_is_rounded_and_never_written(say, store, tmp_path):
    turn = say(position=PLACE)
    assert turn.replies[0].text.startswith("I show places near CV1")
    assert store.read_conversation("one").slots == {"outcode": "CV1"}
    for path in tmp_path.glob("desk.db*"):
        assert b"52.4128" not in path.read_bytes() and b"1.50733" not in path.read_bytes()


def test_the_exact_position_counts_for_its_own_message_only(say):
    say(button="answer:money/no_food_today")
    near = say(position=PLACE).replies[0]
    assert any("on foot" in fact.value for card in near.cards for fact in card.facts)
    again = say(button="near:").replies[0]
    assert again.cards and not any("on foot" in fact.value for card in again.cards for fact in card.facts)


def test_a_full_postcode_is_never_written(say, tmp_path):
    say("CV6 5EX")
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"5EX" not in (tmp_path / "desk.db").read_bytes()


def test_a_position_far_away_leaves_the_choice_of_a_city_and_keeps_nothing(say, store):
    turn = say(position=(33.51, 36.29))
    assert turn.replies[0].about == "change_city"
    assert "outcode" not in store.read_conversation("one").slots


def test_a_postcode_after_an_answer_shows_what_is_near(say, content):
    say(button="answer:money/no_food_today")
    say(button="near:")
    turn = say("CV1")
    assert turn.replies[0].text == "Near CV1, the nearest first:"
    first = content.services[turn.replies[0].cards[0].id]
    assert "coventry" in first.areas


def test_an_emergency_beside_a_postcode_is_still_an_emergency(say):
    assert say("my baby does not breathe CV1 5FX").outcome == "emergency"


def test_being_forgotten_forgets_the_place(say, store):
    say("CV1")
    say(button="forget:")
    assert store.read_conversation("one") is None
