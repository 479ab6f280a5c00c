"""What Rasa is given to train on: the same examples as in our files, only quicker to read."""

import json
from pathlib import Path

import pytest

from bot.dialogue.training_files import training_files

PLAIN = 'version: "3.1"\nnlu:\n- intent: housing/rent_room\n  examples: |\n    - a room: now?\n    - غرفة\n'


def gathered(nlu: Path, folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The names of the files that go to Rasa as they are, and the examples of the one that was made."""
    *others, made = training_files(nlu, folder)
    examples = json.loads(Path(made).read_text(encoding="utf-8"))["rasa_nlu_data"]["common_examples"]
    return [Path(path).name for path in others], [(each["intent"], each["text"]) for each in examples]


@pytest.fixture
def nlu(tmp_path) -> Path:
    """A folder with one file of plain examples."""
    (tmp_path / "nlu" / "en").mkdir(parents=True)
    (tmp_path / "nlu" / "en" / "housing.yml").write_text(PLAIN, encoding="utf-8")
    return tmp_path / "nlu"


def test_plain_examples_are_gathered_into_one_file(nlu, tmp_path):
    assert gathered(nlu, tmp_path) == ([], [("housing/rent_room", "a room: now?"), ("housing/rent_room", "غرفة")])


@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "- intent: greet\n  examples: |\n    - I live in [Coventry](city)\n",
        PLAIN + "- synonym: gp\n  examples: |\n    - doctor\n",
        PLAIN + "- intent: greet\n  examples: |\n    hello\n",
        PLAIN + "- intent: greet\n  examples: |\n    -\n",
        PLAIN + "- intent: greet\n  examples: [hello]\n",
        PLAIN + "- intent: greet\n",
        PLAIN + "stories: []\n",
        'version: "3.1"\nrules: []\n',
        "nlu: [",
        "",
    ],
    ids=["entity", "synonym", "no dash", "empty", "list", "no examples", "stories", "rules", "broken", "nothing"],
)
def test_a_file_with_anything_else_goes_to_rasa_as_it_is(nlu, tmp_path, text):
    (nlu / "en" / "more.yml").write_text(text, encoding="utf-8")
    others, examples = gathered(nlu, tmp_path)
    assert others == ["more.yml"] and len(examples) == 2


@pytest.mark.model
def test_rasa_reads_the_same_examples_as_from_the_projects_own_files(project, tmp_path):
    from bot.dialogue.rasa_engine import prepare_rasa

    prepare_rasa()
    from rasa.shared.data import get_data_files, is_nlu_file
    from rasa.shared.importers.utils import training_data_from_paths

    def read(paths: list[str]) -> set[tuple[str, str, str]]:
        examples = training_data_from_paths(get_data_files(paths, is_nlu_file), "xx").training_examples
        assert not any(each.get("entities") for each in examples)
        return {(each.get("text"), each.get("intent"), each.get("intent_response_key") or "") for each in examples}

    files = [project / "nlu" / name for name in ("ar/housing.yml", "en/conversation.yml", "en/emergency.yml")]
    (tmp_path / "nlu").mkdir()
    for number, path in enumerate(files):
        (tmp_path / "nlu" / f"{number}.yml").write_bytes(path.read_bytes())
    quick = training_files(tmp_path / "nlu", tmp_path)
    assert len(quick) == 1
    assert read(quick) == read([str(tmp_path / "nlu")])
