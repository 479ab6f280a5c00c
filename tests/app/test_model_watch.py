"""A newly trained model comes in while the desk runs, and nothing else does: real files, and a real desk over HTTP."""

import asyncio
import gc
import logging
import os
import shutil
import signal
import threading
import time
import weakref
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from bot.app.model_watch import ModelWatch
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.training import mark_as_newest, model_state
from bot.errors import ModelError
from tests.app.processes import desk, desk_up

OFTEN = 0.02  # seconds between two looks in these tests


class Engine:
    """An engine that says which model it was made of."""

    def __init__(self, model: Path) -> None:
        """It holds itself in a circle, as Rasa's agent does."""
        self.made_of, self.itself = model.read_bytes(), self

    async def respond(self, asked: Asked) -> Answered:
        """Nothing: no message is asked in these tests."""
        raise NotImplementedError


def load(model: Path) -> Engine:
    """Make an engine of any file but a damaged one."""
    if b"damaged" in model.read_bytes():
        raise ModelError(f"The model {model.name} cannot be loaded (ReadError).")
    return Engine(model)


class Watched:
    """A home with data, a folder of models, the engine in use and what was said."""

    def __init__(self, folder: Path) -> None:
        """Data without a model; the engine in use was made of a model that fitted older data."""
        self.home, self.models = folder / "home", folder / "models"
        (self.home / "nlu").mkdir(parents=True)
        self.models.mkdir()
        (self.home / "domain.yml").write_text('version: "3.1"\n', encoding="utf-8")
        self.edit("one")
        self.old = self.train(b"old")
        self.engine, self.said, self.code, self.loads = Engine(self.old), [], "code", 0

    def edit(self, words: str) -> None:
        """Change an example."""
        (self.home / "nlu" / "examples.yml").write_text(f"# {words}\n", encoding="utf-8")

    def train(self, content: bytes) -> Path:
        """Put a model that fits the present data in place, as a training does at its end."""
        path = model_state(self.home, self.models).path
        made = self.models / ".made"
        made.write_bytes(content)
        os.replace(made, path)
        return path

    def load(self, model: Path) -> Engine:
        """Counts how often a file was loaded."""
        self.loads += 1
        return load(model)

    def put(self, engine: Engine) -> None:
        """Put it in place."""
        self.engine = engine

    def run(self, steps: Callable[[ModelWatch], Awaitable[None]]) -> None:
        """Watch while the steps are done."""

        async def both() -> None:
            watch = ModelWatch(
                self.home, self.models, self.old, self.load, self.put, self.said.append, OFTEN, lambda: self.code
            )
            watching = asyncio.create_task(watch.run())
            await asyncio.sleep(3 * OFTEN)
            try:
                await steps(watch)
                assert not watching.done()
            finally:
                watching.cancel()

        asyncio.run(both())


@pytest.fixture
def watched(tmp_path) -> Watched:
    """A watched folder, with nothing new in it."""
    return Watched(tmp_path)


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so; at most five seconds."""
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(OFTEN)


def test_a_newly_trained_model_is_put_in_place_and_said_to_be(watched):
    async def steps(_watch):
        watched.edit("two")
        model = watched.train(b"new")
        await until(lambda: watched.said)
        assert watched.engine.made_of == b"new"
        assert watched.said == [f"The newly trained {model.name} answers now."]

    watched.run(steps)


def test_without_a_new_model_nothing_is_loaded_and_nothing_said(watched):
    async def steps(_watch):
        watched.edit("two")
        (watched.models / "desk-0123.json").write_text("{}", encoding="utf-8")
        (watched.models / ".training-x").mkdir()
        await asyncio.sleep(10 * OFTEN)

    watched.run(steps)
    assert (watched.loads, watched.said, watched.engine.made_of) == (0, [], b"old")


def test_a_model_trained_anew_on_the_same_data_is_taken(watched):
    async def steps(_watch):
        watched.train(b"trained again")
        await until(lambda: watched.engine.made_of == b"trained again")

    watched.run(steps)


def test_a_model_that_does_not_fit_the_present_data_is_not_taken_and_this_is_said(watched):
    async def steps(_watch):
        watched.edit("two")
        (watched.models / "desk-feed.tar.gz").write_bytes(b"of other data")
        await until(lambda: watched.said)

    watched.run(steps)
    assert watched.loads == 0
    assert watched.said[0].startswith("No model fits the present data: ")


def test_data_that_was_changed_back_brings_its_old_model_back_when_it_is_marked_as_newest(watched):
    async def steps(_watch):
        watched.edit("two")
        watched.train(b"new")
        await until(lambda: watched.engine.made_of == b"new")
        watched.edit("one")
        await asyncio.sleep(5 * OFTEN)
        assert watched.engine.made_of == b"new"
        mark_as_newest(watched.old)
        await until(lambda: watched.engine.made_of == b"old")

    watched.run(steps)


def test_a_damaged_model_is_told_in_the_log_once_and_the_old_one_stays(watched, caplog):
    async def steps(_watch):
        watched.edit("two")
        watched.train(b"damaged")
        await until(lambda: watched.loads)
        await asyncio.sleep(10 * OFTEN)

    with caplog.at_level(logging.ERROR):
        watched.run(steps)
    assert (watched.loads, watched.said, watched.engine.made_of) == (1, [], b"old")
    (told,) = [record.getMessage() for record in caplog.records if record.name == "bot.app.model_watch"]
    assert "cannot be loaded" in told and "goes on with the model it has" in told


def test_after_a_damaged_model_the_next_good_one_is_taken(watched):
    async def steps(_watch):
        watched.edit("two")
        watched.train(b"damaged")
        await until(lambda: watched.loads)
        watched.train(b"mended")
        await until(lambda: watched.engine.made_of == b"mended")

    watched.run(steps)


def test_a_model_of_other_code_waits_for_a_restart(watched):
    async def steps(_watch):
        watched.code = "other code"
        watched.edit("two")
        watched.train(b"new")
        await until(lambda: watched.said)

    watched.run(steps)
    assert watched.loads == 0
    assert "Restart the desk" in watched.said[0]


def test_missing_data_is_told_in_the_log_once_and_the_watch_goes_on(watched, caplog):
    async def steps(_watch):
        domain = (watched.home / "domain.yml").rename(watched.home / "away")
        watched.models.joinpath("desk-feed.tar.gz").write_bytes(b"new")
        await until(lambda: caplog.records)
        await asyncio.sleep(5 * OFTEN)
        assert len(caplog.records) == 1
        domain.rename(watched.home / "domain.yml")
        watched.train(b"new")
        await until(lambda: watched.engine.made_of == b"new")

    with caplog.at_level(logging.ERROR):
        watched.run(steps)
    assert "domain.yml is missing" in caplog.records[0].getMessage()


def test_who_asks_for_a_look_is_told_what_was_found(watched):
    async def steps(watch):
        watch.check_now()
        await until(lambda: watched.said)
        watched.edit("two")
        watch.check_now()
        await until(lambda: len(watched.said) == 2)

    watched.run(steps)
    assert "is in use already" in watched.said[0]
    assert "Run `uv run desk train`" in watched.said[1]


def test_the_old_engine_is_let_go_of(watched):
    old = weakref.ref(watched.engine)
    gc.disable()
    try:

        async def steps(_watch):
            watched.train(b"new")
            await until(lambda: watched.engine.made_of == b"new")
            await until(lambda: old() is None)

        watched.run(steps)
    finally:
        gc.enable()


# ---- the whole desk, a real training in another process, and people who write all the time


def small_home(project: Path, home: Path) -> Path:
    """The project without most of its examples and with the quick encoder, so that a training takes seconds."""
    (home / "nlu" / "en").mkdir(parents=True)
    for folder in ("nlu/dialogue", "services_data", "translations"):
        shutil.copytree(project / folder, home / folder)
    for name in ("domain.yml", "nlu/languages.csv", "nlu/en/transport.yml", "nlu/en/conversation.yml"):
        shutil.copy(project / name, home / name)
    config = (project / "nlu" / "config.yml").read_text(encoding="utf-8")
    assert "encoder: e5" in config
    (home / "nlu" / "config.yml").write_text(config.replace("encoder: e5", "encoder: characters"), encoding="utf-8")
    return home


class Writer(threading.Thread):
    """Somebody who writes the same all the time, each time in a new conversation, and notes what came back."""

    def __init__(self, address: str, text: str) -> None:
        """Does not write before it is started."""
        super().__init__(daemon=True)
        self._address, self._text = address, text
        self.answers: Counter[str] = Counter()
        self.slowest, self._enough = 0.0, threading.Event()

    def run(self) -> None:
        """Write until it is enough."""
        with httpx.Client(base_url=self._address, trust_env=False, timeout=30) as person:
            while not self._enough.is_set():
                started = time.monotonic()
                answer = person.post("/api/chat", json={"text": self._text})
                self.slowest = max(self.slowest, time.monotonic() - started)
                body = answer.json()
                about = body["replies"][0]["about"] if answer.status_code == 200 else ""
                self.answers[f"{answer.status_code} {body.get('outcome')} {about}"] += 1

    def stop(self) -> None:
        """It is enough."""
        self._enough.set()
        self.join(60)


def first_example(project: Path, topic: str, answer: str) -> str:
    """The first English example of an answer: a message that any trained model knows."""
    lines = (project / "nlu" / "en" / f"{topic}.yml").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.strip() == f"- intent: {topic}/{answer}")
    return next(line.strip()[1:].strip() for line in lines[place:] if line.startswith("    - "))


def wait_for(lines: list[str], words: str, within: float) -> None:
    """Wait until a line has these words."""
    end = time.monotonic() + within
    while not any(words in line for line in lines):
        assert time.monotonic() < end, lines
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.model
def test_every_message_is_answered_by_a_model_while_a_newly_trained_one_comes_in(project, tmp_path):
    home, models = small_home(project, tmp_path / "home"), tmp_path / "models"
    known = first_example(project, "transport", "bus_ticket")
    added = first_example(project, "business", "register_business")
    places = {"DESK_HOME": str(home), "DESK_MODELS": str(models)}
    trained = desk("train", data=tmp_path / "var", **places)
    assert trained.returncode == 0, trained.stderr
    with desk_up(tmp_path / "var", DESK_MESSAGES_A_MINUTE="100000", **places) as up:
        writers = [Writer(up.address, known) for _ in range(2)]
        for writer in writers:
            writer.start()
        shutil.copy(project / "nlu" / "en" / "business.yml", home / "nlu" / "en" / "business.yml")
        trained = desk("train", data=tmp_path / "other", **places)
        assert trained.returncode == 0, trained.stderr
        wait_for(up.lines, "answers now", within=30)
        new = httpx.post(up.address + "/api/chat", json={"text": added}, timeout=30, trust_env=False).json()
        before = sum(writer.answers.total() for writer in writers)
        time.sleep(1)
        for writer in writers:
            writer.stop()
        model_state(home, models).path.write_bytes(b"damaged")
        up.process.send_signal(signal.SIGHUP)
        wait_for(up.lines, "cannot be loaded", within=30)
        still = httpx.post(up.address + "/api/chat", json={"text": added}, timeout=30, trust_env=False).json()
        assert up.stop(signal.SIGTERM, within=10) == 0
    assert new["replies"][0]["about"] == still["replies"][0]["about"] == "business/register_business"
    answers = sum((writer.answers for writer in writers), Counter())
    assert set(answers) == {"200 answer transport/bus_ticket"}, answers
    assert answers.total() > before > 50
    assert max(writer.slowest for writer in writers) < 5
    assert "Traceback" not in "\n".join(up.lines)
