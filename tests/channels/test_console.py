"""The console: a person types, the desk writes lines, and numbers press buttons."""

import asyncio

import pytest

from bot.channels.console import converse, print_turn
from bot.dialogue.messages import Turn
from tests.channels.web.stand_in_desk import EMERGENCY, ROOM, BrokenDesk, StandInDesk


def typing(desk, *typed: str, language: str | None = None) -> list[str]:
    """The lines that the desk wrote while a person typed that, and then closed the input."""
    lines, rest = [], list(typed)

    def read() -> str:
        if not rest:
            raise EOFError
        return rest.pop(0)

    asyncio.run(converse(desk, read, lines.append, language))
    assert rest == []
    return lines


def test_the_first_thing_on_the_screen_is_the_language_picker_with_numbers():
    lines = typing(StandInDesk())
    assert "Choose your language:" in lines
    assert [line for line in lines if line.startswith(("  [1]", "  [2]"))] == ["  [1] English", "  [2] العربية"]


def test_a_number_presses_the_button_of_that_number():
    desk = StandInDesk()
    lines = typing(desk, "2", "غرفة")
    assert [(incoming.button, incoming.text) for incoming in desk.heard] == [("language:ar", ""), (None, "غرفة")]
    assert "كيف أستأجر غرفة؟" in lines


def test_a_number_in_arabic_digits_presses_too():
    desk = StandInDesk()
    typing(desk, "٢")
    assert desk.heard[0].button == "language:ar"


def test_a_number_without_a_button_is_a_message():
    desk = StandInDesk()
    typing(desk, "99", "0")
    assert [(incoming.button, incoming.text) for incoming in desk.heard] == [(None, "99"), (None, "0")]


def test_numbers_mean_the_newest_buttons():
    desk = StandInDesk()
    typing(desk, "I need a room", "2")
    assert desk.heard[-1].button == "person:"


def test_numbers_run_on_over_all_replies_of_a_turn():
    lines: list[str] = []
    buttons = print_turn(Turn((ROOM, EMERGENCY)), lines.append)
    assert [button.id for button in buttons] == ["menu:", "person:", "person:"]
    assert lines[-1] == "  [3] Talk to a person"


def test_an_emergency_stands_out_and_shows_its_number():
    lines = typing(StandInDesk(), "he does not breathe")
    assert any(set(line) == {"!"} for line in lines)
    assert any("999" in line for line in lines)


def test_a_card_is_shown_with_its_facts_and_its_warning():
    text = "\n".join(typing(StandInDesk(), "I need a room"))
    for part in ("Example Advice Centre", "0808 157 0001", "Not checked yet.", "Source: www.example.org"):
        assert part in text


def test_the_end_of_the_input_ends_the_talk_and_all_is_forgotten():
    desk = StandInDesk()
    typing(desk, "I need a room")
    assert desk.forgotten == [desk.heard[0].conversation]


def test_two_empty_lines_end_the_talk_and_one_does_not():
    desk = StandInDesk()
    typing(desk, "", "I need a room", "", " ")
    assert [incoming.text for incoming in desk.heard] == ["I need a room"]
    assert len(desk.forgotten) == 1


def test_each_talk_is_a_conversation_of_its_own():
    desk = StandInDesk()
    for _ in range(2):
        typing(desk, "I need a room")
    assert len({incoming.conversation for incoming in desk.heard}) == 2


def test_the_language_of_the_command_line_is_the_language_of_the_welcome():
    desk = StandInDesk()
    typing(desk, "room", language="ar")
    assert desk.heard[0].channel == "console"
    assert "كيف أستأجر غرفة؟" in typing(StandInDesk(), "room", language="ar")


def test_a_conversation_that_breaks_off_is_forgotten_too():
    desk = BrokenDesk()
    with pytest.raises(RuntimeError):
        typing(desk, "room")
    assert len(desk.forgotten) == 1
