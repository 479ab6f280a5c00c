"""Understanding must not get worse unnoticed: the evaluation through the whole desk, held to floors.csv.

A floor is what was measured when it was last raised, minus three points, or minus one message where that is more (a
false alarm rate: plus as much). Raise the floors when the desk gets better.
"""

import asyncio
import csv
from pathlib import Path

import pytest

from bot.app.evaluation import Case, Result, evaluate, read_cases, summarise

HERE = Path(__file__).with_name("evaluation")
MEASURES = ("top1", "top3", "topic_accuracy", "language_accuracy", "emergency_recall")
CEILINGS = ("false_alarm_rate",)  # of these, less is better

pytestmark = [pytest.mark.model, pytest.mark.slow]


def floors() -> list[dict[str, str]]:
    """The rows of floors.csv. `set`: a file of the evaluation without .jsonl; `language`: a code, or "" for all."""
    with (HERE / "floors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def results(desk) -> dict[str, list[Result]]:
    """The results of every set; each message is asked once."""
    found = {}
    for path in sorted(HERE.glob("*.jsonl")):
        cases: list[Case] = read_cases(path)
        found[path.stem] = asyncio.run(evaluate(desk, cases, lambda done: None))
    return found


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
