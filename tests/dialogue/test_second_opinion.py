"""What the front desk does where the words of a message tell of danger, and the engine holds danger for unlikely."""

import asyncio

import pytest
from small_engines import RoomEngine

from bot.content.safety_texts import SafetyGroup, SafetyNumber, SafetyTexts, SoftText
from bot.dialogue.alarms import CHANCE_BELOW, DOUBT_BELOW, DOUBT_BELOW_IN
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming, Turn

POLISH = "moja żona pyta dlaczego nie mogę otworzyć konta w banku"
POLISH_ATTACK = "moja żona ma atak serca i nie może oddychać, proszę pomóżcie nam"
ENGLISH = "my wife asks why the choking hazard is written on the toy"


class DoubtingEngine(RoomEngine):
    """Understands what the room engine does, and gives each text the same danger."""

    def __init__(self, danger: float) -> None:
        """An engine that holds danger for as likely as this, from 0 to 1."""
        super().__init__()
        self.danger = danger

    async def respond(self, asked: Asked) -> Answered:
        """The room engine's answer, with the danger."""
        answered = await super().respond(asked)
        return Answered(answered.replies, answered.slots, answered.intent, answered.ranking, self.danger)


@pytest.fixture
def answer(module_store, phrases):
    """A function that has a text answered by a desk with few triggers, whose engine gives it that danger."""
    group = SafetyGroup(
        "emergency/medical",
        ("Call 999.",),
        (SafetyNumber("999", "Ambulance"),),
        triggers={"en": ("choking",), "pl": ("atak serca",), "tr": ("banku",)},
    )
    soft = SoftText("Are you safe?", ("I am safe", "I am not safe", "A person"), triggers={"en": ("so tired",)})
    safety = SafetyTexts((group,), soft)

    def turn(text: str, danger: float) -> Turn:
        module_store.forget_conversation("doubts")
        desk = FrontDesk(module_store, phrases, safety, DoubtingEngine(danger))
        return asyncio.run(desk.handle(Incoming("doubts", text=text)))

    return turn


@pytest.mark.parametrize(("text", "doubt"), [(ENGLISH, DOUBT_BELOW_IN["en"]), (POLISH_ATTACK, DOUBT_BELOW)])
def test_words_of_the_message_s_own_language_alarm_unless_danger_is_next_to_impossible(answer, text, doubt):
    assert answer(text, doubt).outcome == "emergency"
    assert answer(text, doubt - 0.01).outcome != "emergency"


def test_where_only_the_words_of_another_language_match_less_doubt_is_enough(answer):
    assert answer(POLISH, CHANCE_BELOW).outcome == "emergency"
    turn = answer(POLISH, CHANCE_BELOW - 0.01)
    assert turn.outcome != "emergency"
    assert turn.replies[0].text == "Are you safe?"


def test_words_of_worry_ask_whether_the_person_is_safe_without_an_alarm(answer):
    turn = answer("i am so tired, where is a room", 0.0)
    assert turn.outcome == "answer"
    assert [reply.text for reply in turn.replies] == ["Are you safe?", "A room."]
    assert len(answer("where is a room", 0.0).replies) == 1


class BrokenEngine:
    """An engine that fails in a way nobody foresaw, or that has nothing to say."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    async def respond(self, asked):
        if self._error:
            raise self._error
        return Answered((), {}, danger=0.0)


@pytest.mark.parametrize("error", [RuntimeError("broken"), None], ids=["it fails", "it says nothing"])
def test_an_alarm_survives_whatever_happens_to_the_second_opinion(module_store, phrases, safety, error):
    desk = FrontDesk(module_store, phrases, safety, BrokenEngine(error))
    turn = asyncio.run(desk.handle(Incoming("broken", text="he has a knife and wants to kill me")))
    assert turn.outcome == "emergency"
