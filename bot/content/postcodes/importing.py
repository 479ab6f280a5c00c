"""Bringing a file of postcodes into the database, in steps: people who look one up find all of the old or all of the new.

An import that was stopped goes on where it was when the same file is given again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, text, update
from sqlalchemy.dialects import sqlite

from bot.content.database import reading, writing
from bot.content.models.postcodes import Postcode, PostcodeImport
from bot.content.postcodes.files import CODE_POINT, PostcodeFile, PostcodeRow, open_postcode_file
from bot.content.postcodes.lookup import count_postcodes
from bot.content.store import Store
from bot.errors import ContentError, StoreError

STEP = 20_000  # rows of the file in one transaction: other writers wait for a fraction of a second
IMPORTS, POSTCODES = PostcodeImport.__table__, Postcode.__table__

# PostgreSQL takes whole columns at once ten times faster than a list of rows.
_POSTGRESQL_INSERT = text(
    "INSERT INTO postcode (import_id, postcode, latitude, longitude) "
    "SELECT :number, * FROM unnest(CAST(:names AS text[]), CAST(:latitudes AS float8[]), CAST(:longitudes AS float8[])) "
    "ON CONFLICT DO NOTHING"
)

Progress = Callable[[int, float], None]  # rows of the file that are done, and the share of the file from 0 to 1


@dataclass(frozen=True)
class PostcodeReport:
    """What an import did. `postcodes`: how many can now be looked up; `begun_at`: rows that an earlier run had done."""

    kind: str
    checksum: str  # SHA-256 of the file
    rows: int
    postcodes: int
    begun_at: int = 0
    was_there: bool = False  # the same file was imported before, and nothing had to be done


def import_postcodes(
    store: Store, path: Path, now: datetime, progress: Progress = lambda rows, share: None
) -> PostcodeReport:
    """Read the file at `path` and put its postcodes in place of those before. `now`: a moment with its time zone.

    Raises ContentError for a file that is damaged or of another kind, and StoreError; both leave the old postcodes.
    """
    engine = store.engine
    with open_postcode_file(path) as file:
        checksum = _checksum(path)
        state = _begin(engine, checksum, file.kind)
        if state.finished:
            _clear_away(engine, but=state.number)
            with reading(engine) as connection:
                found = count_postcodes(connection)
            return PostcodeReport(file.kind, checksum, state.rows_done, found, state.rows_done, was_there=True)
        try:
            rows = _store_rows(engine, state, file, progress)
            found = _finish(engine, state.number, now, path.name)
        except ContentError:
            _clear_away(engine, only=state.number)
            raise
    _clear_away(engine, but=state.number)
    return PostcodeReport(file.kind, checksum, rows, found, state.rows_done)


@dataclass(frozen=True)
class _State:
    number: int
    rows_done: int = 0
    finished: bool = False


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _begin(engine: Engine, checksum: str, kind: str) -> _State:
    """The state of this file's import: a new one, or that of an earlier run. Other half-done imports are given up."""
    with reading(engine) as connection:
        unfinished = IMPORTS.c.finished_at.is_(None) & (IMPORTS.c.checksum != checksum)
        given_up = list(connection.scalars(select(IMPORTS.c.id).where(unfinished)))
    for number in given_up:
        _clear_away(engine, only=number)
    with writing(engine) as connection:
        row = connection.execute(select(IMPORTS).where(IMPORTS.c.checksum == checksum)).first()
        if row:
            return _State(row.id, row.rows_done, row.finished_at is not None)
        new = insert(IMPORTS).values(checksum=checksum, kind=kind, rows_done=0, finished_at=None)
        return _State(connection.execute(new.returning(IMPORTS.c.id)).scalar_one())


def _store_rows(engine: Engine, state: _State, file: PostcodeFile, progress: Progress) -> int:
    """Store what an earlier run has not; returns how many rows the file has."""
    done = state.rows_done
    rows = islice(file.rows(), done, None)
    while step := list(islice(rows, STEP)):
        done += len(step)
        with writing(engine) as connection:
            _insert(connection, state.number, [row for row in step if row], file.kind)
            moved = connection.execute(update(IMPORTS).where(IMPORTS.c.id == state.number).values(rows_done=done))
            if not moved.rowcount:
                raise StoreError(
                    "Another import of postcodes began meanwhile; wait for its end and start this one again."
                )
        progress(done, file.share_read)
    return done


def _insert(connection: Connection, number: int, rows: list[PostcodeRow], kind: str) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        names, latitudes, longitudes = map(list, zip(*_in_degrees(rows, kind), strict=True))
        values = {"number": number, "names": names, "latitudes": latitudes, "longitudes": longitudes}
        connection.execute(_POSTGRESQL_INSERT, values)
        return
    values = [
        {"import_id": number, "postcode": postcode, "latitude": latitude, "longitude": longitude}
        for postcode, latitude, longitude in _in_degrees(rows, kind)
    ]
    connection.execute(sqlite.insert(POSTCODES).on_conflict_do_nothing(), values)


def _in_degrees(rows: list[PostcodeRow], kind: str) -> Iterable[tuple[str, float, float]]:
    if kind != CODE_POINT:
        return rows
    from bot.content.postcodes.british_grid import to_degrees  # only who imports waits for numpy

    names, norths, easts = zip(*rows, strict=True)
    latitudes, longitudes = to_degrees(easts, norths)
    return zip(names, latitudes.round(6).tolist(), longitudes.round(6).tolist(), strict=True)


def _finish(engine: Engine, number: int, now: datetime, name: str) -> int:
    """From here on the new postcodes are looked up; returns how many there are."""
    with writing(engine) as connection:
        connection.execute(update(IMPORTS).where(IMPORTS.c.id == number).values(finished_at=now))
        found = count_postcodes(connection)
        if not found:
            raise ContentError(f"{name} holds no postcode with a position, so that nothing was imported.")
        return found


def _clear_away(engine: Engine, but: int | None = None, only: int | None = None) -> None:
    """Delete imports with their postcodes, in steps: all but one, or only one."""
    chosen = IMPORTS.c.id != but if only is None else IMPORTS.c.id == only
    with reading(engine) as connection:
        numbers = list(connection.scalars(select(IMPORTS.c.id).where(chosen)))
    for number in numbers:
        for up_to in _steps(engine, number):
            with writing(engine) as connection:
                connection.execute(
                    delete(POSTCODES).where(POSTCODES.c.import_id == number, POSTCODES.c.postcode <= up_to)
                )
        with writing(engine) as connection:
            connection.execute(delete(IMPORTS).where(IMPORTS.c.id == number))


def _steps(engine: Engine, number: int) -> Iterator[str]:
    """The last postcode of each step of an import's postcodes, until none is left."""
    ours = select(POSTCODES.c.postcode).where(POSTCODES.c.import_id == number)
    while True:
        with reading(engine) as connection:
            last = connection.scalar(
                ours.order_by(POSTCODES.c.postcode).offset(STEP - 1).limit(1)
            ) or connection.scalar(ours.order_by(POSTCODES.c.postcode.desc()).limit(1))
        if last is None:
            return
        yield last
