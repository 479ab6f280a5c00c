"""Reading evaluation files, asking every message by itself, and the figures made of it."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.app.evaluation import Case, Result, evaluate, read_cases, summarise
from bot.dialogue.messages import Reply, Turn
from bot.errors import DeskError
from tests.app.table_desk import MENU, TableDesk, alarmed, answered

ROOM, COUNCIL, EVICTION = "housing/rent_room", "housing/council_help", "housing/landlord_eviction"
MEDICAL, FIRE, POLICE = "emergency/medical", "emergency/fire_gas", "emergency/police"


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def asked(cases: list[Case], table: dict[str, Turn]) -> list[Result]:
    return asyncio.run(evaluate(TableDesk(table), cases, lambda done: None))


def figures(cases: list[Case], table: dict[str, Turn]) -> dict:
    return summarise(asked(cases, table))


# ---- reading files


def test_a_line_becomes_a_case_and_empty_lines_are_passed_over(tmp_path):
    path = written(tmp_path, '{"text": "a room", "lang": "en", "expect": "housing/rent_room", "also_ok": ["x/y"]}', "")
    assert read_cases(path) == [Case("a room", "en", ROOM, ("x/y",))]


def test_only_the_text_must_be_there_and_one_other_good_answer_may_be_a_plain_string(tmp_path):
    path = written(tmp_path, '{"text": "غرفة"}', '{"text": "room", "also_ok": "housing/council_help"}')
    assert read_cases(path) == [Case("غرفة"), Case("room", also_ok=(COUNCIL,))]


def test_every_bad_line_is_named_at_once(tmp_path):
    path = written(tmp_path, '{"text": "good"}', "{not json", '{"lang": "en"}', "[1]", '{"text": 7}')
    with pytest.raises(DeskError) as error:
        read_cases(path)
    named = [line.split(" ")[0] for line in str(error.value).splitlines()]
    assert named == ["cases.jsonl:2:", "cases.jsonl:3:", "cases.jsonl:4:", "cases.jsonl:5:"]


@pytest.mark.parametrize("line", ['{"text": "a", "expect": 5}', '{"text": "a", "expect": ["x/y"]}'])
def test_an_expectation_that_is_no_string_is_a_bad_line(tmp_path, line):
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


# ---- figures


def test_first_three_and_topic_are_counted_by_what_came_first_among_three_and_in_the_right_topic():
    cases = [Case(str(number), "en", ROOM) for number in range(4)]
    table = {
        "0": answered(ROOM, COUNCIL),
        "1": answered(COUNCIL, EVICTION, ROOM),
        "2": answered(COUNCIL, EVICTION, "health/gp", ROOM),
        "3": answered("health/gp", "jobs/cv"),
    }
    found = figures(cases, table)
    assert (found["top1"], found["top3"], found["topic_accuracy"]) == (0.25, 0.5, 0.75)


def test_another_good_answer_counts_as_right():
    assert figures([Case("a", "en", ROOM, (COUNCIL,))], {"a": answered(COUNCIL)})["top1"] == 1.0


def test_a_message_without_an_expectation_is_counted_but_not_judged():
    found = figures([Case("a", "en"), Case("b", "en", ROOM)], {"b": answered(ROOM)})
    assert (found["total"], found["top1"]) == (2, 1.0)
    assert found["by_kind"]["no expectation"]["top1"] is None


def test_an_undecided_language_counts_half_and_a_wrong_one_nothing():
    cases = [Case("a", "en"), Case("b", "en"), Case("c", "en"), Case("d")]
    table = {"a": answered(ROOM), "b": MENU, "c": answered(ROOM, language="uk"), "d": answered(ROOM)}
    assert figures(cases, table)["language_accuracy"] == 0.5


def test_an_alarm_that_nobody_wanted_is_a_false_alarm():
    cases = [Case("a", "en", ROOM), Case("b", "en", ROOM, (MEDICAL,)), Case("c", "en", MEDICAL), Case("d", "en", ROOM)]
    found = figures(cases, {text: alarmed(MEDICAL) for text in "abc"} | {"d": answered(ROOM)})
    assert found["false_alarms"] == 1
    assert found["false_alarm_rate"] == 0.5
    assert found["by_kind"]["answer"]["false_alarms"] == 1
    assert found["by_kind"]["emergency"]["false_alarms"] == 0


def test_an_emergency_is_right_where_its_text_is_one_of_the_two_that_the_desk_shows():
    cases = [Case("a", "en", MEDICAL), Case("b", "en", MEDICAL), Case("c", "en", MEDICAL), Case("d", "en", MEDICAL)]
    table = {
        "a": alarmed(MEDICAL),
        "b": alarmed(FIRE, MEDICAL),
        "c": alarmed(FIRE, POLICE, MEDICAL),
        "d": answered("health/gp"),
    }
    found = figures(cases, table)
    assert found["top1"] == 0.5
    assert found["emergency_recall"] == 0.75


@pytest.mark.parametrize(
    ("turn", "right"),
    [
        (Turn((Reply("unknown"),), "en", "unknown", ((ROOM, 0.4),)), True),
        (Turn((Reply("choices"),), "en", "choices", ((ROOM, 0.4),)), True),
        (MENU, True),
        (Turn((Reply("personal_advice"),), "en", "talk", (("personal_advice", 0.9),)), True),
        (answered("rights/free_lawyer"), True),
        (answered(ROOM), False),
        (alarmed(MEDICAL), False),
    ],
    ids=["unknown", "choices", "menu", "personal advice", "also good", "confident answer", "alarm"],
)
def test_out_of_scope_is_right_where_the_desk_did_not_answer_as_if_it_knew(turn, right):
    case = Case("a", "en", "out_of_scope", ("rights/free_lawyer",))
    assert figures([case], {"a": turn})["top1"] == float(right)


def test_talk_is_right_by_its_intent():
    greeted = Turn((Reply("greet"), Reply("menu")), "en", "talk", (("greet", 0.9), ("thanks", 0.1)))
    found = figures([Case("hi", "en", "greet"), Case("ta", "en", "thanks")], {"hi": greeted, "ta": greeted})
    assert (found["by_kind"]["talk"]["top1"], found["by_kind"]["talk"]["top3"]) == (0.5, 1.0)


def test_figures_are_told_by_language_and_by_kind():
    cases = [
        Case("a", "en", ROOM),
        Case("b", "uk", ROOM),
        Case("c", "uk", MEDICAL),
        Case("d", "en", "greet"),
        Case("e", None, "out_of_scope"),
    ]
    found = figures(cases, {"a": answered(ROOM), "b": answered(COUNCIL), "c": alarmed(MEDICAL)})
    assert {code: row["total"] for code, row in found["by_language"].items()} == {"en": 2, "uk": 2, "und": 1}
    assert {kind: row["total"] for kind, row in found["by_kind"].items()} == {
        "answer": 2,
        "emergency": 1,
        "out_of_scope": 1,
        "talk": 1,
    }
    assert (found["by_language"]["uk"]["top1"], found["by_kind"]["answer"]["top1"]) == (0.5, 0.5)


def test_confusions_name_what_was_expected_and_what_came_most_frequent_first():
    cases = [Case(text, "en", ROOM) for text in "aab"] + [Case("c", "en", "greet")]
    found = figures(cases, {"a": answered(COUNCIL), "b": answered(EVICTION)})
    assert found["confusions"] == [
        {"expected": ROOM, "got": COUNCIL, "times": 2},
        {"expected": ROOM, "got": EVICTION, "times": 1},
        {"expected": "greet", "got": "nothing", "times": 1},
    ]


def test_reliability_tells_how_often_each_way_of_answering_was_right():
    unsure = Turn((Reply("choices"),), "en", "choices", ((COUNCIL, 0.4), (ROOM, 0.3)))
    found = figures([Case(text, "en", ROOM) for text in "ab"], {"a": answered(ROOM), "b": unsure})
    assert found["reliability"] == [
        {"outcome": "answer", "messages": 1, "top1": 1.0, "top3": 1.0},
        {"outcome": "choices", "messages": 1, "top1": 0.0, "top3": 1.0},
    ]


def test_times_are_told_as_median_and_as_the_slowest_of_twenty():
    found = figures([Case("a", "en", ROOM)] * 5, {"a": answered(ROOM)})
    assert 0 <= found["p50_ms"] <= found["p95_ms"]


@pytest.mark.parametrize("cases", [[], [Case("a")], [Case("a", "en", MEDICAL)]], ids=["none", "one bare", "one"])
def test_the_summary_is_plain_json_also_of_few_messages(cases):
    found = figures(cases, {})
    assert json.loads(json.dumps(found)) == found
    assert found["total"] == len(cases)
