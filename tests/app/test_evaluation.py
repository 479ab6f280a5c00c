"""Reading evaluation files, and asking every message by itself."""

import asyncio
from pathlib import Path

import pytest

from bot.app.evaluation import Case, Result, evaluate, read_cases
from bot.dialogue.messages import Button, Reply, Turn
from bot.errors import DeskError
from tests.app.table_desk import TableDesk, alarmed, answered

ROOM, COUNCIL = "housing/rent_room", "housing/council_help"


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def asked(cases: list[Case], table: dict[str, Turn]) -> list[Result]:
    return asyncio.run(evaluate(TableDesk(table), cases, lambda done: None))


# ---- reading files


def test_a_line_becomes_a_case_and_empty_lines_are_passed_over(tmp_path):
    path = written(tmp_path, '{"text": "a room", "lang": "en", "expect": "housing/rent_room", "also_ok": ["x/y"]}', "")
    assert read_cases(path) == [Case("a room", "en", ROOM, ("x/y",))]


def test_only_the_text_must_be_there_and_one_other_good_answer_may_be_a_plain_string(tmp_path):
    path = written(tmp_path, '{"text": "غرفة"}', '{"text": "room", "also_ok": "housing/council_help"}')
    assert read_cases(path) == [Case("غرفة"), Case("room", also_ok=(COUNCIL,))]


def test_a_line_may_tell_its_kind_and_its_script(tmp_path):
    path = written(tmp_path, '{"text": "ana ayez tabib", "lang": "ar", "kind": "language", "script": "Latn"}')
    (case,) = read_cases(path)
    assert (case.kind, case.is_romanised, case.is_judged) == ("language", True, False)


@pytest.mark.parametrize(
    ("expect", "kind"),
    [(ROOM, "answer"), ("emergency/medical", "emergency"), ("greet", "talk"), ("out_of_scope", "out_of_scope")]
    + [("", "no expectation")],
)
def test_a_kind_that_is_not_told_is_that_of_the_expectation(expect, kind):
    assert Case("a", "en", expect).kind == kind


def test_every_bad_line_is_named_at_once(tmp_path):
    path = written(tmp_path, '{"text": "good"}', "{not json", '{"lang": "en"}', "[1]", '{"text": 7}')
    with pytest.raises(DeskError) as error:
        read_cases(path)
    named = [line.split(" ")[0] for line in str(error.value).splitlines()]
    assert named == ["cases.jsonl:2:", "cases.jsonl:3:", "cases.jsonl:4:", "cases.jsonl:5:"]


@pytest.mark.parametrize(
    "line", ['{"text": "a", "expect": 5}', '{"text": "a", "expect": ["x/y"]}', '{"text": "a", "kind": ["answer"]}']
)
def test_an_expectation_or_a_kind_that_is_no_string_is_a_bad_line(tmp_path, line):
    with pytest.raises(DeskError, match=r"cases\.jsonl:1:"):
        read_cases(written(tmp_path, line))


def test_a_file_that_is_missing_or_no_text_is_told_in_a_sentence(tmp_path):
    bytes_only = tmp_path / "picture.jsonl"
    bytes_only.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "nowhere.jsonl", bytes_only, tmp_path):
        with pytest.raises(DeskError, match="cannot be read"):
            read_cases(path)


# ---- asking


def test_each_message_is_asked_in_a_conversation_of_its_own_and_then_forgotten():
    desk, done = TableDesk(), []
    asyncio.run(evaluate(desk, [Case("one"), Case("two"), Case("one")], done.append))
    conversations = [incoming.conversation for incoming in desk.heard]
    assert [incoming.text for incoming in desk.heard] == ["one", "two", "one"]
    assert len(set(conversations)) == 3
    assert desk.forgotten == conversations
    assert done == [1, 2, 3]


def test_what_the_desk_showed_counts_before_what_it_only_thought_of():
    shown = Turn((Reply(ROOM),), "en", "answer", ((COUNCIL, 0.9), (ROOM, 0.5)))
    (result,) = asked([Case("a room", "en", ROOM)], {"a room": shown})
    assert result.labels == (ROOM, COUNCIL)


def test_the_models_first_reading_and_its_confidence_are_kept_whatever_was_shown():
    unsure = Turn((Reply("choices"),), "en", "choices", ((COUNCIL, 0.2), (ROOM, 0.1)))
    (result,) = asked([Case("a room", "en", ROOM)], {"a room": unsure})
    assert result.best == (COUNCIL, 0.2) and not result.reading_right


def test_an_alarm_has_no_reading_because_words_may_have_raised_it():
    (result,) = asked([Case("a", "en", ROOM)], {"a": alarmed("emergency/medical")})
    assert result.best is None


def test_an_offer_of_languages_is_seen():
    offered = Turn((Reply("choices", buttons=(Button("language:ar", "العربية"),)),), "und", "choices")
    found = asked([Case("a", "ar"), Case("b", "ar")], {"a": offered, "b": answered(ROOM)})
    assert [result.asked_language for result in found] == [True, False]
