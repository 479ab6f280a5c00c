"""What happens to every message before and after the engine: safety, language, memory, limits, order, privacy."""

import asyncio
import logging
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_engines import (
    ROOM,
    BrokenEngine,
    CountingEngine,
    HangingEngine,
    RoomEngine,
    SilentEngine,
    SwitchingEngine,
)

from bot.content.store import Store
from bot.dialogue.buttons import button_id
from bot.dialogue.front_desk import MAX_TEXT, FrontDesk
from bot.dialogue.messages import Incoming, Turn

CHOKING = "my baby is choking and cannot breathe"
UKRAINIAN_ROOM = "де мені знайти кімнату, room"


@pytest.fixture
def engine():
    return RoomEngine()


@pytest.fixture(scope="module")
def only_desk(module_store, phrases, safety):
    """One desk for all these tests, because making one takes a fifth of a second; each puts its own engine behind it."""
    return FrontDesk(module_store, phrases, safety)


@pytest.fixture
def front(only_desk, module_store, engine):
    """The front desk with the small engine and no conversation."""
    for conversation in ("one", "two", "any"):
        module_store.forget_conversation(conversation)
    only_desk.engine = engine
    return only_desk


@pytest.fixture
def send(front):
    """A function that sends texts or buttons to the desk one after the other and gives the last turn."""

    def send_all(*messages: str, conversation: str = "one", hint: str | None = None) -> Turn:
        async def talk():
            for message in messages:
                is_button = message.partition(":")[0] in ("menu", "language", "city", "answer", "forget", "person")
                parts = {"button": message} if is_button else {"text": message}
                turn = await front.handle(Incoming(conversation, language_hint=hint, **parts))
            return turn

        return asyncio.run(talk())

    return send_all


def handle(desk: FrontDesk, text: str = "", conversation: str = "one", **parts) -> Turn:
    return asyncio.run(desk.handle(Incoming(conversation, text, **parts)))


def ids(turn: Turn) -> list[str]:
    return [button.id for reply in turn.replies for button in reply.buttons]


# ---- safety first


ENGINES = [
    pytest.param(None, id="is not there"),
    pytest.param(BrokenEngine(), id="fails"),
    pytest.param(SilentEngine(), id="says nothing"),
    pytest.param(HangingEngine(), id="never ends"),
    pytest.param(RoomEngine(), id="works"),
]


@pytest.mark.parametrize("behind", ENGINES)
def test_an_emergency_gets_its_fixed_text_whatever_the_engine_does(front, safety, behind):
    front.engine = behind
    started = time.monotonic()
    turn = handle(front, CHOKING)
    assert time.monotonic() - started < 2
    assert turn.outcome == "emergency" and turn.replies[0].urgent
    assert turn.replies[0].about == turn.ranking[0][0] == "emergency/medical"
    assert turn.replies[0].points == safety.groups[0].text
    assert "999" in [fact.value for card in turn.replies[0].cards for fact in card.facts]


def test_a_false_alarm_is_no_dead_end_and_offers_what_else_the_message_may_ask(send):
    turn = send("ambulance, and i need a room")
    assert turn.outcome == "emergency" and f"answer:{ROOM}" in ids(turn)


def test_what_the_engine_says_to_an_emergency_is_neither_shown_nor_remembered(send, module_store):
    turn = send("ambulance, and i need a room")
    assert all(reply.urgent for reply in turn.replies)
    assert module_store.read_conversation("one").slots == {}


@pytest.fixture(scope="module")
def no_database(tmp_path_factory, phrases, safety):
    """A front desk whose database has no tables."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'desk.db'}") as store:
        yield FrontDesk(store, phrases, safety, RoomEngine())


def test_an_emergency_is_answered_without_a_database(no_database):
    turn = handle(no_database, CHOKING)
    assert turn.outcome == "emergency" and turn.replies[0].points and ids(turn) == ["person:"]


@pytest.mark.parametrize("parts", [{"text": "i need a room"}, {"button": "menu:"}, {"button": "person:"}], ids=str)
def test_without_a_database_a_person_still_gets_a_reply(no_database, parts):
    assert handle(no_database, **parts).replies


def test_without_a_database_a_person_is_still_welcomed(no_database):
    assert asyncio.run(no_database.welcome("one")).replies


def test_when_the_database_goes_away_the_last_known_content_is_still_shown(own_store, phrases, safety, content):
    desk = FrontDesk(own_store, phrases, safety)
    handle(desk, button="menu:")
    own_store.close()
    turn = handle(desk, button=button_id("answer", ROOM))
    assert turn.replies[0].heading == content.answers[ROOM].question


def test_an_emergency_in_a_message_that_is_too_long_is_not_refused(send):
    assert send("so many words. " * 1000 + CHOKING).outcome == "emergency"


def test_an_emergency_is_answered_in_the_language_of_the_conversation_where_the_message_tells_none(
    send, safety, phrases
):
    turn = send("language:uk", "ambulance")
    wanted = [phrases.find("safety", "uk", line).text for line in safety.groups[0].text]
    assert turn.outcome == "emergency" and list(turn.replies[0].points) == wanted
    assert turn.replies[0].language == "uk"


def test_the_conversation_goes_on_after_an_emergency(send):
    assert send(CHOKING, "i need a room").replies[0].about == ROOM


def test_a_worried_message_gets_a_kind_question_before_its_answer(send):
    turn = send("there is no hope, i need a room")
    assert [reply.about for reply in turn.replies] == ["soft", ROOM]


# ---- language


def test_the_answer_is_in_the_language_of_the_message(send, engine):
    turn = send(UKRAINIAN_ROOM)
    assert (turn.language, turn.replies[0].language) == ("uk", "uk")
    assert engine.heard[0].slots["language"] == "uk"


@pytest.mark.parametrize("text", ["ok", "OK!", "12", "07700 900123", "👍", "Coventry", "?", "B1 1AA"])
def test_what_everybody_types_never_switches_the_language(send, engine, text):
    turn = send("language:uk", text)
    assert engine.heard[-1].slots["language"] == "uk"
    assert "language:en" not in ids(turn)


def test_a_message_in_another_language_is_answered_in_it_with_a_way_back(send, engine):
    turn = send("language:uk", "where can i find a room to rent")
    assert engine.heard[-1].slots["language"] == turn.replies[0].language == "en"
    assert ids(turn)[-2:] == ["language:en", "language:uk"]
    assert "You wrote in English, so I answer in it." in turn.replies[-1].notes


def test_one_message_in_another_language_does_not_move_the_conversation(send, engine, module_store):
    send("language:uk", "where can i find a room to rent", "12")
    assert module_store.read_conversation("one").language == "uk"
    assert engine.heard[-1].slots["language"] == "uk"


def test_no_way_back_is_offered_where_nothing_was_left(send):
    assert not any(each.startswith("language:") for each in ids(send("where can i find a room")))
    assert not any(each.startswith("language:") for each in ids(send("where can i find a room")))


def test_a_language_that_was_asked_for_stays(front, module_store):
    desk = front
    desk.engine = SwitchingEngine()
    handle(desk, "where can i find a room")
    turn = handle(desk, "please speak with me in my own language")
    assert module_store.read_conversation("one").language == "uk"
    assert not any(each.startswith("language:") for each in ids(turn))


def test_a_language_that_was_asked_for_in_itself_stays(front, module_store):
    handle(front, button="language:ar")
    front.engine = SwitchingEngine()
    handle(front, "говоріть зі мною українською мовою")
    assert module_store.read_conversation("one").language == "uk"


def test_a_romanised_message_keeps_the_language_of_the_conversation(send, engine):
    send("language:uk", "ana ayez tabib fi room")
    assert engine.heard[-1].slots["language"] == "uk"


def test_a_romanised_message_is_answered_and_offered_its_language_below_the_answer(send):
    turn = send("ana ayez tabib fi room")
    assert turn.replies[0].about == ROOM and turn.replies[0].language == "en"
    assert ids(turn)[-1] == "language:ar"


def test_a_romanised_message_stays_in_its_language_once_that_was_chosen(send, engine):
    turn = send("language:ar", "ana ayez tabib fi room")
    assert engine.heard[-1].slots["language"] == "ar"
    assert not any(each.startswith("language:") for each in ids(turn))


@pytest.mark.parametrize(
    ("hint", "language"), [("ar", "ar"), ("ar-SY", "ar"), ("pl", "en"), (None, "en"), ("", "en"), ("??", "en")]
)
def test_the_clients_language_is_used_only_while_nothing_is_better_known(send, engine, hint, language):
    send("12", hint=hint)
    assert engine.heard[-1].slots["language"] == language
    send(UKRAINIAN_ROOM, hint=hint, conversation="two")
    assert engine.heard[-1].slots["language"] == "uk"


def test_a_language_that_the_desk_does_not_speak_is_told_and_answered_in_the_known_one(send, engine):
    turn = send("language:uk", "jak znaleźć lekarza, nie mam room")
    assert turn.language == "pl" and engine.heard[-1].slots["language"] == "uk"


# ---- what is remembered


def test_city_and_answer_are_remembered_for_the_next_message(send, engine, module_store):
    send("i need a room in coventary", "ok")
    assert engine.heard[-1].slots == {"language": "en", "city": "coventry", "answer": ROOM, "on_screen": [ROOM]}
    state = module_store.read_conversation("one")
    assert (state.language, state.city, state.slots) == ("en", "coventry", {"answer": ROOM, "on_screen": [ROOM]})


def test_conversations_know_nothing_of_each_other(send, engine):
    send("i need a room in coventry")
    send("12", conversation="two")
    assert engine.heard[-1].slots == {"language": "en"}


@pytest.mark.parametrize("wish", ["forget:", "please forget me"])
def test_being_forgotten_removes_all_that_was_kept(send, module_store, wish):
    send("i need a room in coventry")
    assert module_store.read_conversation("one")
    assert send(wish).replies[0].about == "forget_me"
    assert module_store.read_conversation("one") is None


def test_a_channel_can_have_a_conversation_forgotten(send, front, module_store):
    send("i need a room")
    asyncio.run(front.forget("one"))
    asyncio.run(front.forget("never seen"))
    assert module_store.read_conversation("one") is None


def test_the_welcome_starts_anew_and_puts_the_clients_language_first(send, front, module_store, phrases):
    send("i need a room in coventry")
    turn = asyncio.run(front.welcome("one", "ar-EG"))
    assert module_store.read_conversation("one") is None
    assert turn.outcome == "menu" and turn.replies[0].direction == "rtl"
    assert ids(turn)[0] == "language:ar" and set(ids(turn)) == {f"language:{code}" for code in phrases.languages}


def test_where_memory_cannot_be_written_a_person_still_gets_the_answer(own_store, phrases, safety):
    from sqlalchemy import text

    front = FrontDesk(own_store, phrases, safety, RoomEngine())
    with own_store.engine.begin() as connection:
        connection.execute(text("DROP TABLE conversation"))
    assert handle(front, "i need a room").replies[0].about == ROOM


# ---- limits


def is_refusal(turn: Turn) -> bool:
    return [reply.about for reply in turn.replies] == ["refused"] and ids(turn) == ["menu:", "person:"]


def test_a_text_at_the_limit_is_answered_and_one_above_is_refused_kindly(send, engine):
    assert send("room " + "x" * (MAX_TEXT - 5)).replies[0].about == ROOM
    turn = send("room " + "x" * (MAX_TEXT - 4))
    assert is_refusal(turn) and "too long" in turn.replies[0].text
    assert len(engine.heard) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_message_without_text_is_refused_kindly(send, engine, text):
    assert is_refusal(send(text)) and engine.heard == []


@pytest.mark.parametrize(
    "pressed", ["", "restart:", "/restart", "answer:", "answer:no/such", "city:london", "language:xx", "topic:x"]
)
def test_a_button_that_is_not_known_is_refused_kindly_and_reaches_no_engine(front, engine, pressed):
    assert is_refusal(handle(front, button=pressed)) and engine.heard == []


def test_a_refusal_is_in_the_language_of_the_conversation(send, phrases):
    send("language:ar")
    turn = send("   ")
    assert turn.replies[0].language == "ar" and turn.replies[0].direction == "rtl"
    assert turn.replies[0].buttons[0].label == phrases.say("ar", "Topics")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_gets_a_reply(front, text):
    assert handle(front, text, conversation="any").replies


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=70))
def test_any_button_gets_a_reply(front, pressed):
    assert handle(front, button=pressed, conversation="any").replies


def test_half_of_a_surrogate_pair_gets_a_reply(front):
    assert handle(front, "i need a room \ud83d").replies


# ---- the engine and its stand-in


@pytest.mark.parametrize(
    "broken", [BrokenEngine(), SilentEngine(), None], ids=["fails", "says nothing", "is not there"]
)
def test_where_the_engine_gives_nothing_the_menu_and_people_answer(front, broken):
    front.engine = broken
    turn = handle(front, "i need a room")
    assert turn.outcome == "unknown"
    assert turn.replies[0].text == "I cannot read questions right now. The buttons work, and these people can help."
    assert any(each.startswith("topic:") for each in ids(turn)) and turn.replies[1].cards


def test_where_the_engine_fails_the_buttons_still_show_answers(front, content):
    front.engine = BrokenEngine()
    turn = handle(front, button=button_id("answer", ROOM))
    assert turn.outcome == "answer" and turn.replies[0].heading == content.answers[ROOM].question


@pytest.mark.parametrize(
    "text", ["/forget_me", '/show_answer{"answer":"x"}', "/restart", "answer:housing/x", "forget:"]
)
def test_a_text_that_looks_like_a_command_or_a_button_reaches_the_engine_as_text(front, engine, text):
    handle(front, text)
    assert (engine.heard[-1].text, engine.heard[-1].press) == (text, None)


def test_a_pressed_button_reaches_the_engine_as_a_press(send, engine):
    send("city:coventry")
    assert engine.heard[-1].text == "" and engine.heard[-1].press.intent == "set_city"


@pytest.mark.parametrize(
    ("text", "outcome"), [("a room please", "answer"), ("something else", "choices"), ("forget me", "talk")]
)
def test_the_turn_says_what_it_led_to(send, text, outcome):
    assert send(text).outcome == outcome


def test_the_turn_says_how_the_text_was_understood(send):
    assert send("a room").ranking[0] == (ROOM, 0.9)


# ---- order


def test_messages_of_one_conversation_are_handled_one_after_the_other(front):
    desk, engine = front, CountingEngine()
    desk.engine = engine

    async def talk():
        texts = [f"message number {number}" for number in range(8)]
        return texts, await asyncio.gather(*(desk.handle(Incoming("queue", text)) for text in texts))

    texts, turns = asyncio.run(talk())
    assert engine.steps == [(step, "queue", text) for text in texts for step in ("begin", "end")]
    assert [turn.replies[0].text for turn in turns] == [str(number + 1) for number in range(8)]


def test_different_conversations_do_not_wait_for_each_other(front):
    desk, engine = front, CountingEngine()
    desk.engine = engine

    async def talk():
        await asyncio.gather(*(desk.handle(Incoming(f"person {number}", "a message")) for number in range(4)))

    asyncio.run(talk())
    assert [step for step, _, _ in engine.steps] == ["begin"] * 4 + ["end"] * 4


@pytest.mark.slow
def test_order_holds_while_very_many_others_write(front):
    desk, engine = front, CountingEngine()
    desk.engine = engine

    async def talk():
        first = asyncio.gather(*(desk.handle(Incoming("crowd", f"message {number}")) for number in range(3)))
        others = [desk.handle(Incoming(f"person {number}", button="menu:")) for number in range(2000)]
        await asyncio.gather(*others)
        await first
        await desk.handle(Incoming("crowd", "message 3"))

    asyncio.run(talk())
    mine = [(step, text) for step, who, text in engine.steps if who == "crowd"]
    assert mine == [(step, f"message {number}") for number in range(4) for step in ("begin", "end")]


# ---- privacy

CANARY = "zanzibarquokka"


def canaries() -> list[str]:
    return [
        f"{CANARY} i need a room",
        f"{CANARY} {CHOKING}",
        CANARY + " x" * MAX_TEXT,
        f"/{CANARY}",
        f"{CANARY} speak english",
    ]


@pytest.mark.parametrize(
    "broken", [RoomEngine(), BrokenEngine(), SilentEngine()], ids=["works", "fails", "says nothing"]
)
def test_no_word_of_a_message_is_in_the_log_or_in_the_database(front, module_store, caplog, broken):
    desk, folder = front, Path(module_store.engine.url.database).parent
    desk.engine = broken
    with caplog.at_level(logging.DEBUG):
        for text in canaries():
            assert handle(desk, text).replies
        assert handle(desk, button=f"answer:{CANARY}").replies
        assert handle(desk, button=CANARY).replies
    assert [
        record for record in caplog.records if CANARY in record.getMessage() + str(record.args) + str(record.exc_text)
    ] == []
    assert module_store.read_conversation("one") is not None
    written = [path for path in folder.iterdir() if path.name.startswith("desk.db")]
    assert {"desk.db", "desk.db-wal"} <= {path.name for path in written}
    assert [path.name for path in written if CANARY.encode() in path.read_bytes()] == []


@pytest.mark.model
def test_no_word_of_a_message_is_kept_when_the_real_assistant_reads_it(
    front, module_store, caplog, capfd, trained_engine
):
    desk, folder = front, Path(module_store.engine.url.database).parent
    desk.engine = trained_engine
    with caplog.at_level(logging.DEBUG):
        for text in canaries():
            assert handle(desk, text).replies
    out, err = capfd.readouterr()
    assert CANARY not in out + err + caplog.text
    assert [path.name for path in folder.iterdir() if path.is_file() and CANARY.encode() in path.read_bytes()] == []
