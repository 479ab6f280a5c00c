"""The gate: floors are read, languages are judged by what was measured, and the verdicts are written whole."""

import asyncio

import pytest

from bot.app.evaluation import Case, evaluate
from bot.app.gate import FLOORS, judge, read_floors, short_of, verdict, write_rows
from bot.dialogue.basic_help import COLUMNS, VERDICTS, read_help
from bot.errors import ContentError
from tests.app.table_desk import TableDesk, alarmed, answered

ROOM, COUNCIL, MEDICAL = "housing/rent_room", "housing/council_help", "emergency/medical"
LOW = {"messages": 2.0, "top1": 0.5, "emergencies": 1.0, "emergency_recall": 0.9}


def judged(*cases: Case, spoken=("en", "uk"), floors=LOW) -> dict[str, dict[str, str]]:
    """The rows by language; a message that says "right" is understood, one that says "alarm" alarms."""
    desk = TableDesk({"right": answered(ROOM), "wrong": answered(COUNCIL, ROOM), "alarm": alarmed(MEDICAL)})
    results = asyncio.run(evaluate(desk, list(cases), lambda done: None))
    return {row["language"]: row for row in judge(results, spoken, floors)}


def test_the_projects_floors_are_read(project):
    floors = read_floors(project / FLOORS)
    assert set(floors) <= set(COLUMNS)
    assert 0 < floors["top1"] < floors["top3"] <= 1 and floors["emergency_recall"] >= 0.9


@pytest.mark.parametrize(
    "text", ["", "measure,floor\n", "measure,floor\ntop9,0.5\n", "measure,floor\ntop1,high\n", "a,b\n1,2\n"]
)
def test_floors_that_cannot_be_understood_are_told_by_file(tmp_path, text):
    (tmp_path / "gate.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"^nlu/gate\.csv"):
        read_floors(tmp_path / "gate.csv")


def test_a_language_that_reaches_every_floor_gets_full_help():
    rows = judged(Case("right", "uk", ROOM), Case("wrong", "uk", ROOM), Case("alarm", "uk", MEDICAL))
    assert rows["uk"] == {
        "language": "uk",
        "messages": "2",
        "top1": "0.500",
        "top3": "1.000",
        "topic": "1.000",
        "emergencies": "1",
        "emergency_recall": "1.000",
        "help": "full",
    }


def test_a_language_under_one_floor_gets_basic_help_and_the_reason_is_told():
    rows = judged(Case("wrong", "uk", ROOM), Case("wrong", "uk", ROOM), Case("alarm", "uk", MEDICAL))
    assert rows["uk"]["help"] == "basic"
    assert short_of(rows["uk"], LOW) == ["top1 0.000 under 0.5"]


def test_a_language_that_was_never_measured_gets_basic_help():
    rows = judged(Case("right", "en", ROOM))
    assert rows["uk"]["help"] == "basic"
    assert "top1 never measured under 0.5" in short_of(rows["uk"], LOW)


def test_too_few_messages_are_no_proof():
    rows = judged(Case("right", "uk", ROOM), Case("alarm", "uk", MEDICAL))
    assert short_of(rows["uk"], LOW) == ["messages 1 under 2"]


def test_romanised_messages_and_those_for_the_language_alone_judge_no_language():
    rows = judged(Case("right", "uk", ROOM, script="Latn"), Case("right", "it", "it", kind="language"))
    assert rows["uk"]["messages"] == "0"
    assert set(rows) == {"en", "uk"}


def test_a_language_that_was_measured_but_is_not_spoken_yet_stands_after_those_spoken():
    assert list(judged(Case("right", "pl", ROOM))) == ["en", "uk", "pl"]


def test_what_is_written_is_read_back_whole(tmp_path):
    rows = judged(Case("right", "uk", ROOM))
    (tmp_path / "languages.csv").write_text("an older file", encoding="utf-8")
    write_rows(tmp_path / "languages.csv", list(rows.values()))
    assert read_help(tmp_path / "languages.csv") == rows
    assert [path.name for path in tmp_path.iterdir()] == ["languages.csv"]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path):
    with pytest.raises(ContentError, match="cannot be written"):
        write_rows(tmp_path / "nowhere" / "languages.csv", [])


def test_the_verdicts_of_the_project_name_every_language_of_the_desk_and_follow_from_their_own_figures(
    project, phrases
):
    rows, floors = read_help(project / VERDICTS), read_floors(project / FLOORS)
    assert set(phrases.languages) <= set(rows)
    assert {code: row["help"] for code, row in rows.items()} == {
        code: verdict(row, floors) for code, row in rows.items()
    }
    assert rows["en"]["help"] == "full"
