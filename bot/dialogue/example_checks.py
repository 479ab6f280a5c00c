"""Checks of the example messages under nlu/<language>/. Rasa's own `rasa data validate` checks the rest of nlu/."""

from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

FEWEST_ENGLISH = 6  # examples an answer; with fewer the desk has too little to go by


def check_examples(home: Path) -> Iterator[str]:
    """Faults of all example files as "file:line field: what to do": unknown answers and intents, doubles, too few."""
    known, plain = _known(home)
    seen: dict[str, str] = {}
    counts: dict[str, int] = {}
    for path in sorted(path for path in (home / "nlu").glob("*/*.yml") if path.parent.name != "dialogue"):
        name = str(path.relative_to(home))
        try:
            entries = YAML().load(path.read_text(encoding="utf-8"))["nlu"]
        except (YAMLError, KeyError, TypeError, UnicodeDecodeError) as error:
            yield f"{name}: cannot be read ({str(error).splitlines()[0]}). Compare it with nlu/en/{path.name}."
            continue
        for entry in entries:
            yield from _check_entry(entry, name, known | plain, seen, counts)
    for answer in sorted(known):
        if counts.get(answer, 0) < FEWEST_ENGLISH:
            topic = answer.split("/")[0]
            yield f"nlu/en/{topic}.yml {answer}: has {counts.get(answer, 0)} examples. Write at least {FEWEST_ENGLISH}."


def _check_entry(
    entry: dict, name: str, known: set[str], seen: dict[str, str], counts: dict[str, int]
) -> Iterator[str]:
    intent = str(entry.get("intent", ""))
    line = entry.lc.line + 1
    if intent not in known:
        yield f"{name}:{line} intent: {intent!r} is neither an answer in services_data/answers/ nor an intent of domain.yml."
        return
    examples = [text[1:].strip() for text in str(entry.get("examples", "")).splitlines() if text.startswith("-")]
    if name.startswith("nlu/en/"):
        counts[intent] = counts.get(intent, 0) + len(examples)
    for example in examples:
        plain = " ".join(example.casefold().split())
        if plain in seen:
            yield f"{name}:{line} {intent}: {example!r} is already an example of {seen[plain]}. Remove one of them."
        seen[plain] = intent


def _known(home: Path) -> tuple[set[str], set[str]]:
    yaml = YAML(typ="safe")
    answers = {
        entry["id"]
        for path in (home / "services_data" / "answers").glob("*.yml")
        for entry in yaml.load(path.read_text(encoding="utf-8")) or []
    }
    safety = yaml.load((home / "services_data" / "safety.yml").read_text(encoding="utf-8"))
    domain = yaml.load((home / "domain.yml").read_text(encoding="utf-8"))
    intents = {intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]}
    return answers, intents | {group["id"] for group in safety["groups"]}
