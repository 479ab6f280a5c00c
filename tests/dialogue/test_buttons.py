"""The ids of buttons: there and back, their limit, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.buttons import KINDS, LIMIT_BYTES, Press, button_id, read_button
from bot.errors import InputRefused

ARGUMENTS = st.text(min_size=1, max_size=40).filter(lambda text: len(text.encode()) <= 40)


@given(st.sampled_from(sorted(KINDS)), ARGUMENTS)
def test_a_button_comes_back_as_the_press_it_was_made_for(kind, argument):
    intent, entity = KINDS[kind]
    argument = argument if entity else ""
    assert read_button(button_id(kind, argument)) == Press(kind, intent, entity, argument)


def test_an_argument_may_hold_colons_and_any_script():
    assert read_button(button_id("answer", "a:b:c")).argument == "a:b:c"
    assert read_button(button_id("topic", "житло")).argument == "житло"


def test_the_limit_counts_bytes_not_letters():
    room = LIMIT_BYTES - len("answer:")
    assert len(button_id("answer", "x" * room).encode()) == LIMIT_BYTES
    with pytest.raises(ValueError, match="no button"):
        button_id("answer", "x" * (room + 1))
    with pytest.raises(ValueError, match="no button"):
        button_id("answer", "я" * (room // 2 + 1))


def test_a_kind_that_is_not_in_the_table_makes_no_button():
    with pytest.raises(ValueError, match="no button"):
        button_id("restart")


@pytest.mark.parametrize(
    "pressed",
    ["", ":", "restart:", "show_answer:x", "answer", "answer:", "topic:", "menu:now", "more:1", "/help", "ANSWER:x", " menu:",
     "answer:" + "x" * 100, "answer:" + "я" * 40, "\x00", "\ud800", "menu\n:"],
)  # fmt: skip
def test_an_id_that_the_desk_never_sent_is_refused_in_plain_words(pressed):
    with pytest.raises(InputRefused, match="Please use the newest buttons or write your question"):
        read_button(pressed)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=80))
def test_any_id_is_read_or_refused(pressed):
    try:
        press = read_button(pressed)
    except InputRefused:
        return
    assert button_id(press.kind, press.argument).removesuffix(":") == pressed.removesuffix(":")


def test_every_kind_stands_for_an_intent_of_the_domain_and_an_entity_it_has(project):
    from ruamel.yaml import YAML

    domain = YAML(typ="safe").load((project / "domain.yml").read_text(encoding="utf-8"))
    for intent, entity in KINDS.values():
        if intent:  # without one the front desk itself answers
            assert intent in domain["intents"]
            assert not entity or entity in domain["entities"]


def test_every_answer_topic_city_and_language_of_the_project_fits_a_button(content, phrases):
    for kind, ids in (
        ("answer", content.answers),
        ("topic", content.topics),
        ("city", content.cities),
        ("language", phrases.languages),
    ):
        for each in ids:
            assert read_button(button_id(kind, each)).argument == each
