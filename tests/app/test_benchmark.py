"""What a measurement of speed tells, with a small desk and the real encoder."""

import asyncio
import json

import pytest

from bot.app.benchmark import VISIT, measure
from bot.dialogue.components.sentence_encoder import CharacterEncoder, RememberingEncoder
from tests.app.table_desk import TableDesk

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk() -> TableDesk:
    """The desk that was measured."""
    return TableDesk()


@pytest.fixture(scope="module")
def told() -> list[str]:
    """What the measurement said on its way."""
    return []


@pytest.fixture(scope="module")
def report(desk: TableDesk, told: list[str]) -> dict:
    """The figures of two visits at a time."""
    return asyncio.run(measure(desk, RememberingEncoder(CharacterEncoder()), 2, told.append))


def test_every_promised_figure_is_there(report):
    assert set(report) == {
        "conversations_1",
        "conversations_8",
        "conversations_32",
        "encoder_alone_ms",
        "memory_mb",
    }
    for at_once in (1, 8, 32):
        figures = report[f"conversations_{at_once}"]
        assert set(figures) == {"messages", "messages_a_second", "all_ms", "text_ms", "button_ms"}
        assert figures["messages"] == 2 * len(VISIT)
        assert figures["messages_a_second"] > 0
        assert all(set(figures[f"{kind}_ms"]) == {"p50", "p95"} for kind in ("all", "text", "button"))
    assert 0 < report["encoder_alone_ms"]["p50"] <= report["encoder_alone_ms"]["p95"]
    assert report["memory_mb"] > 10


def test_the_report_is_plain_json_and_each_step_is_told(report, told):
    assert json.loads(json.dumps(report)) == report
    assert told == ["1 conversations at once", "8 conversations at once", "32 conversations at once"]


def test_no_message_is_ever_sent_twice(report, desk):
    texts = [incoming.text for incoming in desk.heard if incoming.text]
    assert len(texts) > 60
    assert len(set(texts)) == len(texts)


def test_every_conversation_of_the_measurement_is_forgotten(report, desk):
    assert set(desk.forgotten) == {incoming.conversation for incoming in desk.heard}
    assert len(set(desk.forgotten)) == len(desk.forgotten)
