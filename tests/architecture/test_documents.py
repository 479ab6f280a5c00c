"""The documents point at things that exist: links, files, commands; and the README keeps its promises of form."""

import re
from pathlib import Path

import pytest

from bot.app.cli import COMMANDS, desk
from bot.app.cli.review_command import confirm_command
from bot.content.spreadsheet.notes import COLUMNS
from bot.skills.freshness import REVIEW_DAYS

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:bot|tests|docs|nlu|services_data|translations|\.ci)/[\w./-]*)`")
COMMAND = re.compile(r"`(?:\.venv/bin/|uv run )?desk ([a-z]+)")


def name(page: Path) -> str:
    return str(page.relative_to(PROJECT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_is_named_exists(page):
    files = FILE.findall(page.read_text(encoding="utf-8"))
    assert [file for file in files if not (PROJECT / file).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_is_named_exists(page):
    assert set(COMMAND.findall(page.read_text(encoding="utf-8"))) - COMMANDS.keys() == set()


def test_the_readme_names_every_command():
    assert set(COMMAND.findall((PROJECT / "README.md").read_text(encoding="utf-8"))) == COMMANDS.keys()


def test_the_readme_gives_the_two_commands_exactly():
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "pip install uv && uv run desk up" in lines
    assert "uv run desk test" in lines
    assert len(lines) < 120


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_help_can_be_loaded_and_explains_itself(command):
    loaded = desk.get_command(None, command)
    assert loaded is not None and loaded.help


def test_each_decision_says_its_context_what_was_decided_and_the_price():
    for page in (PROJECT / "docs" / "decisions").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert [title for title in ("## Context", "## Decision", "## Price") if title not in text] == [], name(page)


@pytest.mark.parametrize(
    "words",
    [
        (PROJECT / "services_data" / "README.md").read_text(encoding="utf-8"),
        (PROJECT / "docs" / "for-volunteers" / "keep-it-fresh.md").read_text(encoding="utf-8"),
        (PROJECT / "docs" / "for-councils" / "trust.md").read_text(encoding="utf-8"),
        COLUMNS["review_colour"],
        next(option.help for option in confirm_command.params if option.name == "colour"),
    ],
    ids=["services_data", "volunteers", "councils", "spreadsheet", "command"],
)
def test_every_text_on_the_colours_gives_the_days_after_which_to_look_again(words):
    assert {
        colour: days for colour, days in REVIEW_DAYS.items() if not re.search(rf"{colour}[^0-9A-Z]*{days}", words)
    } == {}
