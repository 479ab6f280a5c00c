"""docs/settings.md lists every setting as it is, and a wrong value is refused with one plain sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.app.settings import PROJECT, Settings, read_settings
from bot.errors import SettingsError

PAGE = PROJECT / "docs" / "settings.md"
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>.*?) \| (?P<what>.*?) \|$", re.MULTILINE)


def name_of(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    return alias.choices[0] if alias else f"DESK_{field.upper()}"


def default_of(field: str) -> str:
    """The default as the page writes it: folders as seen from the project's folder."""
    default = Settings.model_fields[field].default
    assert default is not PydanticUndefined
    if isinstance(default, Path):
        return f"`{default.relative_to(PROJECT)}`" if default != PROJECT else "the project's folder"
    return f"`{default}`" if default not in ("", None) else "empty"


def settings_of_the_page() -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["default"], row["what"]) for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


def settings_of_the_code() -> dict[str, tuple[str, str]]:
    return {name_of(field): (default_of(field), info.description) for field, info in Settings.model_fields.items()}


def desk(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with only these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "TELEGRAM_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot.app.cli", *arguments],
        cwd=PROJECT,
        env=kept | {"DESK_DATA": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_lists_every_setting_with_its_default_and_what_it_does():
    assert settings_of_the_page() == settings_of_the_code()


def test_the_page_keeps_the_order_of_the_table():
    assert list(settings_of_the_page()) == list(settings_of_the_code())


def test_every_setting_says_what_it_does():
    assert all(info.description for info in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", "eighty"),
        ("port", 70000),
        ("port", -1),
        ("port", ""),
        ("messages_a_minute", 0),
        ("messages_a_minute", "many"),
        ("keep_hours", 0),
        ("keep_hours", 25),
        ("keep_hours", "a day"),
    ],
)
def test_a_wrong_value_is_refused_with_one_line_that_names_the_setting_and_the_page(field, value):
    with pytest.raises(SettingsError) as refused:
        read_settings(**{field: value})
    sentence = str(refused.value)
    assert sentence.startswith(f"A setting is wrong. {name_of(field)}: ")
    assert sentence.endswith("docs/settings.md explains each.")
    assert "\n" not in sentence and "pydantic" not in sentence


def test_all_wrong_values_are_named_at_once():
    with pytest.raises(SettingsError, match=r"DESK_PORT: .*DESK_KEEP_HOURS: "):
        read_settings(port="x", keep_hours=99)


def test_the_limits_themselves_are_allowed():
    assert read_settings(port=0, keep_hours=1, messages_a_minute=1).port == 0
    assert read_settings(port=65535, keep_hours=24).keep_hours == 24


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "DESK_TELEGRAM_BOT_TOKEN"])
def test_the_telegram_token_is_read_under_both_names_and_never_shown(name, monkeypatch):
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setenv(name, "123:secret")
    settings = read_settings()
    assert settings.telegram_bot_token.get_secret_value() == "123:secret"
    assert "secret" not in repr(settings) + str(settings)


def test_without_an_address_the_database_is_sqlite_in_the_data_folder(tmp_path):
    assert read_settings(data=tmp_path, database="").database_url == f"sqlite:///{tmp_path / 'desk.db'}"
    assert read_settings(database="postgresql://desk@/desk").database_url == "postgresql://desk@/desk"


@pytest.mark.slow
def test_the_command_line_ends_with_the_sentence_alone_and_an_exit_code(tmp_path):
    done = desk(tmp_path, "check", DESK_PORT="eighty")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.strip().startswith("A setting is wrong. DESK_PORT: ")
