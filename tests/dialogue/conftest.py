"""A store of one's own for tests of the dialogue that write, and small Rasa projects that train in seconds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.content.store import Store

EXAMPLES = {
    "housing/rent_room": (
        "rent a room",
        "i need a room",
        "room for rent",
        "find a flat to rent",
        "cheap room",
        "rent flat",
    ),
    "housing/council_help": (
        "council house",
        "council help home",
        "home from the council",
        "ask council",
        "the council",
        "council list",
    ),
    "health/which_service": (
        "see a doctor",
        "i am ill",
        "find doctor",
        "doctor please",
        "pain and ill",
        "which doctor",
    ),
    "greet": ("hello", "good morning", "hi there", "hello friend", "good evening", "salam"),
    "help": ("what can you do", "help me please", "menu", "show topics", "what is this", "topics"),
    "out_of_scope": (
        "who won the football",
        "weather tomorrow",
        "tell a joke",
        "football score",
        "a joke",
        "the weather",
    ),
}
DOMAIN = """\
version: "3.1"
intents: [housing, health, greet, help, out_of_scope, show_answer]
entities: [answer]
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
actions: []
responses:
  utter_answer: [{text: Here is an answer.}]
  utter_greet: [{text: Hello.}]
  utter_other: [{text: Something else.}]
"""
CONFIG = """\
recipe: default.v1
assistant_id: small
language: xx
pipeline:
  - name: WhitespaceTokenizer
  - name: bot.dialogue.components.sentence_featurizer.SentenceFeaturizer
    encoder: characters
    scale: 10.0
  - name: bot.dialogue.components.answer_selector.AnswerSelector
    strength: 10.0
    neighbours_weight: 0.3
    ranking_length: 4
  - name: FallbackClassifier
    threshold: 0.5
    ambiguity_threshold: 0.0
policies:
  - name: RulePolicy
"""
RULES = """\
version: "3.1"
rules:
""" + "\n".join(
    f"- rule: {intent}\n  steps:\n  - intent: {intent}\n  - action: {action}"
    for intent, action in {
        "housing": "utter_answer",
        "health": "utter_answer",
        "show_answer": "utter_answer",
        "greet": "utter_greet",
        "help": "utter_other",
        "out_of_scope": "utter_other",
        "nlu_fallback": "utter_other",
    }.items()
)


def write_small_project(folder: Path) -> Path:
    """Write domain.yml and nlu/ of a small Rasa project with the "characters" encoder into `folder`."""
    (folder / "nlu" / "en").mkdir(parents=True)
    (folder / "nlu" / "dialogue").mkdir()
    (folder / "domain.yml").write_text(DOMAIN, encoding="utf-8")
    (folder / "nlu" / "config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "nlu" / "dialogue" / "rules.yml").write_text(RULES, encoding="utf-8")
    lines = ['version: "3.1"', "nlu:"]
    for intent, examples in EXAMPLES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {example}" for example in examples)]
    (folder / "nlu" / "en" / "examples.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The folder of a small Rasa project, without a model."""
    return write_small_project(tmp_path / "project")


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for the whole session; do not change it."""
    return write_small_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="session")
def small_model(small_home: Path) -> Path:
    """A model really trained by Rasa on the small project, in some seconds."""
    from bot.dialogue.training import train

    return train(small_home, small_home.parent / "models", progress=lambda line: None)


@pytest.fixture(scope="session")
def small_agent(small_model: Path):
    """Rasa's own agent with the small model."""
    from bot.dialogue.rasa_engine import prepare_rasa

    prepare_rasa()
    from rasa.core.agent import Agent

    return Agent.load(small_model)


def copy_store(full: Store, path: Path) -> Store:
    """A store, not yet open, in the new file `path`, with the content of `full` and no conversation."""
    with closing(sqlite3.connect(full.engine.url.database)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("DELETE FROM conversation")
        copy.commit()
    return Store(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def module_store(pack_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open store in a file of its own, with the project's content, for the tests of one module."""
    with copy_store(pack_store, tmp_path_factory.mktemp("module_store") / "desk.db") as store:
        yield store


@pytest.fixture
def own_store(pack_store: Store, tmp_path: Path) -> Iterator[Store]:
    """The same for one test that damages it."""
    with copy_store(pack_store, tmp_path / "desk.db") as store:
        yield store
