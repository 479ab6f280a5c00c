"""Whether the model at hand fits the data, and training one: real trainings of a small project."""

import os
import shutil
import subprocess
import tarfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest

from bot.dialogue.training import KEPT_MODELS, ModelState, model_state, train
from bot.errors import ModelError


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def quiet(line: str) -> None:
    """Takes progress and says nothing."""


# ---- which model fits


def test_without_any_model_the_reason_is_that_there_is_none_yet(small_project, models):
    state = model_state(small_project, models)
    assert (state.exists, state.reason) == (False, "there is no model yet")
    assert state.path.parent == models and not models.exists()


def test_the_same_data_asks_for_the_same_model_wherever_it_lies(small_project, models, tmp_path):
    before = model_state(small_project, models).path
    assert model_state(small_project.rename(tmp_path / "elsewhere"), models).path == before


def test_the_verdicts_on_the_languages_ask_for_no_new_model_because_they_are_made_with_it(small_project, models):
    before = model_state(small_project, models).path
    for name in ("languages.csv", "gate.csv"):
        (small_project / "nlu" / name).write_text("language,help\nen,full\n", encoding="utf-8")
    assert model_state(small_project, models).path == before


@pytest.mark.parametrize("name", ["domain.yml", "nlu/config.yml", "nlu/en/examples.yml", "nlu/dialogue/rules.yml"])
def test_every_file_that_the_model_is_made_of_asks_for_another_model(small_project, models, name):
    before = model_state(small_project, models).path
    with (small_project / name).open("a", encoding="utf-8") as file:
        file.write("\n# A remark.\n")
    assert model_state(small_project, models).path != before


def test_a_new_file_of_examples_asks_for_another_model(small_project, models):
    before = model_state(small_project, models).path
    (small_project / "nlu" / "uk").mkdir()
    (small_project / "nlu" / "uk" / "housing.yml").write_text('version: "3.1"\n', encoding="utf-8")
    assert model_state(small_project, models).path != before


def test_a_missing_domain_is_told_by_name(small_project, models):
    (small_project / "domain.yml").unlink()
    with pytest.raises(ModelError, match=r"domain\.yml is missing"):
        model_state(small_project, models)


def test_a_record_of_the_last_training_that_cannot_be_read_is_told(small_project, models):
    models.mkdir()
    (models / "desk-0.json").write_text("{", encoding="utf-8")
    assert model_state(small_project, models).reason == "the last model cannot be read"


# ---- training


@pytest.mark.model
def test_a_training_makes_the_model_that_fits_and_tells_its_steps(small_project, models):
    steps = []
    path = train(small_project, models, steps.append)
    assert model_state(small_project, models) == ModelState(path, True)
    count = steps[1].split()[-2]
    assert steps == [
        "reading the examples",
        f"encoding {count} of {count} examples",
        "fitting the answers to the examples",
        "learning the rules of the talk",
        "packing the model",
    ]
    assert int(count) >= 36
    assert all(step and "\n" not in step for step in steps)
    assert not list(models.glob(".training-*"))


@pytest.fixture
def with_model(small_home, small_model, tmp_path):
    """A copy of the small project and of the folder with its trained model."""
    shutil.copytree(small_home, tmp_path / "copy")
    shutil.copytree(small_model.parent, tmp_path / "copied_models")
    return tmp_path / "copy", tmp_path / "copied_models"


@pytest.mark.model
def test_after_a_change_the_reason_names_the_files(with_model):
    home, models = with_model
    assert model_state(home, models).exists
    for name in ("domain.yml", "nlu/config.yml"):
        with (home / name).open("a", encoding="utf-8") as file:
            file.write("\n# A remark.\n")
    assert model_state(home, models).reason == "changed since the last training: domain.yml, nlu/config.yml"


@pytest.mark.model
def test_many_changes_are_counted_instead_of_named(with_model):
    home, models = with_model
    for number in range(5):
        (home / "nlu" / f"{number}.yml").write_text('version: "3.1"\n', encoding="utf-8")
    reason = model_state(home, models).reason
    assert reason == "changed since the last training: nlu/0.yml, nlu/1.yml, nlu/2.yml and 2 more"


@pytest.mark.model
def test_a_model_that_was_removed_is_told(with_model):
    home, models = with_model
    model_state(home, models).path.unlink()
    assert model_state(home, models).reason == "the model file is gone"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("desk-*")}


@contextmanager
def tiny_disk(folder: Path, kilobytes: int):
    """Mount a disk of its own size on `folder`."""
    folder.mkdir(parents=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=False)
    if made.returncode != 0:
        pytest.skip("this machine does not let tests mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(scope="module")
def full_disks(small_home, small_model, tmp_path_factory):
    """Trainings on disks with ever more room, none of it enough.

    Gives for each the room in kilobytes, the error, the older models before and after, all names left, and the disk.
    """
    folder, before = tmp_path_factory.mktemp("full"), contents(small_model.parent)
    home = Path(shutil.copytree(small_home, folder / "project"))
    with (home / "nlu" / "config.yml").open("a", encoding="utf-8") as file:
        file.write("# A remark.\n")
    used = sum(-(-len(data) // 4096) * 4 for data in before.values())
    with ExitStack() as stack:
        found = []
        for room in range(40, 400, 20):
            disk = stack.enter_context(tiny_disk(folder / f"disk-{room}", used + room))
            for name, data in before.items():
                (disk / name).write_bytes(data)
            try:
                train(home, disk, quiet)
            except ModelError as error:
                found.append((room, str(error), disk))
            else:
                break
        yield home, before, found


@pytest.mark.model
def test_on_a_full_disk_older_models_stay_and_nothing_half_made_is_left(full_disks):
    _home, before, found = full_disks
    assert len(found) >= 4
    for room, _error, disk in found:
        left = contents(disk)
        assert {name: left.get(name) for name in before} == before, room
        assert not [name for name in left if name.endswith(".tar.gz") and name not in before], room
        assert not list(disk.glob(".training-*")), room


@pytest.mark.model
def test_a_full_disk_is_told_as_a_full_disk(full_disks):
    _home, _before, found = full_disks
    assert [error for _room, error, _disk in found if "Make room on the disk" not in error] == []


@pytest.mark.model
def test_after_room_was_made_the_next_training_works(full_disks):
    home, _before, found = full_disks
    for _room, _error, disk in found:
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        assert train(home, disk, quiet).is_file()


@pytest.mark.model
def test_a_file_in_the_place_of_the_models_folder_is_told(small_project, models):
    models.write_text("not a folder")
    with pytest.raises(ModelError, match="could not be written"):
        train(small_project, models, quiet)
    assert models.read_text() == "not a folder"


@pytest.mark.model
def test_examples_that_cannot_be_read_are_told_and_older_models_stay(with_model):
    home, models = with_model
    before = contents(models)
    (home / "nlu" / "en" / "examples.yml").write_text("nlu: [", encoding="utf-8")
    with pytest.raises(ModelError, match="(?s)The training failed: .*Run `uv run desk check`"):
        train(home, models, quiet)
    assert contents(models) == before


@pytest.mark.model
def test_an_unknown_encoder_is_told_by_name(small_project, models):
    config = small_project / "nlu" / "config.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("encoder: characters", "encoder: glove"), encoding="utf-8"
    )
    with pytest.raises(ModelError, match="'glove'"):
        train(small_project, models, quiet)


@pytest.mark.model
def test_only_the_newest_models_are_kept_and_what_a_killed_training_left_is_removed(with_model):
    home, models = with_model
    for number in range(KEPT_MODELS + 1):
        for ending in ("tar.gz", "json"):
            path = models / f"desk-{number}.{ending}"
            path.write_bytes(b"{}")
            os.utime(path, (number, number))
    killed, running = models / ".training-killed", models / ".training-running"
    killed.mkdir()
    running.mkdir()
    os.utime(killed, (0, 0))
    with (home / "nlu" / "config.yml").open("a", encoding="utf-8") as file:
        file.write("# A remark.\n")
    newest = train(home, models, quiet)
    kept = sorted(models.glob("desk-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    assert kept[-1] == newest and len(kept) == KEPT_MODELS
    assert {path.name.split(".")[0] for path in models.glob("desk-*.json")} == {
        path.name.split(".")[0] for path in kept
    }
    assert list(models.glob(".training-*")) == [running]  # it may be another training, still under way


@pytest.mark.model
def test_the_same_data_trains_to_the_same_answers(small_home, small_model, tmp_path):
    from bot.dialogue.components.answer_head import AnswerHead

    heads = []
    for number, model in enumerate((small_model, train(small_home, tmp_path / "again", quiet))):
        with tarfile.open(model) as archive:
            name = next(each for each in archive.getnames() if each.endswith("answer_head.npz"))
            (tmp_path / f"{number}.npz").write_bytes(archive.extractfile(name).read())
        heads.append(AnswerHead.load(tmp_path / f"{number}.npz"))
    assert np.array_equal(heads[0].weights, heads[1].weights) and heads[0].labels == heads[1].labels
