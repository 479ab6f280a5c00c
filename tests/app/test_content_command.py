"""`desk content` as a person meets it: a file is shown before it is imported, and a program is never asked."""

import os
import pty
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.app.processes import DESK, LONGEST, desk, environment

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """The data folder of a desk that holds the project's pack; for tests that change nothing."""
    folder = tmp_path_factory.mktemp("data")
    assert desk("content", "import", data=folder).returncode == 0
    return folder


@pytest.fixture
def renamed(data, tmp_path):
    """The exported workbook with one service renamed."""
    path = tmp_path / "desk.xlsx"
    assert desk("content", "export", "--to", str(path), data=data).stdout == f"Exported: {path}\n"
    book = openpyxl.load_workbook(path)
    assert book["services"]["C2"].value == "Acas helpline"
    book["services"]["C2"] = "Acas by phone"
    book.save(path)
    return path


def on_a_terminal(*words: str, data: Path, typed: str) -> tuple[int, str]:
    """Run a command on a terminal of its own and type; the exit code, and all that was on the screen."""
    ours, theirs = pty.openpty()
    command = [str(DESK), *words]
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = subprocess.Popen(command, env=environment(data, {}), **streams)
    os.close(theirs)
    os.write(ours, typed.encode())
    screen = b""
    try:
        while piece := os.read(ours, 4096):
            screen += piece
    except OSError:
        pass  # how a terminal says that nobody is at its other end any more
    os.close(ours)
    return process.wait(LONGEST), screen.decode()


def test_a_dry_run_shows_the_change_and_imports_nothing(data, renamed):
    shown = desk("content", "import", str(renamed), "--dry-run", data=data)
    assert shown.returncode == 0, shown.stderr
    assert 'services/acas: name: "Acas helpline" -> "Acas by phone"' in shown.stdout
    assert "Not in this file, and left as they are: answers." in shown.stdout
    assert shown.stdout.endswith("Nothing was imported: this was a dry run.\n")
    assert "1 changed" in desk("content", "import", str(renamed), "--dry-run", data=data).stdout


def test_a_program_must_say_yes_before_a_file_is_imported(data, renamed):
    refused = desk("content", "import", str(renamed), data=data)
    assert refused.returncode == 2 and "--dry-run" in refused.stderr and "--yes" in refused.stderr


def test_a_person_sees_the_plan_of_a_file_and_is_asked(tmp_path, renamed):
    data = tmp_path / "var"
    assert desk("content", "import", data=data).returncode == 0
    code, screen = on_a_terminal("content", "import", str(renamed), data=data, typed="n\n")
    assert (code, "Do it? [y/N]" in screen, "Stopped." in screen) == (130, True, True)
    assert '"Acas helpline" -> "Acas by phone"' in screen and "Traceback" not in screen
    code, screen = on_a_terminal("content", "import", str(renamed), data=data, typed="y\n")
    assert (code, "Imported: 0 added, 1 changed, 0 removed" in screen) == (0, True), screen


def test_a_person_is_not_asked_where_the_pack_removes_nothing(tmp_path):
    code, screen = on_a_terminal("content", "import", data=tmp_path / "var", typed="")
    assert (code, "Do it?" in screen, "Imported: " in screen) == (0, False, True)


def test_faults_of_a_spreadsheet_end_the_command_with_sheet_and_row(data, renamed):
    book = openpyxl.load_workbook(renamed)
    book["phones"]["C2"] = "=1+1"
    book.save(renamed)
    for more in ("--yes", "--dry-run"):
        refused = desk("content", "import", str(renamed), more, data=data)
        assert refused.returncode == 1
        assert "sheet phones, row 2, number: holds a formula in cell C2." in refused.stderr
        assert "Traceback" not in refused.stderr


def test_json_goes_out_and_comes_in(data, tmp_path):
    path = tmp_path / "desk.json"
    assert desk("content", "export", str(path), data=data).returncode == 0
    second = tmp_path / "var"
    imported = desk("content", "import", str(path), "--yes", data=second)
    assert imported.returncode == 0 and " added, 0 changed" in imported.stdout
    assert desk("content", "export", data=second).stdout == "Exported: nothing differs.\n"


def test_duplicates_are_listed_and_merged_only_after_yes(tmp_path):
    data = tmp_path / "var"
    assert desk("content", "import", data=data).returncode == 0
    assert desk("content", "duplicates", data=data).returncode == 0
    asked = desk("content", "merge", "rmc-wolverhampton", "rmc-walsall", data=data, typed="n\n")
    assert asked.returncode == 130 and "rmc-walsall becomes part of rmc-wolverhampton." in asked.stdout
    merged = desk("content", "merge", "rmc-wolverhampton", "rmc-walsall", "--yes", data=data)
    assert (merged.returncode, merged.stdout.endswith("writes it into the pack.\n")) == (0, True), merged.stderr
