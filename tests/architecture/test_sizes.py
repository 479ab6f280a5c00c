"""The house stays readable: how long a file and a function may be, and what lies on the top level."""

import ast
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "bot",
    "config.yml",
    "credentials.yml",
    "data",
    "docs",
    "domain.yml",
    "endpoints.yml",
    "nlu",
    "pyproject.toml",
    "services_data",
    "tests",
    "translations",
    "uv.lock",
}


def modules() -> list[Path]:
    # A migration is a record of one day, made by a program; nobody reads or changes it afterwards.
    return [path for path in sorted((PROJECT / "bot").rglob("*.py")) if path.parent.name != "versions"]


def long_functions(code: str, most: int = LONGEST_FUNCTION) -> list[str]:
    functions = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [one.name for one in functions if one.end_lineno - one.lineno >= most]


def test_no_file_is_longer_than_400_lines():
    lines = {str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_longer_than_60_lines():
    found = {str(path.relative_to(PROJECT)): long_functions(path.read_text(encoding="utf-8")) for path in modules()}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_a_function_of_61_lines_is_found_and_one_of_60_is_not():
    body = "    pass\n"
    assert long_functions("def long():\n" + body * 60) == ["long"]
    assert long_functions("async def short():\n" + body * 59) == []


def test_each_module_opens_by_saying_what_lives_there():
    silent = [
        str(path.relative_to(PROJECT))
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_the_top_level_holds_only_what_a_stranger_expects():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} - TOP_LEVEL == set()
