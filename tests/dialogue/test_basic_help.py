"""Basic help: in a language that the desk understands too little nobody gets an answer outright, and nobody a dead end."""

import asyncio
import logging

import pytest
from small_engines import ROOM, RoomEngine

from bot.dialogue.basic_help import basic_languages, check_help, read_help
from bot.dialogue.buttons import button_id
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming, Reply, Turn
from bot.errors import ContentError

HEADER = "language,messages,top1,top3,topic,emergencies,emergency_recall,help\n"
LITTLE = "I understand only a little {language} so far."
UKRAINIAN = "де мені знайти кімнату"
RANKING = (
    (ROOM, 0.9),
    ("personal_advice", 0.5),
    ("housing/council_help", 0.03),
    ("housing/council_house_list", 0.02),
    ("housing/no_place_tonight", 0.01),
)


class ReadingEngine(RoomEngine):
    """Reads every text as the question for a room, or as the wish that stands in `intent`."""

    intent = "housing"
    about = ROOM

    async def respond(self, asked: Asked) -> Answered:
        """A room, with what else it may be."""
        if asked.press:
            return await super().respond(asked)
        self.heard.append(asked)
        reply = Reply(self.about, text="A room.", language=asked.slots["language"], urgent="emergency" in self.about)
        return Answered((reply,), {**asked.slots, "answer": ROOM, "shown": 3}, self.intent, RANKING)


@pytest.fixture
def engine():
    return ReadingEngine()


@pytest.fixture
def desk(own_store, phrases, safety, engine) -> FrontDesk:
    """A desk that understands Ukrainian too little."""
    front = FrontDesk(own_store, phrases, safety, engine)
    front.basic_help.languages = frozenset({"uk"})
    return front


def say(desk: FrontDesk, text: str = "", **parts) -> Turn:
    return asyncio.run(desk.handle(Incoming("one", text, **parts)))


def ids(turn: Turn) -> list[str]:
    return [button.id for reply in turn.replies for button in reply.buttons]


def test_a_question_gets_an_honest_note_with_three_questions_the_topics_and_the_number_to_call(desk, phrases):
    turn = say(desk, UKRAINIAN)
    assert turn.outcome == "choices"
    assert turn.replies[0].text.startswith(phrases.say("uk", LITTLE, language=phrases.languages["uk"].name))
    assert ids(turn)[:3] == [button_id("answer", key) for key, _ in RANKING if "/" in key][:3]
    assert {"topic:health", "person:"} <= set(ids(turn))
    assert "999" in turn.replies[0].points[0]
    assert all(reply.about != ROOM for reply in turn.replies)


def test_how_the_message_was_understood_is_still_told(desk):
    assert say(desk, UKRAINIAN).ranking == RANKING


def test_an_answer_that_nobody_saw_is_not_remembered(desk, own_store):
    say(desk, UKRAINIAN)
    slots = own_store.read_conversation("one").slots
    assert "answer" not in slots and "shown" not in slots
    assert slots["candidates"] == ["housing/no_place_tonight"]


def test_a_message_in_a_language_that_is_well_understood_is_answered_also_in_such_a_conversation(desk):
    say(desk, button="language:uk")
    assert say(desk, "where can i find a room to rent").outcome == "answer"


def test_a_short_message_of_no_language_in_such_a_conversation_is_not_answered_outright(desk):
    say(desk, button="language:uk")
    assert say(desk, "12").outcome == "choices"


def test_the_wish_for_an_answer_in_such_a_language_does_not_make_the_question_less_understood(desk):
    assert say(desk, "where can i find a room to rent", language="uk").outcome == "answer"


def test_a_button_shows_its_answer_as_in_any_language(desk, content):
    say(desk, button="language:uk")
    desk.engine = None
    turn = say(desk, button=button_id("answer", ROOM))
    assert turn.outcome == "answer" and turn.replies[0].about == ROOM


def test_the_words_of_an_emergency_get_its_text(desk):
    say(desk, button="language:uk")
    turn = say(desk, "ambulance")
    assert turn.outcome == "emergency" and turn.replies[0].urgent


def test_an_emergency_found_by_meaning_gets_its_text(desk, engine):
    engine.about, engine.intent = "emergency/medical", "emergency"
    assert say(desk, UKRAINIAN).outcome == "emergency"


@pytest.mark.parametrize("intent", ["greet", "thanks", "talk_to_human", "change_language", "forget_me", "help"])
def test_wishes_about_the_talk_itself_are_met_as_always(desk, engine, intent):
    engine.about = engine.intent = intent
    assert [reply.about for reply in say(desk, UKRAINIAN).replies] == [intent]


@pytest.mark.parametrize("intent", ["out_of_scope", "personal_advice", "nlu_fallback"])
def test_nothing_else_is_said_as_if_the_message_had_been_understood(desk, engine, intent):
    engine.about = engine.intent = intent
    assert say(desk, UKRAINIAN).outcome == "choices"


def test_where_no_model_reads_messages_the_menu_says_so_itself(desk, phrases):
    desk.engine = None
    turn = say(desk, UKRAINIAN)
    note = phrases.say("uk", "I cannot read questions right now. The buttons work, and these people can help.")
    assert turn.replies[0].text == note


def test_where_nothing_is_near_there_are_topics_and_people(desk, engine, phrases):
    class Lost(ReadingEngine):
        async def respond(self, asked: Asked) -> Answered:
            return Answered((Reply("out_of_scope"),), asked.slots, "out_of_scope", (("out_of_scope", 0.9),))

    desk.engine = Lost()
    turn = say(desk, UKRAINIAN)
    assert turn.outcome == "unknown" and "topic:health" in ids(turn)
    assert any(reply.cards for reply in turn.replies)


# ---- the file


def test_languages_called_basic_and_those_not_named_get_basic_help(tmp_path):
    (tmp_path / "languages.csv").write_text(
        HEADER + "en,384,0.9,0.95,0.9,156,0.98,full\nku,14,0.5,0.6,0.6,39,0.6,basic\n", encoding="utf-8"
    )
    assert basic_languages(tmp_path / "languages.csv", ["en", "ku", "so"]) == {"ku", "so"}
    assert set(read_help(tmp_path / "languages.csv")) == {"en", "ku"}


@pytest.mark.parametrize("text", [None, "language,help\nen,full\n", HEADER + "en,1,,,,,,perhaps\n", HEADER + "en,1\n"])
def test_a_missing_or_damaged_file_makes_help_basic_everywhere_and_is_told(tmp_path, text, caplog):
    path = tmp_path / "languages.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert basic_languages(path, ["en", "ku"]) == {"en", "ku"}
    assert "nlu/languages.csv" in caplog.text
    with pytest.raises(ContentError, match=r"^nlu/languages\.csv:\d+ " if text else "cannot be read"):
        read_help(path)
    assert list(check_help(path, ["en"]))


def test_a_language_without_a_row_is_a_fault_that_says_what_to_run(tmp_path):
    (tmp_path / "languages.csv").write_text(HEADER + "en,384,0.9,0.95,0.9,156,0.98,full\n", encoding="utf-8")
    (fault,) = check_help(tmp_path / "languages.csv", ["en", "so"])
    assert fault.startswith("nlu/languages.csv:1 language: has no row for so.")
    assert "desk eval --gate" in fault
    assert list(check_help(tmp_path / "languages.csv", ["en"])) == []
