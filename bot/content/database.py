"""Opening SQLite and PostgreSQL, and turning their errors into plain sentences. What is stored is in models/."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from bot.errors import StoreError

BUSY_SECONDS = 30
MIGRATION_LOCK = 727_001  # any number will do, as long as every process of the desk takes the same
MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """An engine that has reached its database once. Raises StoreError with one plain sentence where it cannot."""
    parsed = _parse(url)
    with plain_errors(parsed):
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite_engine(parsed)
        else:
            engine = create_engine(parsed, pool_pre_ping=True)
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except BaseException:
            engine.dispose()
            raise
    return engine


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError(
            'The address of the database cannot be understood; write one such as "sqlite:///desk.db".'
        ) from None


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, record) -> None:
    # The driver's own guess of when a transaction begins would leave reads outside of it.
    connection.isolation_level = None
    cursor = connection.cursor()
    # What is deleted is overwritten, because a question that somebody took back must not be left in the file.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer that began as a reader would fail at once when another writer was quicker, so that writers say so first.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed at the end, undone after any error. Database errors become StoreError."""
    with plain_errors(engine.url), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees a single state of the database from start to end. Database errors become StoreError."""
    with plain_errors(engine.url), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn the errors of the database into StoreError. Neither the password nor any stored value gets into the text."""
    shown = url.render_as_string(hide_password=True)
    try:
        yield
    except OSError as error:
        message = f"The folder of the database {shown} cannot be used ({error.strerror}); name another."
        raise StoreError(message) from None
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(f"The driver for the database {shown} is not installed ({error}); install it.") from None
    except SQLAlchemyError as error:
        raise StoreError(_explain(error, shown)) from None


CAUSES = (  # words in the database's own message, and what to say and do
    (("password", "authentication", "role "), "refused the user name or the password; check both"),
    (
        ("no such table", "no such column", "does not exist"),
        "is missing, empty or of another version; create it and run `desk content import`",
    ),
    (("unable to open", "readonly", "read-only"), "cannot be opened; check that its folder may be written"),
    (("not a database", "malformed"), "is not a database, or a damaged one; name another, or bring back a backup"),
    (("locked",), "is busy with another writer; try again in a minute"),
    (("full", "no space"), "has no room on its disk; make room"),
)


def _explain(error: SQLAlchemyError, shown: str) -> str:
    cause = str(getattr(error, "orig", "") or "").lower()
    for words, advice in CAUSES:
        if any(word in cause for word in words):
            return f"The database {shown} {advice}."
    return f"The database {shown} cannot be reached or used ({type(error).__name__}); check that it runs."


def migrate_engine(engine: Engine) -> None:
    """Bring the tables to the newest version. Two processes at once wait for each other. Raises StoreError."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreError(
                "The database was made by a newer version of the desk; install that version, or use another database."
            ) from None
