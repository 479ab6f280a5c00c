"""The training files as Rasa reads them quickest. Its own way through our YAML takes longer than the training itself.

Rasa checks every YAML file against a schema, three times over. What holds nothing but plain examples is gathered here
into one file in Rasa's JSON format; all the rest goes to Rasa as it is, which also tells what is wrong with it.
"""

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

MARKED = ("[", "{", "\\")  # with these Rasa may read more than plain words: an entity, or an escape


def training_files(nlu: Path, folder: Path) -> list[str]:
    """The paths to train on: files of `nlu`, and one made in `folder` of all files that hold plain examples only."""
    gathered, others = [], []
    for path in sorted(nlu.rglob("*.yml")):
        examples = _plain_examples(path)
        if examples is None:
            others.append(str(path))
        else:
            gathered += examples
    made = folder / "examples.json"
    made.write_text(json.dumps({"rasa_nlu_data": {"common_examples": gathered}}), encoding="utf-8")
    return [*others, str(made)]


def _plain_examples(path: Path) -> list[dict[str, str]] | None:
    """The examples of a file as {"text", "intent"}; None where it holds anything else, or has a fault."""
    try:
        loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError):
        return None
    if not isinstance(loaded, dict) or set(loaded) != {"version", "nlu"} or not isinstance(loaded["nlu"], list):
        return None
    if not all(_is_plain(entry) for entry in loaded["nlu"]):
        return None
    return [
        {"text": line[1:].strip(), "intent": entry["intent"]}
        for entry in loaded["nlu"]
        for line in entry["examples"].splitlines()
    ]


def _is_plain(entry: Any) -> bool:
    if not isinstance(entry, dict) or set(entry) != {"intent", "examples"}:
        return False
    if not all(isinstance(value, str) and value for value in entry.values()):
        return False
    lines = entry["examples"].splitlines()
    return all(line.startswith("-") and line[1:].strip() for line in lines) and not any(
        mark in entry["examples"] for mark in MARKED
    )
