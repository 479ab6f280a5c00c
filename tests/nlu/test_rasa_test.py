"""Rasa's own `rasa test nlu` runs on our model: the project stays an ordinary Rasa project, and a second program measures.

What people meet is measured by `desk eval`; here only the questions count, each with the one answer it expects.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.app.evaluation import Case, read_cases
from bot.dialogue.training import model_state

HERE = Path(__file__).with_name("evaluation")
RASA = Path(sys.executable).with_name("rasa")
LONGEST = 120  # seconds
TOPIC_FLOOR, ANSWER_FLOOR = 0.85, 0.80  # below what `desk eval` holds, because here another good answer counts as wrong


def questions() -> list[Case]:
    """All messages of the evaluation that ask for an answer, romanised ones left out."""
    cases = [case for path in sorted(HERE.glob("*.jsonl")) for case in read_cases(path)]
    return [case for case in cases if case.kind == "answer" and "/" in case.expect and not case.is_romanised]


def as_rasa_nlu(cases: list[Case]) -> str:
    """The cases in Rasa's own format for examples."""
    by_answer: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        by_answer[case.expect].append(" ".join(case.text.replace("[", "(").replace("]", ")").split()))
    entries = [
        {"intent": answer, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts))}
        for answer, texts in sorted(by_answer.items())
    ]
    written = StringIO()
    YAML().dump({"version": "3.1", "nlu": entries}, written)
    return written.getvalue()


def test_the_cases_are_written_as_rasa_reads_them(tmp_path):
    from bot.dialogue.rasa_engine import prepare_rasa

    prepare_rasa()
    from rasa.shared.nlu.training_data.loading import load_data

    cases = [
        Case("a room [please]: 'now'", "en", "housing/rent_room"),
        Case("غرفة، من فضلك", "ar", "housing/rent_room"),
    ]
    (tmp_path / "nlu.yml").write_text(as_rasa_nlu(cases), encoding="utf-8")
    found = load_data(str(tmp_path / "nlu.yml")).intent_examples
    assert [(each.get("text"), each.get("intent_response_key")) for each in found] == [
        ("a room (please): 'now'", "housing/rent_room"),
        ("غرفة، من فضلك", "housing/rent_room"),
    ]


@pytest.mark.slow
@pytest.mark.model
def test_rasa_test_nlu_measures_our_model_and_finds_topics_and_answers(project, tmp_path, trained_engine):
    cases = questions()
    (tmp_path / "nlu.yml").write_text(as_rasa_nlu(cases), encoding="utf-8")
    model = model_state(project, project / "models").path
    told = ["--model", str(model), "--nlu", str(tmp_path / "nlu.yml"), "--out", str(tmp_path / "results")]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    ended = subprocess.run(
        [str(RASA), "test", "nlu", *told, "--no-plot"],
        cwd=project,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    topics = json.loads((tmp_path / "results" / "intent_report.json").read_text(encoding="utf-8"))
    answers = json.loads((tmp_path / "results" / "response_selection_report.json").read_text(encoding="utf-8"))
    assert topics["weighted avg"]["support"] == len(cases) > 700
    assert topics["weighted avg"]["recall"] >= TOPIC_FLOOR
    assert answers["weighted avg"]["recall"] >= ANSWER_FLOOR
