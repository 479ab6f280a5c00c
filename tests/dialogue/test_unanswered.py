"""Which questions are kept for volunteers, how the person is told, and that they can take them back. The database is real."""

import asyncio
import logging

import pytest
from sqlalchemy import text as sql

from bot.content.unanswered import KEPT
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming, Reply, Turn

FISHING = "where can i get a fishing licence"
ROOM = "housing/rent_room"
TOLD = "I will keep your question, so that people can add an answer. I take out the names and numbers I find."


class FishingEngine:
    """Does not know of fishing, answers "room", and reads a few other words as their names say."""

    RANKINGS = {
        "fishing": ("out_of_scope", (("out_of_scope", 0.4), (ROOM, 0.2), ("housing/rights", 0.1))),
        "football": ("out_of_scope", (("out_of_scope", 0.9), (ROOM, 0.05))),
        "boat": ("nlu_fallback", ((ROOM, 0.02), ("out_of_scope", 0.01))),
        "chances": ("personal_advice", (("personal_advice", 0.8), (ROOM, 0.1))),
        "perhaps my own case": ("out_of_scope", (("out_of_scope", 0.4), ("personal_advice", 0.3))),
        "room": ("housing", ((ROOM, 0.9),)),
        "not that": ("not_what_i_meant", (("not_what_i_meant", 0.9),)),
        "forget": ("forget_me", (("forget_me", 0.9),)),
    }
    ABOUT = {"nlu_fallback": "unknown", "housing": ROOM, "not_what_i_meant": "choices"}

    def __init__(self, danger: float | None = None) -> None:
        self.danger = danger

    async def respond(self, asked: Asked) -> Answered:
        """What the table says; for a press its own intent."""
        known = {name: value for name, value in asked.slots.items() if name in ("language", "city")}  # as Rasa does
        if asked.press:
            about = self.ABOUT.get(asked.press.intent, asked.press.intent)
            return Answered((Reply(about, "Pressed."),), known, asked.press.intent)
        found = next((each for each in self.RANKINGS if each in asked.text), "room")
        intent, ranking = self.RANKINGS[found]
        return Answered((Reply(self.ABOUT.get(intent, intent), "Said."),), known, intent, ranking, self.danger)


@pytest.fixture(scope="module")
def only_desk(module_store, phrases, safety):
    return FrontDesk(module_store, phrases, safety)


@pytest.fixture
def front(only_desk, module_store):
    """A desk that keeps questions; nothing is kept yet."""
    with module_store.engine.begin() as connection:
        connection.execute(sql("DELETE FROM unanswered_question"))
        connection.execute(sql("DELETE FROM conversation"))
    only_desk.engine = FishingEngine()
    only_desk.unanswered.keeping = True
    return only_desk


@pytest.fixture
def send(front):
    """A function that sends texts, or buttons that begin with "press ", and gives the last turn."""

    def send_all(*messages: str, conversation: str = "one") -> Turn:
        async def talk():
            for message in messages:
                pressed = message.removeprefix("press ") if message.startswith("press ") else None
                turn = await front.handle(Incoming(conversation, "" if pressed else message, button=pressed))
            return turn

        return asyncio.run(talk())

    return send_all


@pytest.fixture
def kept(module_store):
    """A function that gives what is kept now."""
    return module_store.questions


def ids(turn: Turn) -> list[str]:
    return [button.id for reply in turn.replies for button in reply.buttons]


def told(turn: Turn) -> bool:
    """Whether the turn ends with telling that the question is kept, and with the button against it."""
    said = [reply.text for reply in turn.replies].count(TOLD)
    assert said == ids(turn).count("do_not_keep:")
    return turn.replies[-1].about == "question_kept" and said == 1


# ---- what is kept


def test_a_question_without_an_answer_is_kept_with_its_nearest_answers_and_the_person_is_told(send, kept):
    turn = send("in coventry " + FISHING)
    assert told(turn) and turn.outcome == "unknown"
    (question,) = kept()
    assert (question.text, question.language, question.reason, question.city) == (
        "in coventry " + FISHING,
        "en",
        "out_of_scope",
        "coventry",
    )
    assert question.nearest[0] == (ROOM, 0.2) and all("/" in answer for answer, _ in question.nearest)


def test_a_question_for_which_nothing_was_offered_is_kept_as_unknown(send, kept):
    assert told(send("where can i buy a boat"))
    assert [question.reason for question in kept()] == ["unknown"]


def test_names_numbers_and_addresses_are_not_kept(send, module_store, kept):
    send("my name is Zorbek Quillon, 12 Foleshill Road, 07700 900123, z.q@example.org " + FISHING)
    assert kept()[0].text == "my name is [name], [address], [number], [e-mail] " + FISHING
    with module_store.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())
    assert not any(part in dump for part in ("Zorbek", "Quillon", "900123", "z.q@"))


def test_the_language_is_that_of_the_message(send, kept):
    send("де я можу отримати дозвіл ловити рибу fishing")
    assert kept()[0].language == "uk"


def test_many_people_with_the_same_question_are_counted(send, kept):
    for person in ("one", "two", "three"):
        assert told(send(FISHING, conversation=person))
    assert [question.times for question in kept()] == [3]


def test_a_person_who_asks_twice_counts_once(send, kept):
    send(FISHING, FISHING)
    assert [question.times for question in kept()] == [1]


@pytest.mark.parametrize(
    "message",
    [
        "i need a room",  # answered
        "where is football on tv tonight",  # surely no matter of the desk
        "what are my chances at the tribunal",  # advice on one's own case
        "is this perhaps my own case or not",
        "my baby is choking and cannot breathe, fishing",  # an emergency
        "there is no hope, where is fishing",  # worry
        "fishing",  # says too little
        "Zorbek Quillon fishing",
        FISHING + " and tell me" * 30,  # a long story
    ],
)
def test_what_no_volunteer_should_read_is_not_kept(send, kept, message):
    assert not told(send(message))
    assert kept() == []


def test_nothing_is_kept_of_a_message_that_may_tell_of_danger_by_its_meaning(send, front, kept):
    front.engine = FishingEngine(danger=0.25)
    assert not told(send(FISHING))
    assert kept() == []


def test_nothing_is_kept_while_no_assistant_reads_the_messages(send, front, kept):
    front.engine = None
    assert not told(send(FISHING))
    assert kept() == []


def test_nothing_is_kept_where_it_is_switched_off(send, front, kept):
    front.unanswered.keeping = False
    assert not told(send(FISHING, "i need a room", "press not_this:"))
    assert kept() == []


# ---- "Not what I meant"


@pytest.mark.parametrize("wish", ["press not_this:", "not that at all"])
def test_a_question_that_was_misunderstood_is_kept_once_the_person_says_so(send, kept, wish):
    assert not told(send("i need a room for my goat"))
    assert kept() == []
    assert told(send("i need a room for my goat", wish))
    (question,) = kept()
    assert (question.text, question.reason) == ("i need a room for my goat", "not_what_i_meant")
    assert question.nearest == ((ROOM, 0.9),)


def test_what_was_misunderstood_is_kept_once_however_often_it_is_said(send, kept):
    assert not told(send("i need a room for my goat", "press not_this:", "press not_this:"))
    assert [question.times for question in kept()] == [1]


@pytest.mark.parametrize(
    "between", ["press menu:", "press topic:housing", "my baby is choking and cannot breathe", "ok thanks"]
)
def test_a_question_that_the_person_left_is_no_longer_held(send, kept, between):
    send("i need a room for my goat", between, "press not_this:")
    assert kept() == []


def test_more_places_and_a_city_do_not_leave_the_question(send, kept):
    assert told(send("i need a room for my goat", "press more:", "press city:coventry", "press not_this:"))


def test_what_is_held_in_memory_is_redacted_and_goes_by_the_clock(own_store, phrases, safety):
    desk = FrontDesk(own_store, phrases, safety, FishingEngine())
    assert desk.unanswered.hold_seconds == 600
    desk.unanswered.keeping, desk.unanswered.hold_seconds = True, 0.3

    async def talk() -> tuple[str, str, Turn]:
        await desk.handle(Incoming("one", "my name is Zorbek, i need a room for a goat"))
        at_once = str(desk.unanswered.__dict__)
        await asyncio.sleep(0.5)
        return at_once, str(desk.unanswered.__dict__), await desk.handle(Incoming("one", button="not_this:"))

    at_once, later, turn = asyncio.run(talk())
    assert "[name], i need a room for a goat" in at_once and "Zorbek" not in at_once
    assert "goat" not in later
    assert not told(turn) and own_store.questions() == []


# ---- taking back


def test_a_person_can_object_and_the_question_is_deleted_and_none_is_kept_again(send, kept, module_store):
    turn = send(FISHING, "press do_not_keep:")
    assert turn.replies[0].text == "I do not keep your question. I will not keep others from you."
    assert kept() == []
    assert not told(send(FISHING, "i need a room for my goat", "press not_this:"))
    assert kept() == []
    assert module_store.read_conversation("one").slots.get("keep_questions") is False


def test_objecting_twice_says_the_same(send):
    turn = send(FISHING, "press do_not_keep:", "press do_not_keep:")
    assert turn.replies[0].text == "I do not keep your question. I will not keep others from you."


def test_what_others_asked_too_stays_when_one_objects(send, kept):
    send(FISHING, conversation="two")
    send(FISHING, "press do_not_keep:")
    assert [question.times for question in kept()] == [1]


def test_objecting_without_a_memory_of_the_question_does_not_claim_that_it_is_deleted(send, kept, module_store):
    send(FISHING)
    with module_store.engine.begin() as connection:
        connection.execute(sql("DELETE FROM conversation"))
    turn = send("press do_not_keep:")
    assert "I no longer know which question was yours" in turn.replies[0].text
    assert len(kept()) == 1


@pytest.mark.parametrize("wish", ["press forget:", "please forget me"])
def test_being_forgotten_takes_back_what_was_kept(send, kept, wish):
    send(FISHING, "where can i buy a boat")
    assert len(kept()) == 2
    send("i need a room", wish)
    assert kept() == []


def test_ids_of_kept_questions_outlive_other_messages_and_presses(send, module_store):
    send(FISHING, "i need a room", "press menu:", "press city:coventry")
    assert len(module_store.read_conversation("one").slots[KEPT]) == 1


def test_another_person_cannot_take_back_what_is_not_theirs(send, kept):
    send(FISHING)
    send("press do_not_keep:", conversation="two")
    assert len(kept()) == 1


# ---- when things break


def test_where_the_question_cannot_be_stored_the_answer_comes_and_nothing_is_claimed(own_store, phrases, safety):
    desk = FrontDesk(own_store, phrases, safety, FishingEngine())
    desk.unanswered.keeping = True
    with own_store.engine.begin() as connection:
        connection.execute(sql("DROP TABLE unanswered_question"))
    turn = asyncio.run(desk.handle(Incoming("one", FISHING)))
    assert turn.outcome == "unknown" and not told(turn)


def test_where_the_conversation_cannot_be_stored_no_question_is_kept(own_store, phrases, safety):
    desk = FrontDesk(own_store, phrases, safety, FishingEngine())
    desk.unanswered.keeping = True
    with own_store.engine.begin() as connection:
        connection.execute(sql("DROP TABLE conversation"))
    turn = asyncio.run(desk.handle(Incoming("one", FISHING)))
    assert turn.replies and not told(turn)
    assert own_store.questions() == []


def test_a_question_that_a_busy_database_stores_too_late_is_taken_back(own_store, phrases, safety, tmp_path):
    import sqlite3
    from contextlib import closing

    desk = FrontDesk(own_store, phrases, safety, FishingEngine())
    desk.unanswered.keeping = True

    async def talk() -> Turn:
        with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            turn = await desk.handle(Incoming("one", FISHING))
            writer.execute("ROLLBACK")
        while desk.unanswered._late:
            await asyncio.sleep(0.02)
        return turn

    turn = asyncio.run(talk())
    assert turn.replies and not told(turn)
    assert own_store.questions() == []


def test_no_word_of_a_kept_question_is_in_the_log(send, front, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    send("my name is Zorbek, " + FISHING, "i need a room for zanzibarquince", "press not_this:", "press do_not_keep:")
    screen = capfd.readouterr()
    said = screen.out + screen.err + "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert not any(word in said.casefold() for word in ("zorbek", "fishing", "zanzibarquince"))
