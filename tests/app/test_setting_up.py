"""Setting up again and again: nothing changes without a reason, and what people edited stays."""

import csv
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app.session import ready_desk
from bot.app.setting_up import set_up_model, set_up_store
from bot.app.settings import Settings
from bot.dialogue.training import model_state
from bot.errors import ContentError, ModelError, StoreError


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    """A home of its own with a copy of the project's content pack."""
    shutil.copytree(project / "services_data", tmp_path / "home" / "services_data")
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    """Settings for that home and a data folder of its own."""
    return Settings(home=home, data=tmp_path / "var", models=tmp_path / "models", database="")


def set_up(settings: Settings) -> tuple[list[str], str]:
    """What the set-up said, and the name of the service "acas" as the desk then knows it."""
    lines: list[str] = []
    store = set_up_store(settings, lines.append)
    name = store.content().services["acas"].name
    store.close()
    return lines, name


def rename_in_database(settings: Settings, name: str) -> None:
    with closing(sqlite3.connect(settings.data / "desk.db")) as connection, connection:
        assert connection.execute("UPDATE service SET name = ? WHERE id = 'acas'", (name,)).rowcount == 1


def rename_in_pack(settings: Settings, name: str) -> None:
    path = settings.home / "services_data" / "services.csv"
    text = path.read_text(encoding="utf-8")
    assert "acas,acas,Acas helpline," in text
    path.write_text(text.replace("acas,acas,Acas helpline,", f"acas,acas,{name},"), encoding="utf-8")


def test_the_first_set_up_makes_the_database_loads_the_pack_and_says_what_the_desk_knows(settings):
    lines, name = set_up(settings)
    assert (settings.data / "desk.db").is_file()
    assert lines[0].startswith("Database: sqlite:")
    assert "0 changed, 0 removed, 0 unchanged" in lines[1]
    with (settings.home / "services_data" / "services.csv").open(encoding="utf-8", newline="") as file:
        active = [row for row in csv.DictReader(file) if row["status"] == "active"]
    assert lines[2] == f"The desk knows 128 answers and {len(active)} services."
    assert name == "Acas helpline"


def test_a_second_set_up_changes_nothing_and_says_so(settings):
    set_up(settings)
    with closing(sqlite3.connect(settings.data / "desk.db")) as connection:
        before = list(connection.iterdump())
    lines, _ = set_up(settings)
    assert "Content pack: 0 added, 0 changed, 0 removed," in lines[1]
    assert lines[1].endswith("unchanged, 0 kept")
    with closing(sqlite3.connect(settings.data / "desk.db")) as connection:
        assert list(connection.iterdump()) == before


def test_an_edit_of_the_pack_comes_into_the_database(settings):
    set_up(settings)
    rename_in_pack(settings, "Acas help line")
    lines, name = set_up(settings)
    assert "0 added, 1 changed, 0 removed" in lines[1]
    assert name == "Acas help line"


def test_an_edit_in_the_database_is_kept(settings):
    set_up(settings)
    rename_in_database(settings, "Edited in the database")
    lines, name = set_up(settings)
    assert lines[1].endswith("1 kept")
    assert name == "Edited in the database"


def test_edits_on_both_sides_are_told_and_the_desk_goes_on_with_the_database(settings):
    set_up(settings)
    rename_in_database(settings, "Edited in the database")
    rename_in_pack(settings, "Edited in the pack")
    lines, name = set_up(settings)
    assert "Content pack: not loaded, because both sides were edited." in lines[1]
    assert 'services/acas: name: pack "Edited in the pack", database "Edited in the database".' in lines[1]
    assert "--keep" in lines[1]
    assert name == "Edited in the database"
    assert lines[2].startswith("The desk knows ")


def test_a_pack_with_faults_is_told_and_the_desk_goes_on_with_the_database_as_it_was(settings):
    set_up(settings)
    rename_in_pack(settings, "")
    said = []
    set_up_store(settings, said.append).close()
    assert re.search(r"goes on with the database.\n.*services_data/services\.csv:\d+ name: is empty", "\n".join(said))
    with closing(sqlite3.connect(settings.data / "desk.db")) as connection:
        (name,) = connection.execute("SELECT name FROM service WHERE id = 'acas'").fetchone()
    assert name == "Acas helpline"


def test_a_pack_with_faults_stops_the_first_set_up(settings):
    rename_in_pack(settings, "")
    with pytest.raises(ContentError, match=r"services_data/services\.csv:\d+ name: is empty"):
        set_up_store(settings, lambda line: None)


def test_a_folder_in_the_place_of_the_database_is_told_in_a_sentence(settings):
    (settings.data / "desk.db").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        set_up_store(settings, lambda line: None)


def test_the_password_of_a_database_is_never_shown(settings, tmp_path):
    lines: list[str] = []
    remote = settings.model_copy(update={"database": "postgresql://desk:very-secret@127.0.0.1:1/desk"})
    with pytest.raises(StoreError) as error:
        set_up_store(remote, lines.append)
    assert "very-secret" not in "\n".join([*lines, str(error.value)])


def test_a_model_that_fits_is_used_without_training(project, tmp_path):
    settings = Settings(home=project, data=tmp_path, models=tmp_path)
    there = model_state(project, tmp_path).path
    there.write_bytes(b"only its name is read here")
    lines: list[str] = []
    assert set_up_model(settings, lines.append) == there
    assert lines == [f"Assistant: {there.name} fits."]


def test_a_session_without_a_fitting_model_says_what_to_run_and_makes_no_database(project, tmp_path):
    settings = Settings(home=project, data=tmp_path / "var", models=tmp_path / "models", database="")
    with pytest.raises(ModelError, match="Run `uv run desk train` first"), ready_desk(settings):
        pass
    assert not (tmp_path / "var").exists()
