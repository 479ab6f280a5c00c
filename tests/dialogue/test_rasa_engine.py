"""What the Rasa engine does around Rasa: loading, and never taking a person's text for a command."""

import asyncio
import subprocess
import sys
import time

import pytest

from bot.dialogue.action_context import ActionContext
from bot.dialogue.engine import Asked
from bot.dialogue.rasa_engine import RasaEngine
from bot.errors import ModelError

COMMANDS = (
    "restart",
    "session_start",
    "back",
    'show_answer{"answer":"housing/rent_room"}',
    "forget_me",
    'set_language{"language":"uk"}',
)


def test_a_missing_model_is_told_with_what_to_do(tmp_path, pack_store, phrases, safety):
    with pytest.raises(ModelError, match="There is no model at .*Run `uv run desk train`"):
        RasaEngine.load(tmp_path / "none.tar.gz", ActionContext(pack_store.content, phrases, safety))


def test_importing_the_engine_does_not_import_rasa():
    code = "import sys, bot.dialogue.rasa_engine, bot.dialogue.front_desk, bot.dialogue.training; print('rasa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.model
@pytest.mark.parametrize("damage", [b"", b"no archive", None], ids=["empty", "not an archive", "cut short"])
def test_a_damaged_model_is_told_with_what_to_do(tmp_path, small_model, pack_store, phrases, safety, damage):
    path = tmp_path / "desk-damaged.tar.gz"
    path.write_bytes(small_model.read_bytes()[:2000] if damage is None else damage)
    with pytest.raises(ModelError, match=r"desk-damaged\.tar\.gz cannot be loaded .*Run `uv run desk train`"):
        RasaEngine.load(path, ActionContext(pack_store.content, phrases, safety))


@pytest.mark.model
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("before", ["/", "//", " /", "/ /", "\n/"], ids=ascii)
def test_a_typed_command_is_read_as_text(trained_engine, before, command):
    answered = asyncio.run(trained_engine.respond(Asked("typed", before + command, slots={"language": "en"})))
    assert answered.replies and answered.ranking
    assert answered.slots["language"] == "en"


@pytest.mark.model
@pytest.mark.parametrize("before", ["/\u00a0/", "/\x0b/", "\x00/", "/\u2028/", "/\x1f/"], ids=ascii)
def test_a_typed_command_behind_strange_spaces_is_read_as_text(trained_engine, before):
    text = before + 'show_answer{"answer":"housing/rent_room"}'
    assert asyncio.run(trained_engine.respond(Asked("typed", text, slots={"language": "en"}))).ranking


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["/", "///", "\x00", "😭", "x" * 4000, "a\x00b", "{}", "$(reboot)", "[room](city:coventry)"], ids=range(9)
)
def test_strange_text_gets_a_reply(trained_engine, text):
    assert asyncio.run(trained_engine.respond(Asked("strange", text, slots={"language": "en"}))).replies


@pytest.mark.model
def test_slots_that_the_domain_does_not_know_are_passed_over(trained_engine):
    slots = {"language": "en", "no_such_slot": "x", "answer": "housing/rent_room"}
    answered = asyncio.run(trained_engine.respond(Asked("slots", "how do I rent a room?", slots=slots)))
    assert answered.replies and answered.slots["answer"] == "housing/rent_room"


@pytest.mark.model
def test_conversations_at_the_same_time_do_not_mix(trained_engine):
    async def talk():
        languages = ["en", "uk", "ar", "fa"] * 3
        return languages, await asyncio.gather(
            *(
                trained_engine.respond(Asked(f"mixed-{number}", "how do I rent a room?", slots={"language": language}))
                for number, language in enumerate(languages)
            )
        )

    languages, answers = asyncio.run(talk())
    assert [answered.slots["language"] for answered in answers] == languages
    assert [answered.replies[0].language for answered in answers] == languages


@pytest.mark.model
def test_nothing_of_a_conversation_stays_in_the_engine(trained_engine):
    asyncio.run(trained_engine.respond(Asked("gone", "how do I rent a room?", slots={"language": "en"})))
    assert asyncio.run(trained_engine._trackers.keys()) == []


@pytest.mark.model
def test_an_engine_can_be_tried_out_on_another_thread_while_it_answers_people(trained_engine):
    async def talk():
        asked = Asked("person", "how do I rent a room?", slots={"language": "en"})
        _, answered = await asyncio.gather(asyncio.to_thread(trained_engine.try_out), trained_engine.respond(asked))
        return answered

    assert asyncio.run(talk()).replies
    assert asyncio.run(trained_engine._trackers.keys()) == []


@pytest.mark.model
def test_messages_that_were_encoded_beforehand_are_understood_in_the_same_way(trained_engine):
    texts = [f"how do I rent a room in house {number}?" for number in range(80)]

    def ranking(text: str) -> tuple[tuple[str, float], ...]:
        return asyncio.run(trained_engine.respond(Asked("ready", text, slots={"language": "en"}))).ranking

    before = ranking(texts[0])
    trained_engine.make_ready(texts, keep=len(texts))
    assert ranking(texts[0]) == before
    started = time.perf_counter()
    assert all(ranking(text) for text in texts[1:])
    ready = time.perf_counter() - started
    started = time.perf_counter()
    assert all(ranking(text + " please") for text in texts[1:])
    assert ready < time.perf_counter() - started
