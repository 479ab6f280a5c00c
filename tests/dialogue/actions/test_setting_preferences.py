"""What a person may set: the language, the city, and being forgotten."""

import pytest

pytestmark = pytest.mark.model


def test_a_language_button_changes_the_language_for_good(person, pack_store):
    person.say("hello there my friend")
    person.press("languages")
    assert person.about == ["change_language"]
    turn = person.press("language", "ar")
    assert (turn.replies[0].language, turn.replies[0].direction) == ("ar", "rtl")
    person.say("12345")
    assert person.turn.replies[0].language == "ar"
    assert pack_store.read_conversation(person.key).language == "ar"


@pytest.mark.parametrize(
    ("text", "language"),
    [("can you speak arabic please", "ar"), ("please answer in Ukrainian", "uk"), ("Farsi please", "fa")],
)
def test_a_language_is_changed_by_naming_it(person, pack_store, text, language):
    person.say("where can I find a doctor?")
    turn = person.say(text)
    assert "change_language" in person.about
    assert turn.replies[0].language == language
    assert pack_store.read_conversation(person.key).language == language


@pytest.mark.parametrize(("text", "language"), [("пишіть українською", "uk"), ("تكلم معي بالعربي من فضلك", "ar")])
def test_a_language_that_is_asked_for_in_itself_stays(person, pack_store, text, language):
    person.say("where can I find a doctor?")
    turn = person.say(text)
    assert "change_language" in person.about and turn.replies[0].language == language
    assert pack_store.read_conversation(person.key).language == language


def test_a_wish_for_another_language_without_a_name_shows_the_picker(person, phrases):
    person.say("I want to change the language")
    assert person.about == ["change_language"]
    assert person.buttons == [f"language:{code}" for code in phrases.languages]


def test_a_language_that_the_desk_does_not_speak_is_told_with_the_ones_it_speaks(person, phrases):
    turn = person.say("can you speak Somali?")
    assert person.about == ["change_language"]
    assert "I do not speak this language yet." in turn.replies[0].text
    assert person.buttons == [f"language:{code}" for code in phrases.languages]


def test_dari_gets_persian_where_there_is_no_dari(person, phrases, pack_store):
    person.say("please speak Dari")
    assert pack_store.read_conversation(person.key).language == ("fa-AF" if "fa-AF" in phrases.languages else "fa")


def test_a_city_is_changed_by_naming_it(person, pack_store):
    person.say("I live in Coventry")
    assert person.about == ["change_city"] and person.turn.replies[0].text == "Your city is Coventry."
    person.say("I moved to Wolverhamton")
    assert pack_store.read_conversation(person.key).city == "wolverhampton"


def test_a_wish_for_another_city_without_a_name_shows_the_cities(person, content):
    person.say("I want to change my city")
    assert person.buttons == [f"city:{city}" for city in content.cities]
    person.press("city", "birmingham")
    assert person.turn.replies[0].text == "Your city is Birmingham."


def test_a_city_button_without_near_me_shows_the_menu_and_keeps_the_answer_out_of_it(person):
    person.say("how do I rent a room?")
    person.say("I want to change my city")
    person.press("city", "birmingham")
    assert person.about == ["change_city"]


@pytest.mark.parametrize("text", ["forget me", "delete everything you know about me", "забудьте мене"])
def test_being_forgotten_is_told_and_done(person, pack_store, text):
    person.say("how do I rent a room in Coventry?")
    assert pack_store.read_conversation(person.key).city == "coventry"
    person.say(text)
    assert person.about == ["forget_me"]
    assert pack_store.read_conversation(person.key) is None
