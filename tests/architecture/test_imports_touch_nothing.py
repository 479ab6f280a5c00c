"""Importing any module of ours opens no file and no socket and reads no environment; only the settings read it, when asked."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("import_probe.py")
READS_THE_ENVIRONMENT = "bot/app/settings.py"
# Alembic runs its own files, and the last one is the program itself: neither is ever imported.
NEVER_IMPORTED = ("bot.content.migrations", "bot.app.cli.__main__")
PACKAGES = ("bot.content", "bot.skills", "bot.dialogue", "bot.channels", "bot.app")


def modules_of(package: str, root: Path = PROJECT) -> list[str]:
    names = (
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((root / package.replace(".", "/")).rglob("*.py"))
    )
    return [name for name in names if not name.startswith(NEVER_IMPORTED)]


def touched_by(modules: list[str], root: Path, cwd: Path) -> list[list]:
    done = subprocess.run(
        [sys.executable, str(PROBE), str(root), *modules], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_layer_touches_no_file_no_socket_and_no_environment(package, tmp_path):
    assert touched_by(modules_of(package), PROJECT, tmp_path) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("from pathlib import Path\nPath('/etc/hostname').exists()\nopen('/etc/passwd').close()\n", "open /etc/passwd"),
        ("import socket\nsocket.socket().close()\n", "socket.__new__"),
        ("import os\nHOME = os.environ.get('HOME')\n", "environment HOME"),
        ("import os\nHOME = os.getenv('HOME')\n", "environment HOME"),
        ("import os\nos.environ['DESK_X'] = '1'\n", "os.putenv"),
        ("import sqlite3\nsqlite3.connect(':memory:')\n", "sqlite3.connect"),
        ("import json, csv\nwith open(__file__) as file:\n    LINES = list(csv.reader(file))\n", "open"),
    ],
)
def test_a_module_that_touches_something_when_imported_is_found(code, what, tmp_path):
    (tmp_path / "ill.py").write_text(code, encoding="utf-8")
    found = touched_by(["ill"], tmp_path, tmp_path)
    assert [file for file, _line, _what in found] == ["ill.py"] * len(found)
    assert any(one.startswith(what) for _file, _line, one in found)


def test_a_module_that_only_imports_libraries_is_not_blamed_for_what_they_do(tmp_path):
    (tmp_path / "well.py").write_text("import ssl, mimetypes, tempfile, sqlalchemy\n", encoding="utf-8")
    assert touched_by(["well"], tmp_path, tmp_path) == []


def reads_of_environment(code: str) -> list[int]:
    """Lines that read the environment. Setting a variable for a library (`setdefault`, assignment) is no reading."""
    return [node.lineno for node in ast.walk(ast.parse(code)) if _is_read(node)]


def _is_read(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Load) and _is_environment(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr in ("getenv", "environb") or (_is_environment(node.value) and node.attr != "setdefault")
    return isinstance(node, ast.ImportFrom) and node.module == "os" and any("env" in one.name for one in node.names)


def _is_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def test_only_the_settings_read_the_environment():
    readers = {
        str(path.relative_to(PROJECT)): lines
        for path in sorted((PROJECT / "bot").rglob("*.py"))
        if (lines := reads_of_environment(path.read_text(encoding="utf-8")))
    }
    readers.pop(READS_THE_ENVIRONMENT, None)
    assert readers == {}


@pytest.mark.parametrize(
    "code", ["import os\nos.environ.get('A')", "import os\nos.getenv('A')", "from os import environ", "os.environ['A']"]
)
def test_each_way_to_read_the_environment_is_found(code):
    assert reads_of_environment(code)


def test_setting_a_variable_for_a_library_is_no_reading():
    assert reads_of_environment("import os\nos.environ.setdefault('A', '1')\nos.environ['A'] = '2'\n") == []
