"""All settings of the desk: one table, the only reader of the environment. a test holds docs/settings.md to it."""

from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

PROJECT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """The settings, read from the environment and from a file `.env` in the project's folder. Names are in capitals with DESK_ before them, except Telegram's token."""

    model_config = SettingsConfigDict(env_prefix="DESK_", env_file=PROJECT / ".env", extra="ignore")

    home: Annotated[Path, Field(description="Folder with domain.yml, nlu/, translations/ and services_data/.")] = (
        PROJECT
    )
    data: Annotated[Path, Field(description="Folder for what the desk makes: its database and its secret key.")] = (
        PROJECT / "var"
    )
    models: Annotated[Path, Field(description="Folder of the trained Rasa models.")] = PROJECT / "models"
    database: Annotated[
        str, Field(description="Database address for SQLAlchemy. Empty: SQLite in the data folder.")
    ] = ""
    host: Annotated[str, Field(description="Address the web service listens on. 127.0.0.1: this machine only.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65535, description="Port of the web service. 0: any free one.")] = 8080
    messages_a_minute: Annotated[
        int,
        Field(
            ge=1,
            description="Web messages allowed in one conversation in a minute; one address may send 20 times as many.",
        ),
    ] = 30
    keep_hours: Annotated[
        int,
        Field(
            ge=1,
            le=24,
            description="Hours after which an idle conversation (language, city, situation, last answer) is removed.",
        ),
    ] = 24
    keep_unanswered: Annotated[
        bool,
        Field(
            description="Whether questions without an answer are kept for volunteers, without the names and numbers found."
        ),
    ] = True
    feed_hosts: Annotated[
        str,
        Field(
            description="Hosts that `desk feed import --url` may ask, with commas between them. Empty: none, only files."
        ),
    ] = ""
    telegram_bot_token: Annotated[
        SecretStr | None,
        Field(
            description="Token from Telegram's BotFather. Empty: Telegram is off.",
            validation_alias=AliasChoices("TELEGRAM_BOT_TOKEN", "DESK_TELEGRAM_BOT_TOKEN"),
        ),
    ] = None
    telegram_api: Annotated[str, Field(description="Address of the Telegram Bot API; another one only for tests.")] = ""

    @cached_property
    def database_url(self) -> str:
        """The address of the database that is in force."""
        return self.database or f"sqlite:///{self.data / 'desk.db'}"

    @cached_property
    def allowed_feed_hosts(self) -> frozenset[str]:
        """The hosts of `feed_hosts`, in small letters."""
        return frozenset(filter(None, (host.strip().lower() for host in self.feed_hosts.split(","))))


def read_settings(**overrides: object) -> Settings:
    """Read the settings. Raises SettingsError that names each wrong one and what it may be."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        faults = [f"{_name(str(one['loc'][0]))}: {one['msg']}" for one in error.errors()]
        raise SettingsError("A setting is wrong. " + "; ".join(faults) + ". docs/settings.md explains each.") from error


def _name(field: str) -> str:
    return field if field.isupper() else f"DESK_{field.upper()}"
