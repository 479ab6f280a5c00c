"""Checks of the example messages under nlu/<language>/. Rasa's own `rasa data validate` checks the rest of nlu/."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.skills.audiences import GROUPS

FEWEST_ENGLISH = 6  # examples an answer; with fewer the desk has too little to go by


@dataclass
class Seen:
    """What was met so far: each example and its intent, the number of English examples, and where they begin."""

    examples: dict[str, str] = field(default_factory=dict)
    english: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def check_examples(home: Path) -> Iterator[str]:
    """Faults of all example files as "file:line field: what to do": unknown answers and intents, doubles, too few."""
    _, fault = _load(home / "domain.yml", "domain.yml")
    if fault:
        yield fault
        return
    answers, others, seen = _answers(home), _intents(home), Seen()
    for path in sorted(path for path in (home / "nlu").glob("*/*.yml") if path.parent.name != "dialogue"):
        yield from _check_file(path, str(path.relative_to(home)), answers | others, seen)
    for answer in sorted(answers):
        count = seen.english.get(answer, 0)
        if count < FEWEST_ENGLISH:
            place = seen.places.get(answer, f"nlu/en/{answer.split('/')[0]}.yml:1")
            yield f"{place} {answer}: has {count} examples. Write at least {FEWEST_ENGLISH}."


def _check_file(path: Path, name: str, known: set[str], seen: Seen) -> Iterator[str]:
    loaded, fault = _load(path, name)
    if fault:
        yield fault
        return
    entries = loaded.get("nlu") if isinstance(loaded, dict) else None
    if not isinstance(entries, list):
        yield f"{name}:1 nlu: is missing or no list. Compare the file with nlu/en/housing.yml."
        return
    for position, entry in enumerate(entries):
        line = entries.lc.item(position)[0] + 1
        if isinstance(entry, dict):
            yield from _check_entry(entry, name, line, known, seen)
        else:
            yield f"{name}:{line} intent: is missing. An entry has the keys intent and examples."


def _check_entry(entry: dict, name: str, line: int, known: set[str], seen: Seen) -> Iterator[str]:
    intent = str(entry.get("intent", ""))
    if intent not in known:
        yield f"{name}:{line} intent: {intent!r} is no answer in services_data/answers/ and no intent of domain.yml."
        return
    written = str(entry.get("examples") or "").splitlines()
    examples = [text.strip()[1:].strip() for text in written if text.strip().startswith("-")]
    if name.startswith("nlu/en/"):
        seen.english[intent] = seen.english.get(intent, 0) + len(examples)
        if Path(name).stem == intent.split("/")[0]:
            seen.places[intent] = f"{name}:{line}"  # rather than a file of look-alikes that has some too
        seen.places.setdefault(intent, f"{name}:{line}")
    for example in examples:
        plain = " ".join(example.casefold().split())
        if plain in seen.examples:
            yield f"{name}:{line} {intent}: {example!r} is already an example of {seen.examples[plain]}. Remove one."
        seen.examples[plain] = intent


def _answers(home: Path) -> set[str]:
    """The ids of all answers; broken answer files are told by the checks of the pack."""
    ids: set[str] = set()
    for path in (home / "services_data" / "answers").glob("*.yml"):
        loaded, _ = _load(path, path.name)
        ids |= {str(entry["id"]) for entry in loaded or [] if isinstance(entry, dict) and "id" in entry}
    return ids


def _intents(home: Path) -> set[str]:
    """The intents of domain.yml, the groups of safety.yml and of people; their own faults are told elsewhere."""
    domain, _ = _load(home / "domain.yml", "domain.yml")
    safety, _ = _load(home / "services_data" / "safety.yml", "safety.yml")
    intents = domain.get("intents") if isinstance(domain, dict) else []
    groups = safety.get("groups") if isinstance(safety, dict) else []
    named = {str(group["id"]) for group in groups or [] if isinstance(group, dict) and "id" in group}
    named |= {f"tell_audience/{group}" for group in GROUPS}
    return named | {each if isinstance(each, str) else next(iter(each)) for each in intents or []}


def _load(path: Path, name: str) -> tuple[Any, str]:
    """The parsed file and "", or None and its fault with the line at which the reader stopped."""
    try:
        return YAML().load(path.read_text(encoding="utf-8")), ""
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, f"{name}:{line}: cannot be read ({error.problem}). Look at this line and the one before it."
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        return None, f"{name}:1: cannot be read ({str(error).splitlines()[0]}). Save it as UTF-8 text."
