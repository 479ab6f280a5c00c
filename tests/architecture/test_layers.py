"""The import table of docs/architecture.md is a contract: it holds now, and each clause of it fails when it is broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# For each contract: a module of ours, and an import that it may not have.
BREACHES = {
    "The five layers import only leftwards": ("bot/content/records.py", "import bot.app.settings"),
    "Channels know the dialogue only by its messages and its port": (
        "bot/channels/console.py",
        "import bot.dialogue.front_desk",
    ),
    "SQLAlchemy and Alembic stay in content": ("bot/skills/places.py", "import sqlalchemy"),
    "Rasa and the encoder stay in dialogue": ("bot/content/pack/cells.py", "import rasa"),
    "python-telegram-bot stays in its folder": ("bot/app/session.py", "import telegram"),
    "The web framework stays in the web channel": ("bot/skills/search.py", "import starlette"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts on the `bot` of `folder`."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code and its contracts."""
    shutil.copytree(PROJECT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold():
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_breach_for_each_contract():
    assert {contract["name"] for contract in CONTRACTS} == BREACHES.keys()


@pytest.mark.slow
@pytest.mark.parametrize("contract", BREACHES)
def test_a_bad_import_breaks_its_contract(contract, copy):
    file, bad_import = BREACHES[contract]
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{bad_import}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in " ".join(done.stdout.split())


def test_every_folder_with_code_is_a_package_that_the_contracts_can_see():
    folders = {path.parent for path in (PROJECT / "bot").rglob("*.py") if "migrations" not in path.parts}
    assert [
        str(folder.relative_to(PROJECT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []
