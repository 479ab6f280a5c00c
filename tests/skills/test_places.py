"""Which city a message names, in right and wrong spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.skills.places import city_named, is_little_more_than_city

NAMES = {
    "coventry": "coventry",
    "birmingham": "birmingham",
    "wolverhampton": "wolverhampton",
    "كوفنتري": "coventry",
    "برمنغهام": "birmingham",
    "بیرمنگام": "birmingham",
    "ковентрі": "coventry",
    "вулвергемптон": "wolverhampton",
}


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("I live in Coventry", "coventry"),
        ("COVENTRY!!", "coventry"),
        ("coventary doctors", "coventry"),
        ("near birmigham city centre", "birmingham"),
        ("Birmingam", "birmingham"),
        ("wolverhamton", "wolverhampton"),
        ("wolverhampton, in the centre of wolverhampton", "wolverhampton"),
        ("أنا في كوفنتري", "coventry"),
        ("من در بیرمنگام هستم", "birmingham"),
        ("я живу у місті Ковентрі", "coventry"),
        ("вулвергемптон", "wolverhampton"),
    ],
)
def test_a_city_is_found_in_any_spelling_and_script(text, city):
    assert city_named(text, NAMES) == city


@pytest.mark.parametrize(
    "text",
    ["", "cover my rent", "London", "Manchester", "12345", "covid", "convent", "hampton", "I am ill", "🏠", "governed by",
     "wolves", "recovery", "burning ham", "CV1 1FS"],
)  # fmt: skip
def test_a_message_without_a_city_of_the_desk_names_none(text):
    assert city_named(text, NAMES) is None


def test_without_known_names_no_city_is_found():
    assert city_named("I live in Coventry", {}) is None


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_searched_without_an_error(text):
    assert city_named(text, NAMES) in {None, "coventry", "birmingham", "wolverhampton"}


def test_of_two_cities_in_one_message_none_is_taken():
    assert city_named("i lived in birmingham, now i am in coventry", NAMES) is None


@pytest.mark.parametrize(
    "text", ["Birmingham", "and in birmingham?", "what about Coventry", "а в Ковентрі?", "وفي كوفنتري؟"]
)
def test_a_message_that_is_little_more_than_a_city_is_told_from_a_question(text):
    assert is_little_more_than_city(text, NAMES)


@pytest.mark.parametrize(
    "text", ["I moved from there to Birmingham last week", "what about it", "Coventry or Birmingham", ""]
)
def test_a_longer_message_or_one_without_one_city_is_more_than_a_city(text):
    assert not is_little_more_than_city(text, NAMES)


def test_a_city_is_found_in_a_script_without_spaces():
    assert city_named("那考文垂呢", {"考文垂": "coventry", "coventry": "coventry"}) == "coventry"
