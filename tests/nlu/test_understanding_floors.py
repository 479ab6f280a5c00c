"""Understanding must not get worse unnoticed: the evaluation through the whole desk, held to floors.csv, and the verdicts
of nlu/languages.csv held to what is measured.

A floor is what was measured when it was last raised, minus three points, or minus one message where that is more (a
false alarm rate: plus as much). Raise the floors when the desk gets better.
"""

import asyncio
import csv
from pathlib import Path

import pytest

from bot.app.evaluation import Case, Result, evaluate, read_cases
from bot.app.figures import summarise
from bot.app.gate import FLOORS, judge, read_floors
from bot.dialogue.basic_help import VERDICTS, read_help

HERE = Path(__file__).with_name("evaluation")
MEASURES = (
    "top1",
    "top3",
    "topic_accuracy",
    "topic_or_language_asked",
    "language_accuracy",
    "emergency_recall",
    "group_right",
)
CEILINGS = ("false_alarm_rate",)  # of these, less is better

pytestmark = [pytest.mark.model, pytest.mark.slow]


STALE = 0.05  # difference from which a figure of nlu/languages.csv is stale; or of one message, where that is more


def floors() -> list[dict[str, str]]:
    """The rows of floors.csv. `set`: a file of the evaluation without .jsonl; `language`: a code, or "" for all."""
    with (HERE / "floors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def results(desk) -> dict[str, list[Result]]:
    """The results of every set; each message is asked once."""
    sets: dict[str, list[Case]] = {path.stem: read_cases(path) for path in sorted(HERE.glob("*.jsonl"))}
    texts = [case.text for cases in sets.values() for case in cases]
    desk.engine.make_ready(texts, keep=len(texts))
    return {name: asyncio.run(evaluate(desk, cases, lambda done: None)) for name, cases in sets.items()}


def test_the_floors_name_sets_languages_and_measures_that_exist():
    for row in floors():
        assert set(row) == {"set", "language", "measure", "floor"}
        languages = {case.lang for case in read_cases(HERE / f"{row['set']}.jsonl")} | {""}
        assert row["language"] in languages, row
        assert row["measure"] in MEASURES + CEILINGS, row
        assert row["floor"] == "" or 0 <= float(row["floor"]) <= 1, row


def test_every_set_has_floors():
    assert {row["set"] for row in floors()} == {path.stem for path in HERE.glob("*.jsonl")}


@pytest.mark.parametrize("row", floors(), ids=lambda row: f"{row['set']}-{row['language'] or 'all'}-{row['measure']}")
def test_understanding_is_not_below_its_floor(row, results):
    if not row["floor"]:
        pytest.skip("no floor has been set for this yet")
    chosen = [each for each in results[row["set"]] if row["language"] in ("", each.case.lang)]
    measured = summarise(chosen)[row["measure"]]
    assert measured is not None
    if row["measure"] in CEILINGS:
        assert measured <= float(row["floor"])
    else:
        assert measured >= float(row["floor"])


@pytest.mark.parametrize("measure", ["top1", "top3", "topic", "emergency_recall"])
def test_the_verdicts_on_the_languages_are_not_stale(measure, results, project, phrases):
    """Where this fails, run `uv run desk eval --gate tests/nlu/evaluation/*.jsonl` and look at what changed."""
    told = read_help(project / VERDICTS)
    every = [result for results_of_set in results.values() for result in results_of_set]
    measured = {row["language"]: row for row in judge(every, phrases.languages, read_floors(project / FLOORS))}
    counted = "emergencies" if measure == "emergency_recall" else "messages"
    stale = []
    for language, row in told.items():
        now = measured[language]
        one_message = 1.01 / max(int(now[counted]), 1)
        if row[counted] != now[counted] or (row[measure] == "") != (now[measure] == ""):
            stale.append((language, counted, row[counted], now[counted]))
        elif row[measure] and abs(float(row[measure]) - float(now[measure])) > max(STALE, one_message):
            stale.append((language, measure, row[measure], now[measure]))
    assert stale == []
