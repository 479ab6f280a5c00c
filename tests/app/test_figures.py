"""The figures made of an evaluation: shares with their intervals, by language, kind and group, and reliability."""

import asyncio
import json

import pytest

from bot.app.evaluation import Case, evaluate
from bot.app.evaluation_report import report
from bot.app.figures import interval, summarise
from bot.dialogue.messages import Button, Reply, Turn
from tests.app.table_desk import MENU, TableDesk, alarmed, answered

ROOM, COUNCIL, EVICTION = "housing/rent_room", "housing/council_help", "housing/landlord_eviction"
MEDICAL, FIRE, POLICE = "emergency/medical", "emergency/fire_gas", "emergency/police"


def figures(cases: list[Case], table: dict[str, Turn]) -> dict:
    return summarise(asyncio.run(evaluate(TableDesk(table), cases, lambda done: None)))


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


def test_each_way_of_answering_tells_how_often_it_was_right():
    unsure = Turn((Reply("choices"),), "en", "choices", ((COUNCIL, 0.4), (ROOM, 0.3)))
    found = figures([Case(text, "en", ROOM) for text in "ab"], {"a": answered(ROOM), "b": unsure})
    assert found["ways"] == [
        {"outcome": "answer", "messages": 1, "top1": 1.0, "top3": 1.0},
        {"outcome": "choices", "messages": 1, "top1": 0.0, "top3": 1.0},
    ]


def test_the_right_answer_is_outright_among_three_or_not_shown_at_all():
    unsure = Turn((Reply("choices"),), "en", "choices", ((COUNCIL, 0.4), (ROOM, 0.3)))
    table = {"a": answered(ROOM), "b": unsure, "c": answered(COUNCIL), "d": MENU}
    found = figures([Case(text, "en", ROOM) for text in "abcd"], table)
    assert found["shown"] == {"outright": 0.25, "among_three": 0.25, "not_at_all": 0.5}


def read_as(label: str, confidence: float) -> Turn:
    return Turn((Reply(label),), "en", "answer", ((label, confidence),))


def test_reliability_sets_confidence_beside_the_share_that_was_right():
    table = {"a": read_as(ROOM, 0.62), "b": read_as(COUNCIL, 0.68), "c": read_as(ROOM, 1.0), "d": read_as(ROOM, 0.05)}
    table["e"] = alarmed(MEDICAL)
    found = figures([Case(text, "en", ROOM) for text in "abcde"], table)["reliability"]
    assert [(each["from"], each["messages"], each["confidence"], each["right"]) for each in found["bins"]] == [
        (0.0, 1, 0.05, 1.0),
        (0.6, 2, 0.65, 0.5),
        (0.9, 1, 1.0, 1.0),
    ]
    assert found["gap"] == round((0.95 + 2 * 0.15 + 0.0) / 4, 4)


def test_an_emergency_is_no_part_of_reliability_because_it_alarms_before_it_is_likely():
    found = figures([Case("a", "en", MEDICAL)], {"a": read_as(MEDICAL, 0.4)})
    assert found["reliability"] == {"bins": [], "gap": None}


def test_each_emergency_has_its_own_figures():
    cases = [Case("a", "en", MEDICAL), Case("b", "en", MEDICAL), Case("c", "ar", FIRE)]
    found = figures(cases, {"a": alarmed(MEDICAL), "b": alarmed(POLICE), "c": answered(ROOM)})["by_group"]
    assert {name: (row["total"], row["emergency_recall"], row["group_right"]) for name, row in found.items()} == {
        "fire_gas": (1, 0.0, 0.0),
        "medical": (2, 1.0, 0.5),
    }


def test_every_share_tells_how_many_messages_stand_behind_it_and_where_it_may_lie():
    found = figures([Case("a", "en", ROOM), Case("b", "en", MEDICAL)], {"a": answered(ROOM)})
    assert found["counted"]["top1"] == 2 and found["counted"]["emergency_recall"] == 1
    low, high = found["between"]["top1"]
    assert 0 < low < found["top1"] == 0.5 < high < 1


@pytest.mark.parametrize(
    ("right", "messages", "low", "high"),
    [(14, 14, 0.785, 1.0), (0, 10, 0.0, 0.278), (50, 100, 0.404, 0.596), (700, 1000, 0.671, 0.728)],
)
def test_the_interval_is_that_of_wilson(right, messages, low, high):
    assert interval(right, messages) == pytest.approx([low, high], abs=0.001)


def test_of_no_messages_there_is_no_interval():
    assert interval(0, 0) is None


def test_of_a_message_that_is_there_for_its_language_only_the_language_counts():
    cases = [Case("a", "uk", kind="language"), Case("b", "en", ROOM)]
    found = figures(cases, {"a": alarmed(MEDICAL, language="uk"), "b": answered(ROOM)})
    assert (found["total"], found["language_accuracy"]) == (2, 1.0)
    assert (found["counted"]["top1"], found["counted"]["false_alarm_rate"]) == (1, 1)


def test_romanised_messages_are_a_row_of_their_own_and_not_their_languages():
    offered = Turn((Reply("choices", buttons=(Button("language:ar", "العربية"),)),), "und", "choices")
    cases = [Case(text, "ar", ROOM, script="Latn") for text in "abc"] + [Case("d", "ar", ROOM)]
    table = {"a": answered(COUNCIL, language="ar"), "b": offered, "c": answered("health/gp"), "d": answered(ROOM)}
    found = figures(cases, table)
    assert (found["romanised"]["total"], found["by_language"]["ar"]["total"], found["total"]) == (3, 1, 4)
    assert found["romanised"]["topic_or_language_asked"] == round(2 / 3, 4)
    assert found["by_kind"]["answer"]["total"] == 1


def test_times_are_told_as_median_and_as_the_slowest_of_twenty():
    found = figures([Case("a", "en", ROOM)] * 5, {"a": answered(ROOM)})
    assert 0 <= found["p50_ms"] <= found["p95_ms"]


@pytest.mark.parametrize("cases", [[], [Case("a")], [Case("a", "en", MEDICAL)]], ids=["none", "one bare", "one"])
def test_the_summary_is_plain_json_also_of_few_messages(cases):
    found = figures(cases, {})
    assert json.loads(json.dumps(found)) == found
    assert found["total"] == len(cases)


def test_the_report_shows_each_figure_with_its_messages_and_its_interval():
    cases = [
        Case("a", "en", ROOM),
        Case("b", "uk", ROOM),
        Case("c", "en", MEDICAL),
        Case("d", "ar", ROOM, script="Latn"),
    ]
    lines = list(report(figures(cases, {"a": answered(ROOM), "b": answered(COUNCIL), "c": alarmed(MEDICAL)})))
    rows = {line.split()[0]: line for line in lines if line}
    assert "0.0 (1) 0-79" in rows["uk"]
    assert "100.0 (1) 21-100" in rows["medical"]
    assert any(line.startswith("Romanised: ") for line in lines)
    assert any(line.startswith("0.9 to 1.0") for line in lines)


def test_the_report_of_nothing_is_short():
    assert len([line for line in report(summarise([])) if line]) == 2
