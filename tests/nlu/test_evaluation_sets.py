"""The evaluation files: well-formed, about things that exist, and strangers to the examples that the desk learns from."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.app.evaluation import EMERGENCY, LANGUAGE_ONLY, LATIN, OUT_OF_SCOPE, Case, read_cases

TALK = ("greet", "thanks", "change_language", "talk_to_human", "forget_me")

SETS = sorted(Path(__file__).with_name("evaluation").glob("*.jsonl"))
KINDS = {"answer", "emergency", "lookalike", "talk", "out_of_scope", LANGUAGE_ONLY}
FEWEST_WORDS = 4  # with fewer, two people often write the same ("how are you")
TOO_MUCH_ALIKE = 0.8  # share of the words of both messages together that stand in both


def normalised(text: str) -> tuple[str, ...]:
    """The words of a text without capitals, accents and punctuation."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", plain))


def examples(project: Path) -> Iterator[tuple[str, str]]:
    """All training examples as (where, text)."""
    for path in sorted((project / "nlu").glob("*/*.yml")):
        entries = YAML(typ="safe", pure=False).load(path.read_text(encoding="utf-8")).get("nlu") or []
        for entry in entries:
            for line in entry["examples"].splitlines():
                if line.startswith("-"):
                    yield f"{path.relative_to(project)} {entry['intent']}", line[1:].strip()


def near_pairs(cases: list[tuple[str, str]], trained: list[tuple[str, str]]) -> Iterator[str]:
    """Each evaluation message with a training example that is the same or nearly so."""
    by_word, words = defaultdict(set), []
    for place, (_, text) in enumerate(trained):
        words.append(normalised(text))
        for word in set(words[-1]):
            by_word[word].add(place)
    for where, text in cases:
        asked = normalised(text)
        shared: dict[int, int] = defaultdict(int)
        for word in set(asked):
            for place in by_word[word]:
                shared[place] += 1
        for place, count in shared.items():
            together = len(set(asked) | set(words[place]))
            long_enough = min(len(asked), len(words[place])) >= FEWEST_WORDS
            if asked == words[place] or (long_enough and count / together >= TOO_MUCH_ALIKE):
                yield f"{where} {text!r} is too much like {trained[place][0]} {trained[place][1]!r}"


@pytest.fixture(scope="module")
def trained(project: Path) -> list[tuple[str, str]]:
    """All training examples."""
    return list(examples(project))


def test_the_sets_of_the_readme_are_there_with_as_many_lines():
    readme = Path(__file__).with_name("evaluation") / "README.md"
    told = dict(re.findall(r"^\| `(\S+\.jsonl)` \| (\d+) \|", readme.read_text(encoding="utf-8"), re.MULTILINE))
    assert {path.name: len(read_cases(path)) for path in SETS} == {name: int(lines) for name, lines in told.items()}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_every_line_has_a_text_a_language_a_kind_and_an_expectation(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        entry = json.loads(line)
        assert set(entry) <= {"text", "lang", "expect", "also_ok", "kind", "script"}, number
        assert re.fullmatch(r"[A-Z][a-z]{3}", entry.get("script", LATIN)), number
        assert entry["text"].strip() == entry["text"] != "", number
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", entry["lang"]), number
        assert entry["kind"] in KINDS, number
        assert entry["expect"], number
        assert isinstance(entry.get("also_ok", []), list), number
        assert entry["expect"] not in entry.get("also_ok", []), number


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_every_expected_label_exists(path, content, safety):
    known = {*content.answers, *(group.id for group in safety.groups), *TALK, OUT_OF_SCOPE}
    unknown = {label for case in read_cases(path) if case.is_judged for label in case.good if label not in known}
    assert unknown == set()


def test_no_message_stands_twice():
    seen: dict[tuple[str, ...], str] = {}
    for path in SETS:
        for number, case in enumerate(read_cases(path), 1):
            words = normalised(case.text)
            assert words not in seen, f"{path.name}:{number} {case.text!r} stands at {seen[words]} already"
            seen[words] = f"{path.name}:{number}"


def test_every_answer_is_asked_for_three_times_in_english_and_three_times_in_other_languages(content):
    for name, own in (("answers.en.jsonl", True), ("answers.other.jsonl", False)):
        asked: dict[str, list[Case]] = defaultdict(list)
        for case in read_cases(Path(__file__).with_name("evaluation") / name):
            asked[case.expect].append(case)
        assert set(asked) == set(content.answers)
        assert {len(cases) for cases in asked.values()} == {3}
        assert all((case.lang == "en") is own for cases in asked.values() for case in cases)


def test_every_emergency_is_asked_for_twelve_times_in_english(safety):
    asked: dict[str, int] = defaultdict(int)
    for case in read_cases(Path(__file__).with_name("evaluation") / "emergencies.en.jsonl"):
        asked[case.expect] += 1
    assert asked == {group.id: 12 for group in safety.groups}
    assert all(label.startswith(EMERGENCY) for label in asked)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_no_message_of_the_evaluation_is_among_the_examples_or_nearly_so(path, trained):
    cases = [(f"{path.name}:{number}", case.text) for number, case in enumerate(read_cases(path), 1)]
    assert len(trained) > 3000
    assert list(near_pairs(cases, trained)) == []


def test_near_pairs_are_found_and_strangers_are_not():
    trained = [("nlu/en/x.yml x/y", "Where can I learn English, please?"), ("nlu/en/x.yml greet", "hello")]

    def found(text: str) -> bool:
        return bool(list(near_pairs([("a:1", text)], trained)))

    assert found("where can i learn english please")
    assert found("please where can I learn English")
    assert found("where can I learn English please now")
    assert found("Hello!")
    assert not found("where can I buy a bed please")
    assert not found("can I learn")
